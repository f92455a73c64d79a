using System.Collections.Immutable;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Reports.Figures.Diagrams;

/// <summary>A drawing with all its places: columns from left to right, or rows downwards where columns would be too wide.</summary>
/// <param name="Graph">Nodes and links, with their places.</param>
/// <param name="Zones">Compartments side by side; empty in a drawing without sides.</param>
/// <param name="Borders">What stands between them.</param>
/// <param name="IsDownward">Whether layers are rows.</param>
/// <param name="Width">Width of the area.</param>
/// <param name="Height">Height of the area.</param>
public sealed record DiagramLayout(DiagramGraph Graph, ImmutableArray<DiagramZone> Zones, ImmutableArray<DiagramBorder> Borders, bool IsDownward, float Width, float Height)
{
    /// <summary>Size of a name.</summary>
    public const float NameSize = 11;

    /// <summary>Size of a number.</summary>
    public const float NumberSize = 9;

    /// <summary>Distance of lines of text.</summary>
    public const float LineHeight = 12;

    /// <summary>Width of the widest link.</summary>
    public const float WidestLink = 10;

    /// <summary>Room above the nodes of a compartment inside another, for its name.</summary>
    public const float InnerTop = 18;

    /// <summary>Room below them.</summary>
    public const float InnerBottom = 6;

    private const int Sweeps = 300;

    /// <summary>Width that columns spread over, unless less is asked for.</summary>
    public const float Room = 812;

    private const float MostColumns = 1010, MostWidth = 1400, LeastGap = 44, MostGap = 120, Rows = 30, Between = 9, BetweenBends = 5;

    /// <summary>Where each layer's centres are: x of columns, y of rows.</summary>
    public ImmutableArray<float> LayerAt { get; init; } = [];

    /// <summary>Lays a record out.</summary>
    /// <param name="record">What is drawn.</param>
    /// <param name="room">Width that its columns may spread over; they take more where their texts need it.</param>
    public static DiagramLayout Of(DiagramRecord record, float room = Room)
    {
        foreach (bool copiesCarriers in (bool[])[false, true])
        {
            var sided = DiagramGraph.Of(record, copiesCarriers);
            if (DiagramZones.Assign(record, sided) is { } sides && Place(sided, sides.Zones, sides.Borders, room, false) is { Width: <= MostWidth } zoned) return zoned;
        }
        var graph = DiagramGraph.Of(record);
        DiagramLayers.ByFlow(graph.Nodes, graph.Links);
        var columns = Place(graph, [], [], room, false);
        if (columns.Width <= MostColumns) return columns;
        graph = DiagramGraph.Of(record);
        DiagramLayers.ByFlow(graph.Nodes, graph.Links);
        return Place(graph, [], [], room, true);
    }

    /// <summary>Width of a link: as its flow, with a floor so that small ones are seen.</summary>
    public float WidthOf(DiagramLink link)
    {
        double most = Largest(link);
        return link.Size <= 0 || most <= 0 ? 1 : Math.Max(1.2f, (float)(WidestLink * link.Size / most));
    }

    /// <summary>The largest flow that a link's width is compared with.</summary>
    public double Largest(DiagramLink link) => Graph.Links.Where(l => Graph.Measure != DiagramMeasure.FluxByUnit || l.Part?.RateUnit == link.Part?.RateUnit).Select(l => l.Size).DefaultIfEmpty(0).Max();

