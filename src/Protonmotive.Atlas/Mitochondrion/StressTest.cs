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
/// the non-mitochondrial rest after rotenone and antimycin is 0. Times of injections and what each step of FCCP adds to the leak are
/// parameters. So are scale and noise of a measured trace, which the respiration itself does not depend on.
/// </remarks>
public sealed class StressTest : MitochondrionSystem
{
    private const double Oligomycin = 300, Uncoupler = 600, StepOfTitration = 60, Inhibitors = 1080, Last = 1320;
    private static readonly double[] doses = [2, 3, 4, 5, 5, 10, 20, 50]; // in units of the healthy leak

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
        new("full", "At a demand of 3 µmol ATP per second and litre of suspension (6 mmol/s per litre of mitochondria): oligomycin, which blocks ATP synthase, at 300 s; FCCP, which carries protons through the membrane past the synthase, in eight steps from 600 s; rotenone, which blocks Complex I, and antimycin, which blocks Complex III, at 1080 s. U CS: units of citrate synthase, by which laboratories count mitochondria.", Last)
        {
            Phases = [new("basal", 0, Oligomycin), new("oligomycin", Oligomycin, Uncoupler), new("FCCP, titrated", Uncoupler, Inhibitors), new("rotenone + antimycin", Inhibitors, Last)],
        },
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels => RespirationPanels;

    /// <inheritdoc/>
    public override Assay Assay { get; } = new(
        "OCR* = OCR_measured ± OCR_noise",
        [
            "X_DH=5%..200%:log (the dehydrogenases)", "X_C1=5%..200%:log (Complex I)", "X_C3=5%..200%:log (Complex III)", "X_C4=5%..200%:log (Complex IV)",
            "X_F=5%..200%:log (ATP synthase)", "E_ANT=5%..200%:log (the translocase)", "E_PiC=5%..200%:log (the phosphate carrier)", "X_H=20%..1000%:log (the proton leak)",
        ],
        "OCR", 20);

    /// <inheritdoc/>
    public override ImmutableArray<Phase> Phases(Scenario scenario, Func<string, double> value) =>
    [
        new("basal", 0, value("t_oligomycin")), new("oligomycin", value("t_oligomycin"), value("t_FCCP")),
        new("FCCP, titrated", value("t_FCCP"), value("t_rotenone")), new("rotenone + antimycin", value("t_rotenone"), Last),
    ];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title);
        var m = new OxidativePhosphorylation(b, Surroundings.Suspension, new InitialConditions { Pix = 0.3e-3, ReducedNAD = 0.1, ATPc = 5e-3, ADPc = 0, Pic = 5e-3 });
        var chain = new RespiratoryChain(b, m);
        b.Boundary("oxidative phosphorylation", "electrons", chain.ComplexI, chain.ComplexIII, chain.ComplexIV, m.Synthase(), m.Translocase(), m.PhosphateCarrier(), m.Leak());
        m.Demand(3e-6);
        var oligomycin = b.Parameter("t_oligomycin", Oligomycin, "s", "", "when oligomycin is added");
        var uncoupler = b.Parameter("t_FCCP", Uncoupler, "s", "", "when FCCP is first added");
        var between = b.Parameter("dt_FCCP", StepOfTitration, "s", "", "time between two additions of FCCP");
        var inhibitors = b.Parameter("t_rotenone", Inhibitors, "s", "", "when rotenone and antimycin are added");
        b.When("oligomycin", LessOrEqual(oligomycin, Time), [new("X_F", 0)], trueBeforeStart: false);
        for (int i = 0; i < doses.Length; i++)
        {
            var dose = b.Parameter($"FCCP_{i + 1}", 1000 * doses[i], "mol/(s M)", "", $"what addition {i + 1} of FCCP adds to the conductance of the leak");
            b.When($"FCCP {i + 1}", LessOrEqual(uncoupler + (i * between), Time), [new("X_H", Symbol("X_H") + dose)], trueBeforeStart: false);
        }
        b.When("rotenone + antimycin", LessOrEqual(inhibitors, Time), [new("X_C1", 0), new("X_C3", 0)], trueBeforeStart: false);
        var scale = b.Parameter("OCR_scale", 1, "1", "", "a laboratory's unit of oxygen consumption: its numbers over those of the model");
        var part = b.Parameter("noise_part", 0.05, "1", "", "noise of a measured trace, as a part of the value");
        var floor = b.Parameter("noise_floor", 1, "nmol/min", "", "noise of a measured trace where respiration has stopped, before scaling");
        b.Define("OCR_measured", scale * Symbol("OCR"), "nmol/min", "oxygen consumption in the unit of the laboratory");
        b.Define("OCR_noise", scale * Sqrt(Power(part * Symbol("OCR"), 2) + Power(floor, 2)), "nmol/min", "standard deviation of a measured value");
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        double[] values = solution.Kernel.Parameters(solution.Problem.Overrides, solution.Problem.Start);
        double Value(string name) => values[solution.Kernel.System.Parameters.ToList().FindIndex(p => p.Name == name)];
        double rest = At(solution, "OCR", Last);
        double basal = At(solution, "OCR", Value("t_oligomycin")) - rest;
        double leak = At(solution, "OCR", Value("t_FCCP")) - rest;
        double maximal = Enumerable.Range(1, doses.Length).Max(i => At(solution, "OCR", Value("t_FCCP") + (i * Value("dt_FCCP")))) - rest;
        const string unit = "nmol/min/U CS";
        return
        [
            new("basal respiration", basal, unit, "before oligomycin"),
            new("ATP-linked respiration", basal - leak, unit, "what oligomycin stops"),
            new("leak respiration", leak, unit, "what is left under oligomycin"),
            new("maximal respiration", maximal, unit, "the best step of the uncoupler titration"),
            new("spare capacity", maximal - basal, unit, "maximal less basal"),
            new("coupling efficiency", (basal - leak) / basal, "1", "ATP-linked over basal"),
            new NamedResult("rest after rotenone and antimycin", rest, unit).Against(0, 1e-6, "no oxygen is taken up but by Complex IV, which gets no electrons"),
        ];
    }
}
