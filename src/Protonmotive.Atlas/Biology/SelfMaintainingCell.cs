using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Biology;

/// <summary>
/// A cell that makes what makes it. Food enters through the membrane; catalysts turn it into a metabolite, and the metabolite into catalysts and lipids; lipids are the membrane, which keeps catalysts and metabolite in.
/// Catalysts wear out and lipids come off, so standing still is dying. When the membrane has doubled, the cell divides.
/// </summary>
/// <remarks>
/// After the idea of Gánti's chemoton; scheme and constants are ours. What is made grows with the square of the catalysts while the metabolite leaks, their loss grows with them: below a threshold the loop runs down, so there are
/// two states, alive and dead. The cell is a sphere of volume S^{3/2}; two daughters hold 1/√2 of its volume, and concentrations jump by √2. A cell too full for its membrane leaks through pores, as (c/c_max)⁸. All steps are reversible; energies in RT.
/// </remarks>
public sealed class SelfMaintainingCell : CatalogueSystem
{
    internal const double Doubled = 2;
    private const string Ours = "ours";

    /// <inheritdoc/>
    public override string Name => "self-maintaining-cell";

    /// <inheritdoc/>
    public override string Title => "A cell that maintains itself";

    /// <inheritdoc/>
    public override string Domain => "biology";

    /// <inheritdoc/>
    public override string Question => "What can be done to a cell that makes itself before it stops, and which of its links can it lose?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } =
    [
        "Gánti T (2003). The principles of life. Oxford University Press (the chemoton; scheme and constants here are ours).",
        "Varela FG, Maturana HR, Uribe R (1974). Autopoiesis: the organization of living systems, its characterization and a model. BioSystems 5:187–196.",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("growth", "Undisturbed. The maps show from which disturbances, lasting, passing or sudden, the same cell recovers; the rows 'cut' what becomes of it when one link of the loop by which it makes itself is taken away.", 40),
        new("famine", "No food for 3 h.", 60) { Phases = [new("famine", 20, 23)] },
        new("long-famine", "No food for 5 h: too long.", 60) { Phases = [new("famine", 20, 25)] },
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Shown => Scenarios;

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } =
    [
        new("membrane area", "after a division = 1", [new("membrane", "membrane")]),
        new("concentration inside", "food outside = 1", [new("food_inside", "food"), new("metabolite_inside", "metabolite"), new("catalyst_inside", "catalyst")]),
        new("dissipation", "RT/h", [new("dissipation", "of all processes")]),
    ];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var b = new NetworkBuilder(Title) { TimeUnit = "h", EnergyUnit = "RT", AmountUnit = "amount", Per = "cell of membrane area 1" };
        b.GasConstant = 1;
        b.Temperature = 1;
        Expression P(string name, double value, string unit, string what) => b.Parameter(name, value, unit, Ours, what);
        Compartment outside = b.Compartment("outside", 1, "volume"), cell = b.Compartment("cell", 1, "volume", "a sphere, in units of that of membrane area 1");
        const double food = 20, metabolite = 10, catalyst = 4, lipid = 4, waste = 0; // standard potentials, RT
        var membrane = b.Store("membrane", 1, n => lipid * n, "area", "area", n => n, "lipids, in units of the area after a division");
        b.Assign(cell.Name, Expression.Power(membrane.Content, 1.5));
        Species Inside(string name, double start, double standard) => b.Species(name, cell, start, standardPotential: standard, inAmounts: true);
        var (X, A, E) = (Inside("X", 0.94, food), Inside("A", 0.76, metabolite), Inside("E", 0.39, catalyst));
        var supply = b.Parameter("food", 1, "concentration", Ours, "food outside");
        var XOut = b.Reservoir("X_out", outside, supply, standardPotential: food);
        var AOut = b.Reservoir("A_out", outside, 1e-6, standardPotential: metabolite);
        var EOut = b.Reservoir("E_out", outside, 1e-9, standardPotential: catalyst);
        var W = b.Reservoir("W_out", outside, 1e-3, standardPotential: waste, description: "waste");
        Expression Level(string name, Species species) => b.Define(name, species.Concentration, "concentration");
        var (x, a, e, S, V) = (Level("food_inside", X), Level("metabolite_inside", A), Level("catalyst_inside", E), membrane.Content, cell.Symbol);

