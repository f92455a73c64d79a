using System.Collections.Immutable;
using Protonmotive.Learning.Accounts;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Learning.Training;

/// <summary>The figure of a transformer's heads: how widely, how far, and how much at the first place they look.</summary>
internal static class HeadGraph
{
    /// <summary>Width that the heads of a block take, side by side.</summary>
    private const double Spread = 0.6;

    public static GraphRecord Of(ImmutableArray<HeadProfile> heads)
    {
        int blocks = heads.Max(h => h.Block) + 1, perBlock = heads.Max(h => h.Head) + 1;
        double Place(HeadProfile h) => h.Block + 1 + (perBlock == 1 ? 0 : Spread * ((h.Head / (perBlock - 1.0)) - 0.5));
        GraphPanel Panel(string title, string label, Func<HeadProfile, double> value) => new(title, "block", label,
            [.. heads.GroupBy(h => h.Head).Select(g => new GraphCurve($"head {g.Key + 1}", [.. g.Select(Place)], [.. g.Select(value)]) { IsDots = true })]) { LowX = 0.5, HighX = blocks + 0.5, HasWholeTicks = true };
        return new GraphRecord("heads", "Where the heads of attention look, on the held-out probe. An entropy and a distance of 1 are those of a head that looks at all places before evenly; below, narrower or nearer",
        [
            Panel("How widely: entropy of the attention", "over that of an even look", h => h.Entropy),
            Panel("How far back: mean distance", "over that of an even look", h => h.Distance),
            Panel("How much at the first place (a sink)", "share of the attention", h => h.SinkShare),
        ]);
    }
}
