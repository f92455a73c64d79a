namespace Protonmotive.Reports.Figures.Diagrams;

/// <summary>Gives the nodes of a network without sides their layers, down the flow.</summary>
/// <remarks>
/// Stores are put in a line such that little flows back along it: by the heuristic of Eades, Lin and Smyth (1993, Inf. Process. Lett.
/// 47, 319), then by moving single stores as long as that helps. Each process takes its place in the line, and one that runs wholly
/// against it stands between its stores like any other. Layers are longest ways along the line, and what only feeds or only takes
/// stands beside its partner.
/// </remarks>
internal sealed class DiagramLayers
{
    private const int Rounds = 12;

    private readonly IReadOnlyList<DiagramNode> nodes;
    private readonly IReadOnlyList<DiagramLink> links;

    private DiagramLayers(IReadOnlyList<DiagramNode> nodes, IReadOnlyList<DiagramLink> links) => (this.nodes, this.links) = (nodes, links);

    /// <summary>Sets the layers of all nodes, the first 0.</summary>
    public static void ByFlow(IReadOnlyList<DiagramNode> nodes, IReadOnlyList<DiagramLink> links) => new DiagramLayers(nodes, links).Set();

    private void Set()
    {
        var rank = Ranks();
        var index = nodes.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i);
        var arcs = links.Where(l => !l.IsControl).Select(l => rank[l.From] < rank[l.To] ? (From: index[l.From], To: index[l.To]) : (From: index[l.To], To: index[l.From])).Distinct().ToList();
        var layer = new int[nodes.Count];
        int[] order = [.. Enumerable.Range(0, nodes.Count).OrderBy(i => rank[nodes[i]])];
        var into = arcs.ToLookup(a => a.To, a => a.From);
        var outOf = arcs.ToLookup(a => a.From, a => a.To);
        foreach (int i in order) layer[i] = into[i].Select(j => layer[j] + 1).DefaultIfEmpty(0).Max();
        // A node moves to where its links are shortest in all: to its successors where more leave than enter.
        for (int round = 0; round < 4; round++)
        {
            foreach (int i in order.Reverse())
            {
                int enter = into[i].Count(), leave = outOf[i].Count();
                if (leave > enter) layer[i] = outOf[i].Min(j => layer[j]) - 1;
                else if (enter > leave) layer[i] = into[i].Max(j => layer[j]) + 1;
            }
        }
        int least = layer.DefaultIfEmpty(0).Min();
        for (int i = 0; i < nodes.Count; i++) nodes[i].Layer = layer[i] - least;
    }

    /// <summary>Places in the line: stores at whole numbers, processes between them.</summary>
    private Dictionary<DiagramNode, double> Ranks()
    {
        var stores = nodes.Where(n => n.Kind == DiagramNodeKind.Store).ToList();
        var number = stores.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i);
        var processes = nodes.Where(n => n.Kind == DiagramNodeKind.Process).Select(p => (Node: p,
            In: links.Where(l => l.To == p && !l.IsControl).ToList(), Out: links.Where(l => l.From == p && !l.IsControl).ToList())).ToList();
        var weight = new Dictionary<(int From, int To), double>();
        double most = links.Select(l => l.Size).DefaultIfEmpty(0).Max();
        // What many processes share is a carrier more than a step of the way.
        var degree = stores.ToDictionary(n => n, n => links.Count(l => !l.IsControl && (l.From == n || l.To == n)));
        foreach (var (_, taken, given) in processes)
        {
            foreach (var a in taken)
            {
                foreach (var b in given)
                {
                    var arc = (number[a.From], number[b.To]);
                    double flow = 1 + (most > 0 ? Math.Min(a.Size, b.Size) / most : 0);
                    weight[arc] = weight.GetValueOrDefault(arc) + (flow / (taken.Count * given.Count * degree[a.From] * degree[b.To]));
                }
            }
        }
        var order = Sift(Sequence(stores.Count, weight), weight);
        var place = new int[stores.Count];
        for (int i = 0; i < order.Count; i++) place[order[i]] = i;
        var rank = new Dictionary<DiagramNode, double>();
        foreach (var n in nodes.Where(n => n.Kind == DiagramNodeKind.Energy)) rank[n] = -1;
        foreach (var n in stores) rank[n] = place[number[n]];
        for (int k = 0; k < processes.Count; k++)
        {
            var (node, taken, given) = processes[k];
            // Apart from each other, and from every store.
            rank[node] = Between([.. taken.Select(l => rank[l.From])], [.. given.Select(l => rank[l.To])]) + ((k + 1) * 1e-4 / (processes.Count + 1));
        }
        return rank;
    }

    /// <summary>Where a process stands: after what it takes and before what it gives, as far as that can be; where all runs against the line, between them.</summary>
    private static double Between(double[] taken, double[] given)
    {
        if (taken.Length == 0) return given.DefaultIfEmpty(0).Min() - 0.5;
        if (given.Length == 0) return taken.Max() + 0.5;
        if (taken.Min() > given.Max()) return given.Max() + 0.5;
        return taken.Concat(given).SelectMany(r => new[] { r - 0.5, r + 0.5 }).Distinct()
            .MinBy(at => (1e6 * (taken.Count(r => r > at) + given.Count(r => r < at))) + taken.Concat(given).Sum(r => Math.Abs(r - at)));
    }

    private static List<int> Sequence(int count, Dictionary<(int From, int To), double> weight)
    {
        var outOf = weight.ToLookup(a => a.Key.From, a => (a.Key.To, a.Value));
        var into = weight.ToLookup(a => a.Key.To, a => (a.Key.From, a.Value));
        double[] leave = new double[count], enter = new double[count];
        foreach (var ((from, to), w) in weight) { leave[from] += w; enter[to] += w; }
        var left = new SortedSet<int>(Enumerable.Range(0, count));
        List<int> front = [], back = [];
        while (left.Count > 0)
        {
            int next = left.FirstOrDefault(i => leave[i] < 1e-12, -1);
            bool isSink = next >= 0;
            if (!isSink) next = left.FirstOrDefault(i => enter[i] < 1e-12, -1);
            if (next < 0) next = left.MaxBy(i => leave[i] - enter[i]);
            (isSink ? back : front).Add(next);
            left.Remove(next);
            foreach (var (j, w) in outOf[next]) enter[j] -= w;
            foreach (var (j, w) in into[next]) leave[j] -= w;
        }
        back.Reverse();
        return [.. front, .. back];
    }

    /// <summary>Moves each store to where least flows back, until nothing moves.</summary>
    private static List<int> Sift(List<int> order, Dictionary<(int From, int To), double> weight)
    {
        double Arc(int from, int to) => weight.GetValueOrDefault((from, to));
        for (int round = 0; round < Rounds; round++)
        {
            bool moved = false;
            foreach (int store in order.Order().ToList())
            {
                int at = order.IndexOf(store);
                order.RemoveAt(at);
                // What flows back with the store in front of all; then past one after the other.
                double cost = order.Sum(other => Arc(other, store)), here = double.PositiveInfinity, least = double.PositiveInfinity;
                int best = at;
                for (int i = 0; i <= order.Count; i++)
                {
                    if (i == at) here = cost;
                    if (cost < least - 1e-12) (least, best) = (cost, i);
                    if (i < order.Count) cost += Arc(store, order[i]) - Arc(order[i], store);
                }
                if (least > here - 1e-12) best = at;
                moved |= best != at;
                order.Insert(best, store);
            }
            if (!moved) break;
        }
        return order;
    }
}
