using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Chemistry;

/// <summary>
/// The Oregonator, the skeleton of the Belousov-Zhabotinskii reaction: A + Y → X + P, X + Y → 2P, A + X → 2X + Z, 2X → A + P, Z → Y with bromate A and product P held;
/// X is HBrO₂, Y bromide, Z the oxidised catalyst.
/// </summary>
/// <remarks>
/// Field and Noyes give rate constants, no potentials: its steps lump several reactions. Each is given an equilibrium constant of 10²⁰ (ours; X + Y → 2P, the sum of two others,
/// their product), so that all have potentials and the books close; backward rates are then too small to move the clock. The dissipation printed rests on that constant. k₁, k₄ and k₅ are
/// rounded so that the dimensionless constants are those of the test problem OREGO: s = √(k₃/k₁) = 77.27, q = 2k₁k₄/(k₂k₃) = 8.375·10⁻⁶, w = k₅/(A√(k₁k₃)) = 0.161.
/// </remarks>
public sealed class Oregonator : CatalogueSystem
{
    private const double T = 298.15, K = 1e20, A = 0.06, S = 77.27, Q = 8.375e-6, W = 0.161, K2 = 1.6e9, K3 = 8e3;
    private const double K1 = K3 / (S * S), K4 = Q * K2 * K3 / (2 * K1), K5 = W * A * K3 / S; // √(k₁k₃) = k₃/s
    private const double UnitOfX = K1 * A / K2, UnitOfY = K3 * A / K2, UnitOfZ = K3 * A * UnitOfX / K5, UnitOfTime = S / (K3 * A);

    /// <inheritdoc/>
    public override string Name => "oregonator";

    /// <inheritdoc/>
    public override string Title => "The Oregonator: a clock in a beaker";

    /// <inheritdoc/>
    public override string Domain => "chemistry";

