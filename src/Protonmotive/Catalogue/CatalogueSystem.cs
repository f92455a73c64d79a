using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Catalogue;

/// <summary>
/// A system of the catalogue that the engine runs: a question, a network, scenarios with their protocol, sources, and the numbers it is known for.
/// <c>pmf list</c>, <c>run</c> and <c>check</c> need nothing else.
/// </summary>
public abstract class CatalogueSystem : CatalogueEntry
{
    /// <summary>Its scenarios; the first is the default.</summary>
    public abstract ImmutableArray<Scenario> Scenarios { get; }

    /// <summary>Quantities to draw, panel by panel.</summary>
    public abstract ImmutableArray<Panel> Panels { get; }

    /// <summary>How a laboratory's table of this system is read, and what may explain it; null where that is left to a mapping.</summary>
    public virtual Assay? Assay => null;

    /// <summary>Phases of a run whose parameters may have been set.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="value">The value of a parameter in the run.</param>
    public virtual ImmutableArray<Phase> Phases(Scenario scenario, Func<string, double> value) => scenario?.Phases ?? [];

    /// <summary>The network of a scenario.</summary>
    public abstract Network Build(Scenario scenario);

    /// <summary>The named results of a run (respiratory control ratio, P/O, coupling efficiency), with what they were checked against.</summary>
    public virtual ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution) => [];

    /// <summary>What a run shows: <see cref="Results"/> alone, or with figures of its own and whatever more solves these need (a sweep, a map, an ensemble).</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="solution">The run of it.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public virtual Findings Study(Scenario scenario, Solution solution, CancellationToken cancellation = default) => new(Results(scenario, solution), []);

    /// <summary>The scenarios that its chapter of the atlas shows; the first by default.</summary>
    public virtual ImmutableArray<Scenario> Shown => [Scenarios[0]];

    /// <summary>An observable at the row nearest to a time, before a jump there if <paramref name="before"/>.</summary>
    protected static double At(Solution solution, string observable, double time, bool before = true)
    {
        var column = solution.ObservableColumn(observable);
        var times = solution.Times;
        int best = 0;
        for (int row = 0; row < times.Length; row++)
        {
            double nearer = Math.Abs(times[row] - time) - Math.Abs(times[best] - time);
            if (nearer < 0 || (nearer == 0 && !before)) best = row;
        }
        return column[best];
    }

    /// <summary>The scenario of a name; the first one if the name is null.</summary>
    /// <exception cref="CatalogueException">There is no such scenario.</exception>
    public Scenario Scenario(string? name) => name is null
        ? Scenarios[0]
        : Scenarios.FirstOrDefault(s => s.Name == name) ?? throw new CatalogueException(
            $"'{Name}' has no scenario '{name}'.", $"system {Name}", $"Its scenarios: {string.Join(", ", Scenarios.Select(s => s.Name))}.");
}

/// <summary>One way to run a system.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Description">What is done, in a sentence.</param>
/// <param name="End">End time, in the network's unit of time.</param>
public sealed record Scenario(string Name, string Description, double End)
{
    /// <summary>Phases of the protocol, for the figures.</summary>
    public ImmutableArray<Phase> Phases { get; init; } = [];
}

/// <summary>A stretch of a protocol.</summary>
/// <param name="Label">Shown above the figure.</param>
/// <param name="Start">Start time.</param>
/// <param name="End">End time.</param>
public sealed record Phase(string Label, double Start, double End);

/// <summary>One panel of the time-course figure.</summary>
/// <param name="Label">Axis label, without the unit.</param>
/// <param name="Unit">Unit shown.</param>
/// <param name="Curves">Observables, with their label and the factor from the model's unit to the shown one.</param>
public sealed record Panel(string Label, string Unit, ImmutableArray<Curve> Curves)
{
    /// <summary>Whether equal ratios have equal heights; what is not above 0 is then left out.</summary>
    public bool IsLogarithmic { get; init; }
}

/// <summary>One curve of a panel.</summary>
/// <param name="Observable">Name in the network.</param>
/// <param name="Label">Shown at the curve.</param>
/// <param name="Factor">From the model's unit to the panel's.</param>
public sealed record Curve(string Observable, string Label, double Factor = 1);

/// <summary>A number a run is known for.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Its value.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Note">What it was computed from.</param>
public sealed record NamedResult(string Name, double Value, string Unit, string Note = "")
{
    /// <summary>What it is checked against; null for nothing.</summary>
    public Reference? Reference { get; init; }

    /// <summary>Whether it agrees with its reference; true where there is none.</summary>
    public bool Agrees => Reference is not { } r || Math.Abs(Value - r.Value) <= r.Tolerance;

    /// <summary>The result with what it is checked against.</summary>
    /// <param name="value">The number, in the unit of the result.</param>
    /// <param name="tolerance">How far the result may be off, in that unit.</param>
    /// <param name="source">Where the number is from: a paper, a closed form, a law.</param>
    public NamedResult Against(double value, double tolerance, string source) => this with { Reference = new Reference(value, tolerance, source) };
}

/// <summary>A number that a result is checked against.</summary>
/// <param name="Value">The number, in the unit of the result.</param>
/// <param name="Tolerance">How far the result may be off.</param>
/// <param name="Source">Where it is from.</param>
public sealed record Reference(double Value, double Tolerance, string Source);
