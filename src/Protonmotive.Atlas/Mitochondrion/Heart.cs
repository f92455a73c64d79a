using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Atlas.Mitochondrion;

/// <summary>Heart muscle in vivo: the mitochondrion with creatine kinase, healthy and failing, at rest and in exercise ([Q], Fig. 10).</summary>
public abstract class HeartSystem : MitochondrionSystem
{
    private const double Rest = 0.4e-3, Work = 1.2e-3;
    private static readonly (string Name, double Demand)[] workloads =
        [("0.4", Rest), ("0.6", 0.6e-3), ("0.8", 0.8e-3), ("1.0", 1.0e-3), ("1.2", Work)];

    /// <summary>Whether creatine kinase follows the law of the published figures.</summary>
    protected abstract bool AsPublished { get; }

    /// <summary>Time of a run: the published figures show 10 s; the consistent form is read when it is stationary.</summary>
    protected abstract double RunTime { get; }

    /// <summary>What an independent code finds at the end of a scenario.</summary>
    private protected abstract IReadOnlyDictionary<string, Independent> Known { get; }

    /// <inheritdoc/>
    public override string Question => AsPublished
        ? "What do the published figures of the heart need? A law of creatine kinase that stops away from equilibrium, by a factor of 3.18 or 2.98 kJ/mol, so that it can run uphill; the heart of the chapter before has the law that stops at it."
        : "How does a heart keep its ATP level while its work triples, and what does it lose when it fails?";

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios =>
    [
        .. workloads.Select(w => new Scenario($"healthy-{w.Name}", $"Healthy heart, {w.Name} mmol ATP a second per litre of cells{(w.Demand == Rest ? ": at rest" : w.Demand == Work ? ": exercise" : "")}. Cr: creatine; CrP: its phosphate.{(w.Demand == Rest ? " " + Places : "")}", RunTime)),
        .. workloads.Select(w => new Scenario($"failing-{w.Name}", $"Failing heart, with 92 % of the adenine nucleotides, 88 % of the phosphate and 58 % of the creatine of a healthy one, {w.Name} mmol ATP a second per litre of cells{(w.Demand == Rest ? ": at rest" : w.Demand == Work ? ": exercise" : "")}. Cr: creatine; CrP: its phosphate.", RunTime)),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels =>
    [
        new("membrane potential", "mV", [new("DeltaPsi", "ΔΨ", 1000)]),
        new("Cr and CrP", "mM", [new("CrP_c", "CrP", 1000), new("Cr_c", "Cr", 1000)]),
        new("cytosol", "mM", [new("ATP_c", "ATP", 1000), new("ADP_c", "ADP", 1000), new("Pi_c", "Pi", 1000)]),
        new("CrP/ATP", "1", [new("CrP_ATP", "CrP/ATP")]),
    ];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        bool failing = scenario.Name.StartsWith("failing", StringComparison.Ordinal);
        bool isStep = !scenario.Phases.IsEmpty;
        double demand = isStep ? Rest : workloads.First(w => scenario.Name.EndsWith(w.Name, StringComparison.Ordinal)).Demand;
        // Pools per L cell (mol), [Q] table of Fig. 10; total adenine, exchangeable phosphate, creatine.
        var (TAN, TEP, Cr) = failing ? (6.976e-3, 24.11e-3, 23.03e-3) : (7.6e-3, 27.5e-3, 40e-3);
        const double Vc = 0.6601, Vm = 0.2882, Wc = 0.8425, Wx = 0.9 * 0.7238, Wi = 0.1 * 0.7238;
        double a = (Vc * Wc) + (Vm * Wi), ADPc = 0.05e-3;
        double ATPc = ((TAN - (Vm * Wx * 10e-3)) / a) - ADPc;
        double totalCr = Cr / (Vc * Wc), startCrP = 0.3 * totalCr;
        double Pic = ((TEP - (Vm * Wx * 10.3e-3)) / a) - (2 * ATPc) - ADPc - startCrP;

        var b = new NetworkBuilder(Title);
        var m = new OxidativePhosphorylation(b, Surroundings.Cell, new InitialConditions { Pix = 0.3e-3, ATPc = ATPc, ADPc = ADPc, Pic = Pic });
        var chain = new RespiratoryChain(b, m);
        b.Boundary("oxidative phosphorylation", "electrons", chain.ComplexI, chain.ComplexIII, chain.ComplexIV, m.Synthase(), m.Translocase(), m.PhosphateCarrier(), m.Leak());
        var use = m.Demand(demand);
        if (isStep) b.At(scenario.Phases[1].Start, "exercise", (use, Work));
        CreatineKinase(b, m, startCrP, totalCr - startCrP);
        double cell = Vc * Wc, matrix = Vm * Wx, outer = a;
        b.Define("CrP_ATP", Symbol("CrP_c") * cell / ((m.ATPx * matrix) + (m.ATPc * outer)), "1", "creatine phosphate over ATP of the whole cell, as NMR sees them");
        return b.Build();
    }