    private static DiagramLayout Place(DiagramGraph graph, ImmutableArray<DiagramZone> zones, ImmutableArray<DiagramBorder> borders, float room, bool isDownward)
    {
        var layout = new DiagramLayout(graph, zones, borders, isDownward, 0, 0);
        foreach (var node in graph.Nodes.Where(n => n.Kind == DiagramNodeKind.Process))
        {
            float Sum(IEnumerable<DiagramLink> side) => side.Sum(l => layout.WidthOf(l) + 1);
            node.Radius = Math.Clamp(Math.Max(Sum(graph.Links.Where(l => l.From == node)), Sum(graph.Links.Where(l => l.To == node))) / 1.8f, DiagramNode.LeastRadius, 17);
        }
        foreach (var node in graph.Nodes) Measure(node, isDownward);
        foreach (var node in graph.Nodes.Where(n => n.Kind == DiagramNodeKind.Store))
        {
            // Room for heads and tails side by side.
            var sides = graph.Links.Where(l => l.From == node || l.To == node).GroupBy(l => (l.From == node ? l.To : l.From).Layer > node.Layer).Select(side => side.Sum(l => layout.WidthOf(l) + (l.To == node ? 5 : 1)) + 8).DefaultIfEmpty(0).Max() / 2;
            if (isDownward) (node.Left, node.Right) = (Math.Max(node.Left, sides), Math.Max(node.Right, sides));
            else (node.Above, node.Below) = (Math.Max(node.Above, sides), Math.Max(node.Below, sides));
        }
        var layers = Enumerable.Range(0, graph.Nodes.Max(n => n.Layer) + 1).Select(_ => new List<DiagramNode>()).ToArray();
        foreach (var node in graph.Nodes) layers[node.Layer].Add(node);
        var steps = new List<(DiagramNode, DiagramNode)>();
        foreach (var link in graph.Links)
        {
            link.Bends.Clear();
            int step = Math.Sign(link.To.Layer - link.From.Layer);
            float half = (layout.WidthOf(link) / 2) + 1;
            if (step == 0) continue; // a control beside its process
            for (int l = link.From.Layer + step; l != link.To.Layer; l += step)
            {
                var bend = new DiagramNode("", DiagramNodeKind.Bend) { Layer = l, Left = half, Right = half, Above = half, Below = half };
                link.Bends.Add(bend);
                layers[l].Add(bend);
            }
            DiagramNode[] way = [link.From, .. link.Bends, link.To];
            for (int i = 1; i < way.Length; i++) steps.Add((way[i - 1], way[i]));
        }
        DiagramOrder.Arrange(layers, steps);
        return isDownward ? layout.Down(layers, steps) : layout.Across(layers, steps, room);
    }

    private static void Measure(DiagramNode node, bool isDownward)
    {
        float width = node.Lines.Select(l => l.Width).DefaultIfEmpty(0).Max(), height = node.Lines.Length * LineHeight;
        if (node.Kind != DiagramNodeKind.Process)
        {
            node.Left = node.Right = Math.Max(22, (width / 2) + 9);
            node.Above = node.Below = (height / 2) + (node.IsCopy ? 3 : 5);
        }
        else if (isDownward)
        {
            node.Left = node.Radius + 1;
            node.Right = node.Radius + 6 + width;
            node.Above = node.Below = Math.Max(node.Radius + 2, height / 2);
        }
        else
        {
            node.Left = node.Right = Math.Max(node.Radius, width / 2) + 2;
            node.Above = node.Radius + 3;
            node.Below = node.Radius + 5 + height;
        }
    }

    private DiagramLayout Across(List<DiagramNode>[] layers, List<(DiagramNode, DiagramNode)> steps, float room)
    {
        Settle(layers, steps, n => n.Above, n => n.Below, (n, y) => n.Y = (float)y);
        float used = layers.Sum(l => Reach(l, n => n.Left) + Reach(l, n => n.Right));
        float gap = layers.Length == 1 ? 0 : Math.Clamp((room - used) / (layers.Length - 1), LeastGap, MostGap);
        float x = 0;
        var at = ImmutableArray.CreateBuilder<float>();
        foreach (var layer in layers)
        {
            at.Add(x += Reach(layer, n => n.Left));
            float half = Reach(layer, n => n.Right) * 0.6f;
            foreach (var n in layer)
            {
                n.X = x;
                // A link that passes runs straight past the texts beside it.
                if (n.Kind == DiagramNodeKind.Bend) n.Left = n.Right = half;
            }
            x += Reach(layer, n => n.Right) + gap;
        }
        return Framed(at.ToImmutable());
    }