    /// <inheritdoc/>
    public override string Question => "How does a real reaction keep time, and what does each tick cost?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources { get; } =
    [
        "Field RJ, Noyes RM (1974). Oscillations in chemical systems. IV. Limit cycle behavior in a model of a real chemical reaction. J Chem Phys 60:1877–1884.",
        "Hairer E, Wanner G (1996). Solving ordinary differential equations II, Springer, IV.10 (OREGO); Mazzia F, Magherini C (2008). Test set for IVP solvers, release 2.4.",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("clock", "Five ticks: nearly five periods. A is bromate, P HOBr, X HBrO₂, Y bromide, Z the oxidised catalyst. A tick is a rise of HBrO₂ through 5.02·10⁻⁸ mol/L, a thousand times k₁A/k₂.", 1500 * UnitOfTime),
        new("orego", "To the time at which the test problem OREGO is tabulated, 360 of its units of time of 1/(A√(k₁k₃)) = 0.161 s.", 360 * UnitOfTime),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels { get; } =
    [
        new("log₁₀ (c in mol/L)", "1", [new("log_X", "HBrO₂"), new("log_Y", "bromide"), new("log_Z", "oxidised catalyst")]),
        new("dissipation", "W/L", [new("dissipation", "of all steps")]),
    ];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title) { Per = "litre", TraceConcentration = 1e-16 };
        b.Temperature = b.Parameter("T", T, "K");
        const string source = "Field and Noyes 1974, rounded to OREGO";
        (Expression Forward, Expression Down)[] steps =
        [
            .. new[] { (K1, "L/(mol·s)"), (K2, "L/(mol·s)"), (K3, "L/(mol·s)"), (K4, "L/(mol·s)"), (K5, "1/s") }.Select((k, i) => ((Expression)b.Parameter($"k_{i + 1}", k.Item1, k.Item2, i is 1 or 2 ? "Field and Noyes 1974" : source), (Expression)(i == 1 ? K * K : K))),
        ];
        var vessel = b.Compartment("vessel", 1);
        var l = b.RT * Math.Log(K);
        b.Species("X", vessel, b.Parameter("X_0", UnitOfX, "mol/L", "OREGO: 1 unit"), standardPotential: -l / 2);
        b.Species("Y", vessel, b.Parameter("Y_0", 2 * UnitOfY, "mol/L", "OREGO: 2 units"), standardPotential: -3 * l / 2);
        b.Species("Z", vessel, b.Parameter("Z_0", 3 * UnitOfZ, "mol/L", "OREGO: 3 units"), standardPotential: -l / 2);
        b.Reservoir("A", vessel, b.Parameter("A_0", A, "mol/L", "Field and Noyes 1974"), standardPotential: 0);
        b.Reservoir("P", vessel, b.Parameter("P_0", 1e-3, "mol/L", "ours"), standardPotential: -2 * l);
        string[] equations = ["A + Y <-> X + P", "X + Y <-> 2 P", "A + X <-> 2 X + Z", "2 X <-> A + P", "Z <-> Y"];
        string[] names = ["start", "consumption", "autocatalysis", "disproportionation", "renewal"];
        var processes = equations.Select((equation, i) => b.Process(names[i], ProcessKind.Reaction, equation, FluxLaw.MassAction(steps[i].Forward, steps[i].Forward / steps[i].Down))).ToList();
        foreach (var symbol in (string[])["X", "Y", "Z"]) b.Define("log_" + symbol, Expression.Log10(Expression.Symbol(symbol)), "1");
        b.Define("dissipation", Expression.Sum(processes.Select(p => Expression.Symbol("affinity." + p.Name) * p.Symbol)), "W");
        // What ticks and peaks are is found by the solver, not between rows.
        var (ticks, peak, oxidised) = (b.Variable("ticks", 0, "1"), b.Variable("most_X", 0, "mol/L"), b.Variable("most_Z", 0, "mol/L"));
        b.When("tick", Expression.LessOrEqual(3 + Math.Log10(UnitOfX), Expression.Symbol("log_X")), [new(ticks.Name, ticks.Symbol + 1)]);
        Expression IsAbove(string symbol, double unit) => Expression.Less(3 + Math.Log10(unit), Expression.Symbol("log_" + symbol)); // at its floor X trembles about rest
        b.When("peak of X", Expression.And(Expression.Less(processes[0].Symbol + processes[2].Symbol, processes[1].Symbol + (2 * processes[3].Symbol)), IsAbove("X", UnitOfX)), [new(peak.Name, Expression.Max(peak.Symbol, Expression.Symbol("X")))]);
        b.When("peak of Z", Expression.And(Expression.Less(processes[2].Symbol, processes[4].Symbol), IsAbove("Z", UnitOfZ)), [new(oxidised.Name, Expression.Max(oxidised.Symbol, Expression.Symbol("Z")))]);
        b.Define("highest_X", peak.Symbol, "mol/L");
        b.Define("highest_Z", oxidised.Symbol, "mol/L");
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        if (scenario.Name == "orego")
        {
            const string source = "Test Set for IVP Solvers, OREGO at t = 360";
            NamedResult End(string symbol, double unit, double expected) => new NamedResult($"{symbol} at the end", At(solution, symbol, solution.FinalTime), "mol/L").Against(expected * unit, 2e-3 * expected * unit, FormattableString.Invariant($"{source}: {expected:g7} units of {unit:g4} mol/L"));
            return [End("X", UnitOfX, 1.000814870318523), End("Y", UnitOfY, 1228.178521549917), End("Z", UnitOfZ, 132.0554942846706)];
        }
        double[] ticks = [.. solution.Events.Where(e => e.Name == "tick").Select(e => e.Time)];
        double period = ticks.Length > 2 ? (ticks[^1] - ticks[1]) / (ticks.Length - 2) : double.NaN; // the first tick comes from the start
        const string independent = "by an independent code";
        NamedResult Highest(string symbol, string name, double unit, double expected) => new NamedResult($"most {name}", At(solution, "highest_" + symbol, solution.FinalTime), "mol/L").Against(expected * unit, 1e-3 * expected * unit, FormattableString.Invariant($"{expected:g7} units of {unit:g4} mol/L, {independent}"));
        // From tick to tick the vessel comes back to where it was, so what is dissipated is what A ⇌ 2 P gave, as often as Z ⇌ Y ran: once for each A.
        int Row(double time) => Enumerable.Range(0, solution.RowCount).MinBy(i => Math.Abs(solution.Times[i] - time));
        double PerTick(string column) => ticks.Length > 2 ? (solution.Column(column)[Row(ticks[^1])] - solution.Column(column)[Row(ticks[1])]) / (ticks.Length - 2) : double.NaN;
        double cost = ((string[])["start", "consumption", "autocatalysis", "disproportionation", "renewal"]).Sum(step => PerTick("power." + step));
        double each = PhysicalConstants.CodataGasConstant * T * (Math.Log(A) - (2 * Math.Log(1e-3)) + (4 * Math.Log(K)));
        return
        [
            new NamedResult("free energy a tick costs", cost, "J/L").Against(PerTick("extent.renewal") * each, 1e-3 * cost, "A ⇌ 2 P, once for each Z that renews bromide, times its affinity; it rests on our equilibrium constants of 10²⁰"),
            new NamedResult("period", period, "s", "between ticks").Against(302.85804403 * UnitOfTime, 1e-3, "302.85804 units of 1/(A√(k₁k₃)), " + independent),
            Highest("X", "HBrO₂", UnitOfX, 117845.77),
            Highest("Z", "oxidised catalyst", UnitOfZ, 31263.84),
        ];
    }
}
