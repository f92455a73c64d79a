using System.Collections.Immutable;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Reports.Figures.Diagrams;

/// <summary>A compartment in a drawing: the columns of its nodes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="First">First column.</param>
/// <param name="Last">Last column.</param>
public sealed record DiagramZone(string Name, int First, int Last);

/// <summary>What stands between two compartments: the column of the processes that cross it.</summary>
/// <param name="Layer">The column.</param>
/// <param name="Membrane">The membrane there; null where none is declared.</param>
public sealed record DiagramBorder(int Layer, DiagramMembrane? Membrane);

/// <summary>Gives the nodes of a network of several compartments their columns: compartments side by side, what crosses between them on the border, the rest by its distance from there.</summary>
/// <remarks>Links join stores with processes, so all distances along them from the border alternate: every link joins neighbouring columns, but for those that reach over a compartment.</remarks>
internal sealed class DiagramZones
{
    private const int MostPlaces = 6, MostLayers = 13;

    private readonly DiagramRecord record;
    private readonly IReadOnlyList<DiagramNode> nodes;
    private readonly Dictionary<DiagramNode, List<DiagramNode>> neighbours;
    private readonly Dictionary<DiagramNode, int> zone = [], border = [];
    private readonly Dictionary<string, string> inside = new(StringComparer.Ordinal);
    private string[] places = [];

    private DiagramZones(DiagramRecord record, DiagramGraph graph)
    {
        this.record = record;
        nodes = graph.Nodes;
        neighbours = graph.Nodes.ToDictionary(n => n, _ => new List<DiagramNode>());
        foreach (var link in graph.Links.Where(l => !l.IsControl)) { neighbours[link.From].Add(link.To); neighbours[link.To].Add(link.From); }
    }

    /// <summary>Sets the layers; null where the network has no two compartments with something between them, or would be too wide.</summary>
    public static (ImmutableArray<DiagramZone> Zones, ImmutableArray<DiagramBorder> Borders)? Assign(DiagramRecord record, DiagramGraph graph) => new DiagramZones(record, graph).Assign();

    private (ImmutableArray<DiagramZone>, ImmutableArray<DiagramBorder>)? Assign()
    {
        foreach (var (small, large) in Inner().ToList()) inside[small] = large;
        string[] all = [.. record.Stores.Select(s => PlaceOf(s)).Where(p => p.Length > 0).Distinct()];
        if (all.Length is < 2 or > MostPlaces || nodes.Any(n => n.Kind == DiagramNodeKind.Energy)) return null;
        var crossing = nodes.Where(n => n.Process is not null).Select(n => (Node: n, Places: PlacesOf(n))).Where(p => p.Places.Length > 1).ToList();
        if (crossing.Count == 0) return null;
        places = Permutations(all).MinBy(order => Cost(order, crossing.Select(c => c.Places)))!;
        foreach (var (node, own) in crossing) border[node] = BorderOf(node, own);
        foreach (var node in nodes.Where(n => n.Store is { Place.Length: > 0 })) (zone[node], node.Inner) = (Array.IndexOf(places, PlaceOf(node.Store!)), inside.ContainsKey(node.Store!.Place) ? node.Store!.Place : "");
        foreach (var node in nodes.Where(n => n.Process is not null && !border.ContainsKey(n))) if (PlacesOf(node) is [var place]) zone[node] = Array.IndexOf(places, place);
        // What has no place stands beside what it is linked with.
        for (bool moved = true; moved;)
        {
            moved = false;
            foreach (var node in nodes.Where(n => !zone.ContainsKey(n) && !border.ContainsKey(n)))
            {
                if (neighbours[node].Where(zone.ContainsKey).Select(n => (int?)zone[n]).FirstOrDefault() is not { } near)
                {
                    if (neighbours[node].Where(border.ContainsKey).Select(n => (int?)border[n]).FirstOrDefault() is not { } at) continue;
                    near = at + 1;
                }
                zone[node] = near;
                moved = true;
            }
        }
        foreach (var node in nodes.Where(n => !zone.ContainsKey(n) && !border.ContainsKey(n))) zone[node] = places.Length - 1;
        return Columns();
    }

    private (ImmutableArray<DiagramZone>, ImmutableArray<DiagramBorder>)? Columns()
    {
        var zones = ImmutableArray.CreateBuilder<DiagramZone>();
        var borders = ImmutableArray.CreateBuilder<DiagramBorder>();
        int at = 0;
        for (int z = 0; z < places.Length; z++)
        {
            int here = z;
            var members = nodes.Where(n => zone.GetValueOrDefault(n, -1) == here).ToHashSet();
            var left = Distances(members, border.Where(b => b.Value < here).Select(b => b.Key), z > 0 && z == places.Length - 1);
            var right = Distances(members, border.Where(b => b.Value >= here).Select(b => b.Key), z < places.Length - 1);
            int Left(DiagramNode n) => left.GetValueOrDefault(n, int.MaxValue);
            int Right(DiagramNode n) => right.GetValueOrDefault(n, int.MaxValue);
            int width = members.Max(n => Math.Min(Left(n), Right(n)));
            if (z > 0 && z < places.Length - 1 && width % 2 == 0) width++;
            foreach (var n in members) n.Layer = at + (Left(n) <= Right(n) ? Left(n) - 1 : width - Right(n));
            var placed = members.Where(n => n.Process is not null || n.Store is { Place.Length: > 0 }).ToList();
            zones.Add(new DiagramZone(places[z], placed.Min(n => n.Layer), placed.Max(n => n.Layer)));
            at += width;
            if (z == places.Length - 1) break;
            foreach (var (n, b) in border) if (b == here) n.Layer = at;
            borders.Add(new DiagramBorder(at++, record.Membranes.FirstOrDefault(m => BorderOf(m) == here)));
        }
        return at > MostLayers ? null : (zones.ToImmutable(), borders.ToImmutable());
    }