    /// <summary>ADP³⁻ + CrP²⁻ + H⁺ ⇌ ATP⁴⁻ + Cr; Lopez et al. (2020), Bazil et al. (2016).</summary>
    private void CreatineKinase(NetworkBuilder b, OxidativePhosphorylation m, double startCrP, double startCr)
    {
        var K_CK = b.Parameter("K_CK", 3.5e8, "1/M", "Beard 2012", "equilibrium constant of ADP³⁻ + CrP²⁻ + H⁺ ⇌ ATP⁴⁻ + Cr");
        var X_CK = b.Parameter("X_CK", 1e7, "1/(s M)", "Randall 2021", "activity of creatine kinase, fast enough for equilibrium");
        var CrP = m.Pool("CrP_c", m.C, startCrP, -2, null, Symbol("DeltaG0_ATP") * -1 + (m.RT * Log(K_CK)), "creatine phosphate");
        var Cr = m.Pool("Cr_c", m.C, startCr, 0, null, 0, "creatine");
        var K = b.Define("K_CK_apparent", K_CK * m.Hc * m.Ions.ATPc / m.Ions.ADPc, "1", "apparent equilibrium constant between total ADP and ATP");
        var flux = AsPublished
            ? (K * m.ADPc.Free * CrP) - (m.ATPc.Free * Cr)    // free ADP³⁻ and ATP⁴⁻ against the constant of the totals
            : (K * m.ADPc * CrP) - (m.ATPc * Cr);
        b.Process("CK", ProcessKind.Reaction, "ADP_c + CrP_c + H_c <-> ATP_c + Cr_c", FluxLaw.Formula(X_CK * flux * m.OuterPerMitochondria),
            halves: [new("phosphate", "ADP_c + CrP_c + H_c -> ATP_c + Cr_c")], description: "creatine kinase");
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        double end = solution.FinalTime;
        Known.TryGetValue(scenario.Name, out var known);
        static NamedResult Compared(NamedResult result, double? value, double within = 1e-4) => value is { } v ? result.Against(v, within, "the same equations by an independent code") : result;
        return
        [
            Compared(new("CrP/ATP", At(solution, "CrP_ATP", end), "1"), known?.Ratio),
            Compared(new("Pi outside", 1000 * At(solution, "Pi_c", end), "mM"), known?.Phosphate),
            Compared(new("ΔΨ", 1000 * At(solution, "DeltaPsi", end), "mV"), known?.Potential, 0.01),
            Compared(new("O₂ uptake", At(solution, "C4", end) / 2 * 0.2882 * 60 * 1000, "mmol/min/L cell"), known?.Oxygen, 0.005),
            new("ΔG of ATP hydrolysis", At(solution, "DeltaG_ATP_c", end) / 1000, "kJ/mol", "in the cytosol"),
        ];
    }

