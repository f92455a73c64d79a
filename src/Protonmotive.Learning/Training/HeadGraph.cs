using System.Collections.Immutable;
using Protonmotive.Learning.Accounts;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Learning.Training;

/// <summary>The figure of a transformer's heads: how widely, how far, and how much at the first place they look.</summary>
internal static class HeadGraph
{
    public static GraphRecord Of(ImmutableArray<HeadProfile> heads)
    {
        GraphPanel Panel(string title, string label, Func<HeadProfile, double> value) => new(title, "block", label,
            [.. heads.GroupBy(h => h.Head).Select(g => new GraphCurve($"head {g.Key + 1}", [.. g.Select(h => h.Block + 1.0)], [.. g.Select(value)]) { IsDots = true })]);
        return new GraphRecord("heads", "Heads of attention, on the held-out probe",
        [
            Panel("Entropy", "over an even attention's", h => h.Entropy),
            Panel("Mean distance", "over an even attention's", h => h.Distance),
            Panel("Sink: share of the first place", "share", h => h.SinkShare),
        ]);
    }
}
