using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Atlas.Mitochondrion;

/// <summary>
/// Isolated mitochondria against an ATP demand ([Q], Fig. 9), and what happens when the gradient is taken away: oligomycin,
/// uncoupler, rotenone, antimycin, cyanide, anoxia.
/// </summary>
public sealed class AtpDemand : MitochondrionSystem
{
    private const double TimeOfDrug = 600;
    private const double TimeAfterDrug = 900;

    private static readonly (string Name, string Text, string Parameter, double Value)[] interventions =
    [
        ("oligomycin", "ATP synthase is blocked", "X_F", 0),
        ("uncoupler", "an uncoupler raises the proton leak 100-fold", "X_H", 1e5),
        ("rotenone", "Complex I is blocked", "X_C1", 0),
        ("antimycin", "Complex III is blocked", "X_C3", 0),
        ("cyanide", "Complex IV is blocked", "X_C4", 0),
        ("anoxia", "oxygen falls to 10⁻⁶ mmHg", "P_O2", 1e-6),
    ];

    /// <inheritdoc/>
    public override string Name => "atp-demand";

    /// <inheritdoc/>
    public override string Title => "Mitochondria at work: respiration against ATP demand";

    /// <inheritdoc/>
    public override string Question => "How much of the free energy of NADH arrives as ATP, and what becomes of it when protons leak past ATP synthase?";

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("steady", "3 µmol ATP are hydrolysed per second and litre of suspension, 5 mM phosphate, 3000 s. A litre of suspension holds half a millilitre of mitochondria, so that each litre of these makes 6 mmol/s. U CS: units of citrate synthase, by which laboratories count mitochondria.", 3000),
        new("low-phosphate", "The same with 1 mM phosphate.", 3000),
        .. interventions.Select(i => new Scenario(i.Name, $"At {TimeOfDrug} s {i.Text}.", TimeAfterDrug)
            { Phases = [new("working", 0, TimeOfDrug), new(i.Name, TimeOfDrug, TimeAfterDrug)] }),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Shown => [Scenarios[0], Scenario("uncoupler")];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels => RespirationPanels;

    /// <inheritdoc/>
    public override Network Build(Scenario scenario) => Build(scenario, demand: 3e-6, phosphate: scenario.Name == "low-phosphate" ? 1e-3 : 5e-3);

    /// <summary>The network at any demand (mol/s per L suspension) and phosphate (M): one point of the titration.</summary>
    public Network Build(Scenario scenario, double demand, double phosphate)
    {
        var b = new NetworkBuilder(Title);
        var m = new OxidativePhosphorylation(b, Surroundings.Suspension, new InitialConditions
        {
            Pix = 0.3e-3, ReducedNAD = 0.1, ATPc = 5e-3, ADPc = 0, Pic = phosphate,
        });
        var chain = new RespiratoryChain(b, m);
        b.Boundary("oxidative phosphorylation", "electrons", chain.ComplexI, chain.ComplexIII, chain.ComplexIV, m.Synthase(), m.Translocase(), m.PhosphateCarrier(), m.Leak());
        m.Demand(demand);
        foreach (var (name, _, parameter, value) in interventions)
        {
            if (name == scenario.Name) b.When(name, Symbolics.Expression.LessOrEqual(TimeOfDrug, Symbolics.Expression.Time), [new(parameter, value)], trueBeforeStart: false);
        }
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        double end = solution.FinalTime;
        var final = ImmutableArray.Create(
            new NamedResult("ATP synthesis at the end", 1000 * At(solution, "F1F0", end), "mmol/s/L"),
            new NamedResult("O₂ uptake at the end", At(solution, "OCR", end), "nmol/min/U CS"),
            new NamedResult("proton-motive force at the end", At(solution, "pmf", end) / 1000, "kJ/mol"),
            new NamedResult("ΔG of ATP hydrolysis outside", At(solution, "DeltaG_ATP_c", end) / 1000, "kJ/mol", "at the end"));
        if (scenario.Name == "steady")
        {
            double End(string name) => At(solution, name, end);
            double electrons = End("C4") * (End("affinity.C1") + End("affinity.C3") + End("affinity.C4") + (10 * End("pmf"))), phosphate = -End("DeltaG_ATP_c") * End("ATPase");
            const string independent = "the same equations by an independent code";
            return
            [
                new NamedResult("free energy that electrons give", electrons, "W/L", "from NADH to oxygen, per litre of mitochondria").Against(486.35, 0.01, independent),
                new NamedResult("free energy that arrives as ATP outside", phosphate, "W/L").Against(368.07, 0.01, independent),
                new NamedResult("share that arrives", 100 * phosphate / electrons, "%").Against(100 * 368.07 / 486.35, 0.01, independent),
                .. final,
            ];
        }
        return scenario.Phases.IsEmpty ? final
            : [new("ATP synthesis before", 1000 * At(solution, "F1F0", TimeOfDrug), "mmol/s/L", "just before the intervention"), .. final];
    }
}
