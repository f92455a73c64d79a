using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Atlas.Mitochondrion;

/// <summary>Isolated mitochondria through states 1 to 4 of respiration: no substrate, substrate, ADP, ADP spent ([Q], Fig. 8).</summary>
public sealed class RespiratoryControl : MitochondrionSystem
{
    private static readonly ImmutableArray<Phase> states =
        [new("state 1", 0, 25), new("state 2", 25, 75), new("state 3", 75, 150), new("state 4", 150, 200)];

    /// <inheritdoc/>
    public override string Name => "mitochondrion";

    /// <inheritdoc/>
    public override string Title => "Respiratory control in isolated mitochondria";

    /// <inheritdoc/>
    public override string Question => "How does a mitochondrion turn the fall of electrons into ATP only when ADP asks for it?";

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("states-1-to-4", "State 1: nothing to burn. State 2, from 25 s: substrate, but no ADP to make ATP of. State 3, from 75 s: 0.375 mM ADP, which is made into ATP. State 4, from about 150 s: ADP is used up. P/O: ATP made per oxygen atom taken up. U CS: units of citrate synthase, by which laboratories count mitochondria. cox, cred: cytochrome c, oxidised and reduced. " + Places, 200) { Phases = states },
        new("no-adp", "The same without ADP: state 2 to the end, all respiration leaks.", 200) { Phases = [states[0], new("state 2", 25, 200)] },
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels => RespirationPanels;

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title);
        var m = new OxidativePhosphorylation(b, Surroundings.Suspension, new InitialConditions
        {
            Pix = 0.3e-3, ReducedNAD = 0, ADPc = 0, Pic = 5e-3,
        });
        // [Q] gives 0 for state 1; its figures were computed with 0.001.
        var chain = new RespiratoryChain(b, m, dehydrogenase: 0.001);
        var synthase = m.Synthase();
        var translocase = m.Translocase();
        var carrier = m.PhosphateCarrier();
        var leak = m.Leak();
        b.Boundary("oxidative phosphorylation", "electrons", chain.ComplexI, chain.ComplexIII, chain.ComplexIV, synthase, translocase, carrier, leak);

        var substrate = b.Parameter("substrate_added", 25, "s", "Randall 2021", "time at which substrate is added");
        b.When("substrate added", Symbolics.Expression.LessOrEqual(substrate, Symbolics.Expression.Time), [new("X_DH", 0.1732)], trueBeforeStart: false);
        if (scenario.Name != "no-adp")
            b.At(75, "ADP added", (m.ADPc, b.Parameter("ADP_added", 0.375e-3, "M", "Randall 2021", "ADP after the addition")));
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        if (scenario.Name == "no-adp") return [];
        double state3 = At(solution, "OCR", 80), state4 = At(solution, "OCR", 200);
        // ADP phosphorylated over O₂ taken up between the addition and the end, less what the leak of state 4 takes anyway.
        double perLitre = 60 * 1e9 * RespiratoryChain.LitrePerCitrateSynthase;
        var oxygen = solution.Column("extent.C4");
        var atp = solution.Column("extent.F1F0");
        int jump = solution.Times.LastIndexOf(75.0);
        double oxygenTaken = (oxygen[^1] - oxygen[jump]) / 2;
        double leakOxygen = state4 / perLitre * 125;
        double made = atp[^1] - atp[jump];
        return
        [
            new("respiratory control ratio", state3 / state4, "1", "O₂ uptake 5 s after the addition of ADP over that of state 4"),
            new("P/O", made / (2 * oxygenTaken), "1", "ATP made per O taken up from the addition of ADP to 200 s"),
            new("P/O less leak", made / (2 * (oxygenTaken - leakOxygen)), "1", "the same, less the O₂ that state 4 takes in that time"),
            new("ΔΨ in state 2", 1000 * At(solution, "DeltaPsi", 75), "mV"),
            new("ΔΨ in state 3", 1000 * At(solution, "DeltaPsi", 80), "mV", "5 s after the addition"),
        ];
    }
}