    private DiagramLayout Down(List<DiagramNode>[] layers, List<(DiagramNode, DiagramNode)> steps)
    {
        Settle(layers, steps, n => n.Left, n => n.Right, (n, x) => n.X = (float)x);
        float y = 0;
        var at = ImmutableArray.CreateBuilder<float>();
        foreach (var layer in layers)
        {
            at.Add(y += Reach(layer, n => n.Above));
            foreach (var n in layer) n.Y = y;
            y += Reach(layer, n => n.Below) + Rows;
        }
        return Framed(at.ToImmutable());
    }

    /// <summary>Moves all so that it begins at 0, and takes its size.</summary>
    private DiagramLayout Framed(ImmutableArray<float> at)
    {
        var all = Graph.Nodes.Concat(Graph.Links.SelectMany(l => l.Bends)).ToList();
        float left = all.Min(n => n.X - n.Left), top = all.Min(n => n.Y - n.Above);
        foreach (var n in all) { n.X -= left; n.Y -= top; }
        return this with { Width = all.Max(n => n.X + n.Right), Height = all.Max(n => n.Y + n.Below), LayerAt = [.. at.Select(a => a - (IsDownward ? top : left))] };
    }

    // Room for the frame and the name of a compartment inside another.
    private static float Inset(DiagramNode above, DiagramNode below) => above.Inner == below.Inner ? 0 : (below.Inner.Length > 0 ? InnerTop : 0) + (above.Inner.Length > 0 ? InnerBottom : 0);

    // A layer that only stands for a border may be empty.
    private static float Reach(List<DiagramNode> layer, Func<DiagramNode, float> side) => layer.Select(side).DefaultIfEmpty(0).Max();

    private static void Settle(List<DiagramNode>[] layers, List<(DiagramNode, DiagramNode)> steps, Func<DiagramNode, float> before, Func<DiagramNode, float> after, Action<DiagramNode, double> set)
    {
        var at = new Dictionary<DiagramNode, double>();
        var near = layers.SelectMany(l => l).ToDictionary(n => n, _ => new List<(DiagramNode Node, double Weight)>());
        foreach (var (a, b) in steps)
        {
            // Long links are to be straight before short ones.
            double weight = a.Kind == DiagramNodeKind.Bend && b.Kind == DiagramNodeKind.Bend ? 16 : a.Kind == DiagramNodeKind.Bend || b.Kind == DiagramNodeKind.Bend ? 2 : 1;
            near[a].Add((b, weight));
            near[b].Add((a, weight));
        }
        var distances = layers.Select(l => l.Select((n, i) => i == 0 ? 0.0 : after(l[i - 1]) + before(n) + (n.Kind == DiagramNodeKind.Bend || l[i - 1].Kind == DiagramNodeKind.Bend ? BetweenBends : Between) + Inset(l[i - 1], n)).ToArray()).ToArray();
        double longest = distances.Max(d => d.Sum());
        for (int k = 0; k < layers.Length; k++)
        {
            double y = (longest - distances[k].Sum()) / 2;
            for (int i = 0; i < layers[k].Count; i++) at[layers[k][i]] = y += distances[k][i];
        }
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            for (int step = 0; step < layers.Length; step++)
            {
                int k = sweep % 2 == 0 ? step : layers.Length - 1 - step;
                var layer = layers[k];
                double Wanted(DiagramNode n) => near[n].Count == 0 ? at[n] : near[n].Sum(m => m.Weight * at[m.Node]) / near[n].Sum(m => m.Weight);
                var placed = DiagramSpacing.Nearest([.. layer.Select(Wanted)], [.. layer.Select(n => Math.Max(0.5, near[n].Sum(m => m.Weight)))], distances[k]);
                for (int i = 0; i < layer.Count; i++) at[layer[i]] = placed[i];
            }
        }
        foreach (var (node, value) in at) set(node, value);
    }
}
