using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Machines;

/// <summary>
/// A unit of a network as a flow: its activity y runs down E(y) = y ln y + (1 − y) ln(1 − y) − u y, which is least at the logistic activation
/// y = 1/(1 + e⁻ᵘ) of its input u. With the mobility y(1 − y) the logit of y follows u at a fixed rate.
/// </summary>
/// <remarks>It is the mean-field free energy of a binary unit (Hopfield 1984), and that of a two-state channel in units of RT.</remarks>
public sealed class LogisticUnit : CatalogueSystem
{
    private const double Low = -15, High = 15;

    /// <inheritdoc/>
    public override string Name => "logistic-unit";

    /// <inheritdoc/>
    public override string Title => "A unit with a logistic activation";

    /// <inheritdoc/>
    public override string Domain => "learning";

    /// <inheritdoc/>
    public override string Question => "Which energy is least where a unit's activity is the logistic function of its input?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } =
    [
        "Hopfield JJ (1984). Neurons with graded response have collective computational properties like those of two-state neurons. PNAS 81:3088–3092.",
        "Elfwing S, Uchibe E, Doya K (2018). Sigmoid-weighted linear units for neural network function approximation in reinforcement learning. Neural Netw 107:3–11: SiLU.",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } = [new("ramp", "The input rises from −15 to 15, slowly against the unit. Time, energies and rates have no unit here.", 12000)];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } = [new("input", "1", [new("u", "u")]), new("activity", "1", [new("activity", "y")])];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title) { TimeUnit = "1", EnergyUnit = "1", AmountUnit = "1" };
        var input = Low + ((High - Low) * Expression.Time / scenario.End);
        b.Define("u", input, "1", "input");
        var y = b.Store("y", 1 / (1 + Math.Exp(-Low)), y => (y * Expression.Log(y)) + ((1 - y) * Expression.Log(1 - y)) - (input * y), "1", "1");
        b.Define("activity", y.Content, "1");
        b.Process("answer", ProcessKind.Conductor, "y ->", FluxLaw.Ohm(b.Parameter("rate", 1, "1") * y.Content * (1 - y.Content)), unit: "1");
        return b.Build();
    }

    /// <inheritdoc/>
    public override Findings Study(Scenario scenario, Solution solution, CancellationToken cancellation = default)
    {
        double[] u = [.. solution.ObservableColumn("u")], y = [.. solution.ObservableColumn("activity")], logistic = [.. u.Select(x => 1 / (1 + Math.Exp(-x)))];
        return new(
        [
            new NamedResult("largest distance from the logistic function", y.Zip(logistic, (a, b) => Math.Abs(a - b)).Max(), "1").Against(0, 3e-3, "Boltzmann's law: the energy's least value"),
            new NamedResult("rise for an e-fold change of the odds", 1, "1", "of the input"),
        ],
        [
            new LinePlot("opening", "The activity follows the logistic function of the input", new("input u"), new("activity"), [new("unit", [.. u], [.. y]), new("1/(1 + e⁻ᵘ)", [.. u], [.. logistic]) { IsDashed = true }]),
            new LinePlot("current", "Input times activity: the activation u·σ(u), σ(u) = 1/(1 + e⁻ᵘ)", new("input u"), new("output"), [new("unit", [.. u], [.. u.Zip(y, (a, b) => a * b)]), new("u/(1 + e⁻ᵘ), known as SiLU", [.. u], [.. u.Zip(logistic, (a, b) => a * b)]) { IsDashed = true }]),
        ]);
    }
}
