namespace Protonmotive.Reports.Figures.Diagrams;

/// <summary>Gives the nodes of a network without sides their layers: down the flow, each after what feeds it.</summary>
/// <remarks>
/// Links that close a cycle are turned for this alone, by the heuristic of Eades, Lin and Smyth (1993, Inf. Process. Lett. 47, 319);
/// layers are then longest ways from the sources, and what only feeds or only takes stands beside its partner.
/// </remarks>
internal static class DiagramLayers
{
    /// <summary>Sets the layers of all nodes, the first 0.</summary>
    public static void ByFlow(IReadOnlyList<DiagramNode> nodes, IReadOnlyList<DiagramLink> links)
    {
        var index = nodes.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i);
        var arcs = links.Select(l => (From: index[l.From], To: index[l.To])).Distinct().ToList();
        var rank = Sequence(nodes.Count, arcs);
        arcs = [.. arcs.Select(a => rank[a.From] < rank[a.To] ? a : (From: a.To, To: a.From)).Distinct()];
        var layer = new int[nodes.Count];
        int[] order = [.. Enumerable.Range(0, nodes.Count).OrderBy(i => rank[i])];
        var into = arcs.ToLookup(a => a.To, a => a.From);
        var outOf = arcs.ToLookup(a => a.From, a => a.To);
        foreach (int i in order) layer[i] = into[i].Select(j => layer[j] + 1).DefaultIfEmpty(0).Max();
        // A node moves to where its links are shortest in all: up to its successors where more leave than enter.
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

    private static int[] Sequence(int count, List<(int From, int To)> arcs)
    {
        var outOf = arcs.ToLookup(a => a.From, a => a.To);
        var into = arcs.ToLookup(a => a.To, a => a.From);
        int[] leave = new int[count], enter = new int[count], rank = new int[count];
        foreach (var (from, to) in arcs) { leave[from]++; enter[to]++; }
        var left = new SortedSet<int>(Enumerable.Range(0, count));
        int front = 0, back = count - 1;
        while (left.Count > 0)
        {
            int next = left.FirstOrDefault(i => leave[i] == 0, -1);
            bool isSink = next >= 0;
            if (!isSink) next = left.FirstOrDefault(i => enter[i] == 0, -1);
            if (next < 0) next = left.MaxBy(i => ((leave[i] - enter[i]) * count) - i);
            rank[next] = isSink ? back-- : front++;
            left.Remove(next);
            foreach (int j in outOf[next]) enter[j]--;
            foreach (int j in into[next]) leave[j]--;
        }
        return rank;
    }
}
