using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;

namespace Protonmotive.Atlas.Mitochondrion;

/// <summary>The whole in-vitro model in a cell's volumes without demand, from a start far from rest ([Q], Fig. 7).</summary>
public sealed class RestingMitochondrion : MitochondrionSystem
{
    /// <inheritdoc/>
    public override string Name => "mitochondrion-at-rest";

    /// <inheritdoc/>
    public override string Title => "A mitochondrion comes to rest";

    /// <inheritdoc/>
    public override string Question => "What does a mitochondrion do when nobody asks for ATP?";

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios { get; } =
    [
        new("rest", "No demand, 5 s.", 5),
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
}
