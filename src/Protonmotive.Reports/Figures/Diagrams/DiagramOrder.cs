namespace Protonmotive.Reports.Figures.Diagrams;

/// <summary>Orders the nodes within their layers so that few links cross: sweeps of barycentres, then exchanges of neighbours.</summary>
/// <remarks>Sugiyama, Tagawa and Toda (1981), IEEE Trans. Syst. Man Cybern. 11, 109.</remarks>
internal sealed class DiagramOrder
{
    private const int Sweeps = 24, MostNodesToExchange = 400;

    private readonly List<DiagramNode>[] layers;
    private readonly Dictionary<DiagramNode, List<DiagramNode>> before = [], after = [];
    private readonly Dictionary<DiagramNode, int> place = [];

    private DiagramOrder(List<DiagramNode>[] layers, IEnumerable<(DiagramNode, DiagramNode)> links)
    {
        this.layers = layers;
        foreach (var layer in layers) foreach (var n in layer) (before[n], after[n]) = ([], []);
        foreach (var (a, b) in links)
        {
            var (first, second) = a.Layer < b.Layer ? (a, b) : (b, a);
            after[first].Add(second);
            before[second].Add(first);
        }
    }

    /// <summary>Orders the layers in place.</summary>
    /// <param name="layers">Nodes of each layer.</param>
    /// <param name="links">Links between nodes of neighbouring layers.</param>
    public static void Arrange(List<DiagramNode>[] layers, IReadOnlyList<(DiagramNode, DiagramNode)> links) => new DiagramOrder(layers, links).Arrange();

    private void Arrange()
    {
        ByDepth();
        if (place.Keys.Any(n => n.Inner.Length > 0)) foreach (var layer in layers) Sort(layer, layer.ToDictionary(n => n, n => new List<DiagramNode> { n }));
        var best = layers.Select(l => l.ToArray()).ToArray();
        long least = Crossings();
        for (int sweep = 0; sweep < Sweeps && least > 0; sweep++)
        {
            bool forward = sweep % 2 == 0;
            for (int k = 1; k < layers.Length; k++) Sort(layers[forward ? k : layers.Length - 1 - k], forward ? before : after);
            Exchange();
            long crossings = Crossings();
            if (crossings >= least) continue;
            least = crossings;
            best = [.. layers.Select(l => l.ToArray())];
        }
        for (int k = 0; k < layers.Length; k++) { layers[k].Clear(); layers[k].AddRange(best[k]); }
        Number();
    }

    /// <summary>A first order: nodes as a walk along the links meets them, so that what belongs together stands together.</summary>
    private void ByDepth()
    {
        var seen = new HashSet<DiagramNode>();
        var order = new List<DiagramNode>();
        foreach (var start in layers.SelectMany(l => l))
        {
            var stack = new Stack<DiagramNode>([start]);
            while (stack.TryPop(out var node))
            {
                if (!seen.Add(node)) continue;
                order.Add(node);
                foreach (var next in before[node].Concat(after[node]).Reverse()) if (!seen.Contains(next)) stack.Push(next);
            }
        }
        foreach (var layer in layers) layer.Clear();
        foreach (var node in order) layers[node.Layer].Add(node);
        Number();
    }

    private void Number()
    {
        foreach (var layer in layers) for (int i = 0; i < layer.Count; i++) place[layer[i]] = i;
    }

    private void Sort(List<DiagramNode> layer, Dictionary<DiagramNode, List<DiagramNode>> neighbours)
    {
        var pull = layer.ToDictionary(n => n, n => neighbours[n].Count == 0 ? place[n] : neighbours[n].Average(m => (double)place[m]));
        // What stands in one inner compartment stays together.
        var inner = layer.Where(n => n.Inner.Length > 0).GroupBy(n => n.Inner).ToDictionary(g => g.Key, g => g.Average(n => pull[n]), StringComparer.Ordinal);
        double Whole(DiagramNode n) => inner.TryGetValue(n.Inner, out double mean) ? mean : pull[n];
        var sorted = layer.OrderBy(Whole).ThenBy(n => n.Inner, StringComparer.Ordinal).ThenBy(n => pull[n]).ThenBy(n => place[n]).ToList();
        layer.Clear();
        layer.AddRange(sorted);
        for (int i = 0; i < layer.Count; i++) place[layer[i]] = i;
    }

    private void Exchange()
    {
        if (place.Count > MostNodesToExchange) return;
        for (int round = 0; round < 8; round++)
        {
            bool moved = false;
            foreach (var layer in layers)
            {
                for (int i = 1; i < layer.Count; i++)
                {
                    var (a, b) = (layer[i - 1], layer[i]);
                    if (a.Inner != b.Inner) continue;
                    long here = Between(before[a], before[b]) + Between(after[a], after[b]), turned = Between(before[b], before[a]) + Between(after[b], after[a]);
                    if (turned >= here) continue;
                    (layer[i - 1], layer[i]) = (b, a);
                    (place[a], place[b]) = (i, i - 1);
                    moved = true;
                }
            }
            if (!moved) break;
        }
    }

    private long Between(List<DiagramNode> upper, List<DiagramNode> lower)
    {
        long count = 0;
        foreach (var a in upper) foreach (var b in lower) if (place[a] > place[b]) count++;
        return count;
    }

    private long Crossings()
    {
        long count = 0;
        for (int k = 0; k + 1 < layers.Length; k++)
        {
            var ends = layers[k].SelectMany(n => after[n].Select(m => place[m]).Order()).ToList();
            for (int i = 0; i < ends.Count; i++) for (int j = i + 1; j < ends.Count; j++) if (ends[i] > ends[j]) count++;
        }
        return count;
    }
}
