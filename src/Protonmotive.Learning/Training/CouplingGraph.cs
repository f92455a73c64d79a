using System.Collections.Immutable;
using Protonmotive.Learning.Accounts;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Learning.Training;

/// <summary>The figure of coupling at a distance: what the network answers to, where it looks, and what there is to know.</summary>
internal static class CouplingGraph
{
    public static GraphRecord Of(DistanceCoupling coupling, ImmutableArray<TextInformation> information)
    {
        ImmutableArray<double> r = [.. Enumerable.Range(1, coupling.ByDistance.Length - 1).Select(i => (double)i)];
        var known = information.Where(i => i.Nats > 0).ToList();
        return new GraphRecord("coupling", "Coupling at a distance: the network's C(r), its attention, and the text's own I(r)",
        [
            new GraphPanel("C(r) = E‖∂hᵢ/∂xᵢ₋ᵣ‖, exact", "distance r, characters", "C(r)", [new GraphCurve("", r, [.. coupling.ByDistance.Skip(1)])]) { IsLogX = true, IsLogY = true },
            new GraphPanel("Attention of the last place, mean of heads", "distance r, characters", "share", [new GraphCurve("", r, [.. coupling.Attention.Skip(1)])]) { IsLogX = true, IsLogY = true },
            new GraphPanel("I(r) of the text, less the shuffled pairs'", "distance r, characters", "nats", [new GraphCurve("I(r)", [.. known.Select(i => (double)i.Distance)], [.. known.Select(i => i.Nats)]), new GraphCurve("one standard error", [.. information.Select(i => (double)i.Distance)], [.. information.Select(i => i.Deviation)]) { IsDashed = true }]) { IsLogX = true, IsLogY = true },
            new GraphPanel("C(r) against I(r), a dot a distance", "I(r), nats", "C(r)", [new GraphCurve("", [.. known.Select(i => i.Nats)], [.. known.Select(i => coupling.ByDistance[i.Distance])]) { IsDots = true }]) { IsLogX = true, IsLogY = true },
        ]);
    }
}