    /// <summary>Distance of nodes from the border's processes, 1 for their own stores; what no border reaches counts from its busiest process, at 2.</summary>
    private Dictionary<DiagramNode, int> Distances(HashSet<DiagramNode> members, IEnumerable<DiagramNode> from, bool takesRest)
    {
        var distance = new Dictionary<DiagramNode, int>();
        var queue = new Queue<(DiagramNode Node, int Distance)>(from.SelectMany(b => neighbours[b]).Where(members.Contains).Select(n => (n, 1)));
        while (true)
        {
            while (queue.TryDequeue(out var next))
            {
                if (!distance.TryAdd(next.Node, next.Distance)) continue;
                foreach (var n in neighbours[next.Node].Where(members.Contains)) queue.Enqueue((n, next.Distance + 1));
            }
            if (!takesRest) return distance;
            var rest = nodes.Where(n => members.Contains(n) && !distance.ContainsKey(n)).ToList();
            if (rest.Count == 0) return distance;
            var hub = rest.Where(n => n.Process is not null).MaxBy(n => neighbours[n].Count);
            queue.Enqueue(hub is null ? (rest[0], 1) : (hub, 2));
        }
    }

    /// <summary>Compartments on one side of a membrane that nothing crosses between: the smaller is drawn inside the larger.</summary>
    private IEnumerable<(string Small, string Large)> Inner()
    {
        var own = nodes.Where(n => n.Process is not null).Select(n => PlacesOf(n)).ToList();
        foreach (var side in record.Membranes.SelectMany(m => new[] { m.Positive, m.Negative }).Where(s => s.Length > 1))
        {
            var used = side.Where(p => record.Stores.Any(s => s.Place == p)).OrderByDescending(p => record.Stores.Count(s => s.Place == p)).ToList();
            foreach (string small in used.Skip(1))
                if (!own.Exists(p => p.Length > 1 && p.Contains(small) && p.All(used.Contains))) yield return (small, used[0]);
        }
    }

    private string PlaceOf(DiagramStore store) => inside.GetValueOrDefault(store.Place, store.Place);

    private string[] PlacesOf(DiagramNode process) => [.. process.Process!.Parts.Where(p => p.Coefficient != 0).Select(p => record.Stores.FirstOrDefault(s => s.Name == p.Store) is { } store ? PlaceOf(store) : "").Where(p => p.Length > 0).Distinct()];

    private int BorderOf(DiagramNode process, string[] own)
    {
        var indices = own.Select(p => Array.IndexOf(places, p)).ToList();
        int first = indices.Min(), last = indices.Max();
        return record.Membranes.FirstOrDefault(m => m.Name == process.Process!.Membrane) is { } membrane && BorderOf(membrane) is var at && at >= first && at < last ? at : last - 1;
    }

    // After the last compartment of the side that stands first.
    private int BorderOf(DiagramMembrane membrane)
    {
        int positive = membrane.Positive.Max(p => Array.IndexOf(places, inside.GetValueOrDefault(p, p))), negative = membrane.Negative.Max(p => Array.IndexOf(places, inside.GetValueOrDefault(p, p)));
        return Math.Min(positive, negative);
    }

    private double Cost(string[] order, IEnumerable<string[]> crossing)
    {
        double cost = crossing.Sum(own => (double)own.Max(p => Array.IndexOf(order, p)) - own.Min(p => Array.IndexOf(order, p)));
        foreach (var m in record.Membranes)
        {
            int[] positive = [.. m.Positive.Select(p => Array.IndexOf(order, inside.GetValueOrDefault(p, p))).Where(i => i >= 0)], negative = [.. m.Negative.Select(p => Array.IndexOf(order, inside.GetValueOrDefault(p, p))).Where(i => i >= 0)];
            if (positive.Length == 0 || negative.Length == 0) continue;
            if (positive.Max() < negative.Min()) continue;
            cost += negative.Max() < positive.Min() ? 0.5 : 100;
        }
        return cost;
    }

    private static IEnumerable<string[]> Permutations(string[] items) => items.Length <= 1 ? [items] :
        items.SelectMany((first, i) => Permutations([.. items[..i], .. items[(i + 1)..]]).Select(rest => (string[])[first, .. rest]));
}
