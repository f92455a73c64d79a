using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Atlas.Mitochondrion;

/// <summary>
/// The mitochondrial stress test as laboratories run it: basal respiration, oligomycin, an uncoupler (FCCP) titrated to the
/// maximum, then rotenone with antimycin.
/// </summary>
/// <remarks>
/// Protocol and named results: Brand and Nicholls (2011), Biochem J 435:297–312. The model has no respiration outside the chain, so
/// the non-mitochondrial rest after rotenone and antimycin is 0.
/// </remarks>
public sealed class StressTest : MitochondrionSystem
{
    private const double Oligomycin = 300, Uncoupler = 600, StepOfTitration = 60, Inhibitors = 1080, Last = 1320;
    private static readonly double[] leakFactors = [3, 6, 10, 15, 20, 30, 50, 100];

    /// <inheritdoc/>
    public override string Name => "stress-test";

    /// <inheritdoc/>
    public override string Title => "The mitochondrial stress test";

    /// <inheritdoc/>
    public override string Question => "How much of respiration makes ATP, how much leaks, and how much is in reserve?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources =>
        [.. QamasSources, "Brand MD, Nicholls DG (2011). Assessing mitochondrial dysfunction in cells. Biochem J 435:297–312."];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("full", "Basal at 3 µM/s of ATP demand; oligomycin at 300 s; FCCP in eight steps from 600 s; rotenone and antimycin at 1080 s.", Last)
        {
            Phases = [new("basal", 0, Oligomycin), new("oligomycin", Oligomycin, Uncoupler), new("FCCP, titrated", Uncoupler, Inhibitors), new("rotenone + antimycin", Inhibitors, Last)],
        },
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels => RespirationPanels;

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title);
        var m = new OxidativePhosphorylation(b, Surroundings.Suspension, new InitialConditions { Pix = 0.3e-3, ReducedNAD = 0.1, ATPc = 5e-3, ADPc = 0, Pic = 5e-3 });
        var chain = new RespiratoryChain(b, m);
        b.Boundary("oxidative phosphorylation", "electrons", chain.ComplexI, chain.ComplexIII, chain.ComplexIV, m.Synthase(), m.Translocase(), m.PhosphateCarrier(), m.Leak());
        m.Demand(3e-6);
        b.When("oligomycin", LessOrEqual(Oligomycin, Time), [new("X_F", 0)], trueBeforeStart: false);
        for (int i = 0; i < leakFactors.Length; i++)
            b.When($"FCCP {i + 1}", LessOrEqual(Uncoupler + (i * StepOfTitration), Time), [new("X_H", 1000 * leakFactors[i])], trueBeforeStart: false);
        b.When("rotenone + antimycin", LessOrEqual(Inhibitors, Time), [new("X_C1", 0), new("X_C3", 0)], trueBeforeStart: false);
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        double rest = At(solution, "OCR", Last);
        double basal = At(solution, "OCR", Oligomycin) - rest;
        double leak = At(solution, "OCR", Uncoupler) - rest;
        double maximal = Enumerable.Range(1, leakFactors.Length).Max(i => At(solution, "OCR", Uncoupler + (i * StepOfTitration))) - rest;
        const string unit = "nmol/min/U CS";
        return
        [
            new("basal respiration", basal, unit, "before oligomycin"),
            new("ATP-linked respiration", basal - leak, unit, "what oligomycin stops"),
            new("leak respiration", leak, unit, "what is left under oligomycin"),
            new("maximal respiration", maximal, unit, "the best step of the uncoupler titration"),
            new("spare capacity", maximal - basal, unit, "maximal less basal"),
            new("coupling efficiency", (basal - leak) / basal, "1", "ATP-linked over basal"),
            new("rest after rotenone and antimycin", rest, unit),
        ];
    }
}
