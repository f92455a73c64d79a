using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Chemistry;

/// <summary>
/// An enzyme that turns S into P or Q, all three held by the surroundings: three reservoirs break one conservation law and open two cycles. At
/// steady state the dissipation of the reactions is that of the cycles, Σ A_ρ J_ρ = Σ A_ε J_ε.
/// </summary>
public sealed class EmergentCycles : CatalogueSystem
{
    private const double R = PhysicalConstants.CodataGasConstant, T = 298.15;

    /// <inheritdoc/>
    public override string Name => "emergent-cycles";

    /// <inheritdoc/>
    public override string Title => "An enzyme between three reservoirs";

    /// <inheritdoc/>
    public override string Domain => "chemistry";

    /// <inheritdoc/>
    public override string Question => "Which cycles does a network gain when its surroundings hold some of its species, and what does each dissipate?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } = ["Rao R, Esposito M (2016). Nonequilibrium thermodynamics of chemical reaction networks: wisdom from stochastic thermodynamics. Phys Rev X 6:041064."];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } = [new("steady", "S 3, P 1, Q 0.5 mol/L; to the steady state. The dissipation is drawn where it is positive: by cycles it means something only at the steady state.", 20)];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } = [new("enzyme", "mol/L", [new("E", "free"), new("ES", "bound")]), new("flux", "mol/s", [new("to_P", "to P"), new("to_Q", "to Q")]), new("dissipation", "kW", [new("by_reactions", "by reactions", 1e-3), new("by_cycles", "by cycles", 1e-3)]) { IsLogarithmic = true }];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title);
        b.Temperature = b.Parameter("T", T, "K");
        var cell = b.Compartment("cell", 1);
        Expression K(string name, double value, string unit) => b.Parameter(name, value, unit);
        const string first = "1/s", second = "L/(mol·s)"; // order of the step
        var (bind, unbind, toP, fromP, toQ, fromQ) = (K("k_bind", 10, second), K("k_unbind", 5, first), K("k_P", 2, first), K("k_P_back", 0.5, second), K("k_Q", 0.6, first), K("k_Q_back", 0.1, second));
        var complex = -(b.RT * Expression.Log(bind / unbind));
        b.Species("E", cell, 1, standardPotential: 0);
        b.Species("ES", cell, 0, standardPotential: complex);
        b.Reservoir("S", cell, b.Parameter("S_0", 3, "mol/L"), standardPotential: 0);
        b.Reservoir("P", cell, b.Parameter("P_0", 1, "mol/L"), standardPotential: complex - (b.RT * Expression.Log(toP / fromP)));
        b.Reservoir("Q", cell, b.Parameter("Q_0", 0.5, "mol/L"), standardPotential: complex - (b.RT * Expression.Log(toQ / fromQ)));
        var binding = b.Process("binding", ProcessKind.Reaction, "E + S <-> ES", FluxLaw.MassAction(bind, unbind));
        var p = b.Process("to_P", ProcessKind.Reaction, "ES <-> E + P", FluxLaw.MassAction(toP, fromP));
        var q = b.Process("to_Q", ProcessKind.Reaction, "ES <-> E + Q", FluxLaw.MassAction(toQ, fromQ));
        Expression Affinity(Process process) => Expression.Symbol("affinity." + process.Name);
        b.Define("by_reactions", Expression.Sum(((Process[])[binding, p, q]).Select(r => Affinity(r) * r.Symbol)), "W");
        b.Define("by_cycles", ((Affinity(binding) + Affinity(p)) * p) + ((Affinity(binding) + Affinity(q)) * q), "W");
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        double end = solution.FinalTime, cycles = At(solution, "by_cycles", end);
        // The steady state of the enzyme and the two cycles' affinities, from the constants alone.
        double bound = ((10 * 3) + (0.5 * 1) + (0.1 * 0.5)) / ((10 * 3) + (0.5 * 1) + (0.1 * 0.5) + 5 + 2 + 0.6), p = (2 * bound) - (0.5 * (1 - bound)), q = (0.6 * bound) - (0.05 * (1 - bound));
                double forP = R * T * Math.Log(10.0 * 3 * 2 / (5 * 0.5 * 1)), forQ = R * T * Math.Log(10.0 * 3 * 0.6 / (5 * 0.1 * 0.5));
        const string affinity = "RT ln of what leads round forwards over what leads back: constants and held concentrations", turnover = "steady state of the enzyme in closed form";
        NamedResult Turnover(string cycle, string step, double known) => new NamedResult($"cycle {cycle}: turnover", At(solution, step, end), "mol/s").Against(known, 1e-6, turnover);
        NamedResult Force(string cycle, string step, double known) => new NamedResult($"cycle {cycle}: affinity", (At(solution, "affinity.binding", end) + At(solution, "affinity." + step, end)) / 1000, "kJ/mol").Against(known / 1000, 1e-6, affinity);
        return
        [
            Turnover("S → P (binding, to_P)", "to_P", p), Force("S → P (binding, to_P)", "to_P", forP),
            Turnover("S → Q (binding, to_Q)", "to_Q", q), Force("S → Q (binding, to_Q)", "to_Q", forQ),
            new NamedResult("dissipation by reactions", At(solution, "by_reactions", end), "W").Against(cycles, 1e-6 * cycles, "dissipation by cycles (Rao and Esposito 2016, sec. V)"),
            new NamedResult("dissipation by cycles", cycles, "W").Against((p * forP) + (q * forQ), 1e-6 * cycles, "turnover times affinity, summed over both cycles"),
        ];
    }
}
