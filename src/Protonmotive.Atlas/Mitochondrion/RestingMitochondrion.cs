using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Atlas.Mitochondrion;

/// <summary>The whole in-vitro model in a cell's volumes without demand, from a start far from rest ([Q], Fig. 7).</summary>
public sealed class RestingMitochondrion : MitochondrionSystem
{
    /// <inheritdoc/>
    public override string Name => "mitochondrion-at-rest";

    /// <inheritdoc/>
    public override string Title => "A mitochondrion comes to rest";

    /// <inheritdoc/>
    public override string Question => "What does a mitochondrion do when nobody asks for ATP: how far does it charge its pools, and what does it go on burning for?";

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("rest", "No demand, 5 s: ADP outside becomes ATP until its free energy balances the proton-motive force. U CS: units of citrate synthase, by which laboratories count mitochondria; cox, cred: cytochrome c, oxidised and reduced. " + Places, 5),
        new("long-rest", "No demand, 200 s: the leak state.", 200),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels => RespirationPanels;

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var b = new NetworkBuilder(Title);
        var m = new OxidativePhosphorylation(b, Surroundings.Cell, new InitialConditions());
        var chain = new RespiratoryChain(b, m);
        b.Boundary("oxidative phosphorylation", "electrons", chain.ComplexI, chain.ComplexIII, chain.ComplexIV, m.Synthase(), m.Translocase(), m.PhosphateCarrier(), m.Leak());
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        double End(string name) => At(solution, name, solution.FinalTime);
        const string independent = "the same equations by an independent code";
        bool isLong = scenario.Name == "long-rest";
        double pumped = (4 * End("C1")) + (2 * End("C3")) + (4 * End("C4"));
        var leaking = new NamedResult("charge that leaks back, over charge pumped, at the end", End("leak") / pumped, "1", "4, 2 and 4 charges are pumped by Complexes I, III and IV");
        return
        [
            new NamedResult("ΔΨ", 1000 * End("DeltaPsi"), "mV").Against(isLong ? 186.22 : 186.20, 0.01, independent),
            new NamedResult("ATP outside", 1000 * End("ATP_c"), "mM").Against(isLong ? 9.8987 : 9.8985, 1e-4, independent),
            new NamedResult("ADP outside", 1000 * End("ADP_c"), "mM").Against(isLong ? 0.10133 : 0.10151, 1e-5, independent),
            new NamedResult("ΔG of ATP hydrolysis outside", End("DeltaG_ATP_c") / 1000, "kJ/mol").Against(isLong ? -70.236 : -70.228, 1e-3, independent),
            new NamedResult("NADH burnt at the end", 1000 * End("C1"), "mmol/s/L", "what the leak costs"),
            isLong ? leaking.Against(1, 1e-5, "at rest all respiration leaks") : leaking,
        ];
    }
}
