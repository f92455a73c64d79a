using SkiaSharp;

namespace Protonmotive.Reports.Figures.Diagrams;

/// <summary>Where links leave and enter nodes: side by side, in the order of where they go, so that they don't cross at the node.</summary>
internal sealed class DiagramPorts
{
    private readonly DiagramLayout layout;
    private readonly Dictionary<(DiagramLink, bool IsStart), SKPoint> ports = [];
    private readonly ILookup<int, DiagramNode> layers;

    public DiagramPorts(DiagramLayout layout)
    {
        this.layout = layout;
        layers = layout.Graph.Nodes.ToLookup(n => n.Layer);
        var ends = layout.Graph.Links.SelectMany(l => new[] { (Link: l, IsStart: true), (Link: l, IsStart: false) });
        foreach (var side in ends.GroupBy(e => (Node: Node(e.Link, e.IsStart), IsFar: Next(e.Link, e.IsStart).Layer > Node(e.Link, e.IsStart).Layer))) Spread(side.Key.Node, side.Key.IsFar, [.. side]);
    }

    /// <summary>The way of a link from port to port.</summary>
    public DiagramWay Way(DiagramLink link) => new(ports[(link, true)], ports[(link, false)], [.. link.Bends.SelectMany(b => Points(b, link.To.Layer > link.From.Layer))], layout.IsDownward, Stub(link.From, Sign(link.From, Next(link, true))), Stub(link.To, Sign(link.To, Next(link, false))), Sign(link.From, Next(link, true)), Sign(link.To, Next(link, false)));

    private IEnumerable<SKPoint> Points(DiagramNode bend, bool isForward) =>
        layout.IsDownward || bend.Left < 8 ? [new SKPoint(bend.X, bend.Y)] : isForward ? [new(bend.X - bend.Left, bend.Y), new(bend.X + bend.Right, bend.Y)] : [new(bend.X + bend.Right, bend.Y), new(bend.X - bend.Left, bend.Y)];

    // What else stands in the column is wider than the node: the link runs straight until it is past.
    private float Stub(DiagramNode node, int sign)
    {
        if (layout.IsDownward) return 0;
        float reach = layers[node.Layer].Max(n => sign > 0 ? n.Right : n.Left);
        return node.Kind == DiagramNodeKind.Process ? Math.Max(0, Math.Min(reach, 60) - node.Radius) * 0.7f : Math.Max(0, reach - (sign > 0 ? node.Right : node.Left));
    }

    // An arrow's head is wider than its link.
    private float Room((DiagramLink Link, bool IsStart) end) => layout.WidthOf(end.Link) + (!end.IsStart && end.Link.To.Kind == DiagramNodeKind.Store ? 5 : 1);

    private static int Sign(DiagramNode node, DiagramNode next) => next.Layer > node.Layer ? 1 : -1;

    private static DiagramNode Node(DiagramLink link, bool isStart) => isStart ? link.From : link.To;

    private static DiagramNode Next(DiagramLink link, bool isStart) => isStart ? link.Bends.FirstOrDefault() ?? link.To : link.Bends.LastOrDefault() ?? link.From;

    private void Spread(DiagramNode node, bool isFar, List<(DiagramLink Link, bool IsStart)> ends)
    {
        bool down = layout.IsDownward;
        ends = [.. ends.OrderBy(e => down ? Next(e.Link, e.IsStart).X : Next(e.Link, e.IsStart).Y)];
        float room = node.Kind == DiagramNodeKind.Process ? node.Radius * 1.8f : (down ? node.Left + node.Right : node.Above + node.Below) - 8;
        float total = ends.Sum(e => Room(e)), squeeze = total > room ? room / total : 1, at = -Math.Min(total, room) / 2;
        foreach (var end in ends)
        {
            float width = Room(end) * squeeze, middle = at + (width / 2);
            at += width;
            float reach = node.Kind == DiagramNodeKind.Process ? MathF.Sqrt(Math.Max(0, (node.Radius * node.Radius) - (middle * middle))) : down ? (isFar ? node.Below : node.Above) : isFar ? node.Right : node.Left;
            float along = isFar ? reach : -reach;
            ports[end] = down ? new SKPoint(node.X + middle, node.Y + along) : new SKPoint(node.X + along, node.Y + middle);
        }
    }
}
