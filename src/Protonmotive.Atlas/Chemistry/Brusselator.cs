using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Chemistry;

/// <summary>
/// The Brusselator with all steps reversible, so that each has an affinity: A ⇌ X, B + X ⇌ Y + D, 2X + Y ⇌ 3X, X ⇌ E with A, B, D, E held.
/// Above a threshold of B the steady state gives way to a clock.
/// </summary>
public sealed class Brusselator : CatalogueSystem
{
    private const double R = PhysicalConstants.CodataGasConstant, T = 298.15, Back = 1e-3;

    /// <inheritdoc/>
    public override string Name => "brusselator";

    /// <inheritdoc/>
    public override string Title => "The reversible Brusselator: a chemical clock";

    /// <inheritdoc/>
    public override string Domain => "chemistry";

    /// <inheritdoc/>
    public override string Question => "When does a steady flow of energy turn into a rhythm?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } = ["Prigogine I, Lefever R (1968). Symmetry breaking instabilities in dissipative systems. II. J Chem Phys 48:1695–1700.", "Nicolis G, Prigogine I (1977). Self-organization in nonequilibrium systems, Wiley, ch. 7."];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } = [new("steady", "B = 1.5 mol/L: below the threshold, 2.007 mol/L, at which the steady state loses its stability.", 100), new("clock", "B = 3 mol/L: above the threshold of 2.007 mol/L.", 100)];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Shown => Scenarios;

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } = [new("concentration", "mol/L", [new("X", "X"), new("Y", "Y")]), new("dissipation", "kW", [new("dissipation", "of all steps", 1e-3)])];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title);
        b.Temperature = b.Parameter("T", T, "K");
        var (forward, backward) = (b.Parameter("k_f", 1, "", "own", "forwards, of every step, in L, mol and s whatever its order"), b.Parameter("k_b", Back, "", "own", "backwards, likewise"));
        var step = b.RT * Expression.Log(forward / backward); // what a turnover of any step gives at equal concentrations of 1 mol/L
        var vessel = b.Compartment("vessel", 1);
        b.Species("X", vessel, b.Parameter("X_0", 1.2, "mol/L"), standardPotential: 0);
        b.Species("Y", vessel, b.Parameter("Y_0", 1.5, "mol/L"), standardPotential: step);
        b.Reservoir("A", vessel, 1, standardPotential: step);
        b.Reservoir("B", vessel, b.Parameter("B_0", scenario.Name == "steady" ? 1.5 : 3, "mol/L"), standardPotential: 2 * step);
        b.Reservoir("D", vessel, 1, standardPotential: 0);
        b.Reservoir("E", vessel, 1, standardPotential: -step);
        Process Step(string name, string equation) => b.Process(name, ProcessKind.Reaction, equation, FluxLaw.MassAction(forward, backward));
        Process[] steps = [Step("inflow", "A <-> X"), Step("exchange", "B + X <-> Y + D"), Step("autocatalysis", "2 X + Y <-> 3 X"), Step("outflow", "X <-> E")];
        b.Define("dissipation", Expression.Sum(steps.Select(s => Expression.Symbol("affinity." + s.Name) * s.Symbol)), "W");
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        var (times, x, dissipation) = (solution.Times, solution.ObservableColumn("X"), solution.ObservableColumn("dissipation"));
        double half = solution.FinalTime / 2;
        if (scenario.Name == "steady")
        {
            return
            [
                new NamedResult("X at the end", x[^1], "mol/L").Against(1, 1e-4, "(k_f A + k_b E)/(k_f + k_b)"),
                new NamedResult("Y at the end", At(solution, "Y", solution.FinalTime), "mol/L").Against(1.4995004995005, 1e-4, "steady state of the reversible scheme"),
                new NamedResult("dissipation over RT at the end", dissipation[^1] / (R * T), "mol/s").Against(35.11183418640031, 1e-3, "Σ J ln(forward flux/backward flux) at the steady state"),
            ];
        }
        // Where X rises through 1 in the second half.
        var crossings = new List<double>();
        for (int i = 1; i < times.Length; i++)
            if (times[i] > half && x[i - 1] < 1 && x[i] >= 1) crossings.Add(times[i - 1] + ((times[i] - times[i - 1]) * (1 - x[i - 1]) / (x[i] - x[i - 1])));
        double period = crossings.Count > 1 ? (crossings[^1] - crossings[0]) / (crossings.Count - 1) : double.NaN;
        return [new NamedResult("period", period, "s", "between rises of X through 1").Against(7.12802736, 0.02, "reference solution at 1e-10")];
    }
}
