using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Chemistry;

/// <summary>
/// Schlögl's model, A + 2X ⇌ 3X and B ⇌ X with A and B held: dx/dt = 6x² − x³ + 6 − 11x = −(x − 1)(x − 2)(x − 3). Two stable states under one
/// affinity, RT ln 11; the state of more X dissipates more.
/// </summary>
public sealed class Schloegl : CatalogueSystem
{
    private const double R = PhysicalConstants.CodataGasConstant, T = 298.15;

    /// <inheritdoc/>
    public override string Name => "schloegl";

    /// <inheritdoc/>
    public override string Title => "Schlögl's model: two states under one gradient";

    /// <inheritdoc/>
    public override string Domain => "chemistry";

    /// <inheritdoc/>
    public override string Question => "Can the same gradient hold a system in two different states?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } = ["Schlögl F (1972). Chemical reaction models for non-equilibrium phase transitions. Z Phys 253:147–161."];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("low", "From x = 1.9: to the lower state.", 20),
        new("high", "From x = 2.1: to the upper state.", 20),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Shown => Scenarios;

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } = [new("X", "mol/L", [new("X", "X")]), new("dissipation", "kW", [new("dissipation", "of both reactions", 1e-3)])];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title);
        b.Temperature = b.Parameter("T", T, "K");
        var (grow, shrink, enter, leave) = (b.Parameter("k_1", 6, "L²/(mol²·s)"), b.Parameter("k_1_back", 1, "L²/(mol²·s)"), b.Parameter("k_2", 6, "1/s"), b.Parameter("k_2_back", 11, "1/s"));
        var vessel = b.Compartment("vessel", 1);
        b.Species("X", vessel, b.Parameter("X_0", scenario.Name == "low" ? 1.9 : 2.1, "mol/L"), standardPotential: 0);
        b.Reservoir("A", vessel, b.Parameter("A_0", 1, "mol/L"), standardPotential: b.RT * Expression.Log(grow / shrink));
        b.Reservoir("B", vessel, b.Parameter("B_0", 1, "mol/L"), standardPotential: b.RT * Expression.Log(enter / leave));
        var cubic = b.Process("autocatalysis", ProcessKind.Reaction, "A + 2 X <-> 3 X", FluxLaw.MassAction(grow, shrink));
        var linear = b.Process("exchange", ProcessKind.Reaction, "B <-> X", FluxLaw.MassAction(enter, leave));
        b.Define("dissipation", (Expression.Symbol("affinity.autocatalysis") * cubic) + (Expression.Symbol("affinity.exchange") * linear), "W");
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        double x = scenario.Name == "low" ? 1 : 3, flux = (6 * x * x) - (x * x * x), expected = R * T * flux * Math.Log(11);
        return
        [
            new NamedResult("X at the end", At(solution, "X", solution.FinalTime), "mol/L").Against(x, 1e-5, "root of (x − 1)(x − 2)(x − 3)"),
            new NamedResult("dissipation at the end", At(solution, "dissipation", solution.FinalTime), "W").Against(expected, 1e-4 * expected, "J RT ln 11"),
        ];
    }
}