    /// <summary>What an independent code finds at the end: CrP/ATP, phosphate outside (mM), ΔΨ (mV), oxygen uptake (mmol/min/L cell).</summary>
    internal sealed record Independent(double Ratio, double Phosphate, double? Potential = null, double? Oxygen = null);
}

/// <summary>The heart with creatine kinase in its thermodynamically consistent form.</summary>
public sealed class Heart : HeartSystem
{
    /// <inheritdoc/>
    protected override bool AsPublished => false;

    /// <inheritdoc/>
    protected override double RunTime => 60;

    /// <inheritdoc/>
    private protected override IReadOnlyDictionary<string, Independent> Known { get; } = new Dictionary<string, Independent>
    {
        ["healthy-0.4"] = new(2.3900, 0.2888), ["healthy-1.2"] = new(2.2600, 0.9682), ["exercise"] = new(2.2600, 0.9682), ["failing-0.4"] = new(2.1430, 0.4861), ["failing-1.2"] = new(1.9347, 1.5098),
    };

    /// <summary>The heart with its workloads, and with a step from rest to exercise.</summary>
    public Heart() => Scenarios = [.. base.Scenarios, new("exercise", "Healthy heart at rest (0.4 mmol ATP/s per L cell); after 60 s three times as much.", 120) { Phases = [new("rest", 0, 60), new("exercise", 60, 120)] }];

    /// <inheritdoc/>
    public override string Name => "heart";

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; }

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Shown => [Scenario("healthy-0.4"), Scenario("exercise"), Scenario("failing-1.2")];

    /// <inheritdoc/>
    public override string Title => "Energetics of the heart in vivo";
}

/// <summary>The heart with the creatine-kinase law that the published figures were computed with: off equilibrium by P_ATP/P_ADP = 3.18.</summary>
public sealed class HeartAsPublished : HeartSystem
{
    /// <inheritdoc/>
    protected override bool AsPublished => true;

    /// <inheritdoc/>
    protected override double RunTime => 10;

    /// <inheritdoc/>
    private protected override IReadOnlyDictionary<string, Independent> Known { get; } = new Dictionary<string, Independent>
    {
        ["healthy-0.4"] = new(2.1609, 0.7536, 177.54, 5.92), ["failing-0.4"] = new(1.8323, 1.3039),
        ["healthy-0.6"] = new(2.0941, 1.0933, 175.01), ["failing-0.6"] = new(1.7356, 1.8018),
        ["healthy-0.8"] = new(2.0239, 1.4727, 172.94), ["failing-0.8"] = new(1.6405, 2.3185),
        ["healthy-1.0"] = new(1.9504, 1.8886, 171.16), ["failing-1.0"] = new(1.5471, 2.8462),
        ["healthy-1.2"] = new(1.8740, 2.3376, 169.59, 14.46), ["failing-1.2"] = new(1.4556, 3.3791),
    };

    /// <summary>CrP/ATP and phosphate (mM) that the text to Fig. 10 gives, at rest and in exercise.</summary>
    private static readonly Dictionary<string, (double Ratio, double Phosphate)> told = new() { ["healthy-0.4"] = (2.2, 0.75), ["healthy-1.2"] = (2.0, 2.3) };

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        var results = base.Results(scenario, solution);
        if (!told.TryGetValue(scenario.Name, out var text)) return results;
        return
        [
            .. results,
            new NamedResult("CrP/ATP, against the paper's text", results[0].Value, "1").Against(text.Ratio, 0.15, "Randall et al. 2021, text to Fig. 10, two digits"),
            new NamedResult("Pi outside, against the paper's text", results[1].Value, "mM").Against(text.Phosphate, 0.05, "Randall et al. 2021, text to Fig. 10, two digits"),
        ];
    }

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Shown => [Scenario("healthy-0.4"), Scenario("healthy-1.2")];

    /// <inheritdoc/>
    public override string Name => "heart-as-published";

    /// <inheritdoc/>
    public override string Title => "Energetics of the heart in vivo, creatine kinase as in the published figures";
}