        var pores = b.Define("permeability_pores", Expression.Power((x + a + e) / P("strength", 5, "concentration", "content at which pores are as wide as 1"), 8) + P("hole", 0, "1/h", "a hole made from outside, permeability"), "1/h", "of pores in a membrane that holds too much");
        void Pass(string name, Species inside, Expression level, Species out_, Expression permeability) =>
            b.Process(name, ProcessKind.Leak, $"{out_.Name} <-> {inside.Name}", FluxLaw.Formula(permeability * S * out_.Symbol, permeability * S * level));
        Pass("uptake", X, x, XOut, P("k_uptake", 4, "1/h", "permeability for food") + pores);
        Pass("leak", A, a, AOut, P("k_leak", 0.5, "1/h", "permeability for the metabolite") + pores);
        Pass("pores", E, e, EOut, pores);
        void Make(string name, string equation, Expression k, Expression forward, Expression backward) =>
            b.Process(name, ProcessKind.Reaction, equation, FluxLaw.Formula(k * E * forward, k * E * backward));
        Make("metabolism", "X <-> A", P("k_metabolism", 3, "1/h", "by catalysts"), x, a * Math.Exp(metabolite - food));
        Make("make_catalyst", "A <-> E", P("k_catalysts", 1, "1/h", "by catalysts"), a, e * Math.Exp(catalyst - metabolite));
        Make("make_lipid", "A <-> membrane", P("k_lipids", 1, "1/h", "by catalysts"), a, Math.Exp(lipid - metabolite));
        var (wear, loss) = (P("k_wear", 0.4, "1/h", "of catalysts"), P("k_loss", 0.05, "1/h", "of lipids"));
        b.Process("wear", ProcessKind.Reaction, "E <-> W_out", FluxLaw.Formula(wear * E, wear * V * W * Math.Exp(waste - catalyst)));
        b.Process("loss", ProcessKind.Reaction, "membrane <-> W_out", FluxLaw.Formula(loss * S, loss * S * W * Math.Exp(waste - lipid)));

        b.When("division", Expression.LessOrEqual(P("divides_at", Doubled, "area", "membrane at which it divides"), membrane.Symbol),
            [.. ((Store[])[membrane, X, A, E]).Select(s => new EventAssignment(s.Name, s.Symbol / 2))]);
        foreach (var famine in scenario.Phases)
        {
            b.At(famine.Start, "famine", (supply, 0));
            b.At(famine.End, "food again", (supply, 1));
        }
        b.Define("dissipation", Expression.Sum(((string[])["uptake", "leak", "pores", "metabolism", "make_catalyst", "make_lipid", "wear", "loss"]).Select(p => Expression.Symbol("affinity." + p) * Expression.Symbol(p))), "RT/h");
        return b.Build();
    }

    /// <inheritdoc/>
    public override Findings Study(Scenario scenario, Solution solution, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(solution);
        double[] divisions = [.. solution.Events.Where(e => e.Name == "division").Select(e => e.Time)];
        if (scenario.Name != Scenarios[0].Name)
        {
            int after = divisions.Count(t => t > scenario.Phases[^1].End);
            return new([new NamedResult("divisions after the famine", after, "1").Against(scenario.Name == "famine" ? 6 : 0, 0.5, CellViability.Oracle)], []);
        }
        var found = CellViability.Of(Build(scenario), cancellation);
        return found with { Results = [new NamedResult("time between divisions", divisions[^1] - divisions[^2], "h").Against(3.791485, 1e-3, CellViability.Oracle), .. found.Results] };
    }
}
