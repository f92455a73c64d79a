using System.Globalization;
using Protonmotive.Reports.Figures.Diagrams;
using Protonmotive.Reports.Mathematics;
using Protonmotive.Reports.Runs;
using Protonmotive.Thermodynamics;
using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>A network drawn from its own structure and state: stores coloured by potential, processes between them, links as wide as what flows, compartments and membranes where it has some.</summary>
public sealed class DiagramFigure : Figure
{
    private const float Margin = 24, Top = 44, ZoneTop = 50, Text = 11, LegendRow = 30, FrameGap = 7;
    private static readonly SKColor flow = new(0x3D, 0x5A, 0x80), idle = new(0xA9, 0xB0, 0xB9), wall = new(0x8A, 0x7A, 0x5C);

    private readonly DiagramRecord record;
    private DiagramLayout layout;
    private readonly DiagramColors colors;

    /// <summary>A figure of a record with at least one process.</summary>
    public DiagramFigure(DiagramRecord record)
    {
        this.record = record;
        layout = DiagramLayout.Of(record);
        colors = new DiagramColors(record.Stores);
        Width = base.Width;
    }

    /// <inheritdoc/>
    public override string Name => "diagram";

    /// <summary>Whether processes tell their flux and what they dissipate; in drawings of many they do not.</summary>
    public bool HasNumbers => layout.Graph.Nodes.Any(n => n.Process is not null && n.Lines.Length > 1);

    /// <inheritdoc/>
    public override string Caption => "What flows where, from the network itself: "
        + $"boxes are stores, coloured by potential{(colors.HasChange ? " (left half at the start, right half at the end)" : "")}, circles are processes, and the width of a link is the mean {(layout.Graph.Measure == DiagramMeasure.Power ? "power it carries" : "flux")} over the run, in the direction of the net flow"
        + $"{(colors.IsEmpty ? "; the model declares no potentials, so boxes are white" : "")}."
        + (record.Processes.Any(p => p.Dissipation > 0) ? $" The red part of a circle is its share of all {record.DissipatedName}." : "")
        + (record.Processes.Length < record.ProcessesInAll ? $" Drawn are the {record.Processes.Length} processes that turn over most, of {record.ProcessesInAll.ToString("N0", CultureInfo.InvariantCulture)}, and {record.Stores.Length} of {record.StoresInAll.ToString("N0", CultureInfo.InvariantCulture)} stores." : "");

    /// <inheritdoc/>
    public override int Width
    {
        get => base.Width;
        set
        {
            // Columns move together before letters shrink.
            if (value < layout.Width + (2 * Margin)) layout = DiagramLayout.Of(record, value - (2 * Margin));
            base.Width = Math.Max(value, (int)Math.Ceiling(layout.Width + (2 * Margin)));
        }
    }

    /// <inheritdoc/>
    public override int Height => (int)(AreaTop + layout.Height + 24 + (Legend.Count * LegendRow) + 8);

    private List<List<DiagramLegendItem>> Legend => DiagramLegendItem.Rows(DiagramLegendItem.Of(record, layout, colors), Width - (2 * Margin));

    private float AreaTop => Top + (layout.Zones.IsEmpty ? 0 : ZoneTop);

    /// <inheritdoc/>
    protected override void Draw(Pen pen)
    {
        pen.Text($"Mean over {DiagramNumber.Plain(record.Start)} to {DiagramNumber.Plain(record.End)}{LedgerText.Plural(record.TimeUnit)}{(record.Per.Length > 0 ? ", per " + record.Per : "")}{(record.Processes.Length < record.ProcessesInAll ? $"; the {record.Processes.Length} strongest of {record.ProcessesInAll} processes" : "")}", Margin, 26, Text, Palette.Soft);
        pen.At((Width - layout.Width) / 2, AreaTop, () =>
        {
            DrawZones(pen);
            DrawInner(pen);
            var ports = new DiagramPorts(layout);
            foreach (var link in layout.Graph.Links.OrderBy(l => layout.WidthOf(l))) DrawLink(pen, link, ports.Way(link));
            foreach (var node in layout.Graph.Nodes) DrawNode(pen, node);
            foreach (var link in layout.Graph.Links) DrawCoefficient(pen, link, ports.Way(link));
        });
        float y = AreaTop + layout.Height + 24;
        foreach (var row in Legend)
        {
            float x = Margin;
            foreach (var item in row)
            {
                item.Draw(pen, x, y + 12);
                x += item.Width + DiagramLegendItem.Gap;
            }
            y += LegendRow;
        }
    }

    private void DrawZones(Pen pen)
    {
        float bottom = layout.Height + 10;
        var lines = layout.Borders.Select(b => (Border: b, X: layout.LayerAt[b.Layer])).ToList();
        for (int i = 0; i < layout.Zones.Length; i++)
        {
            var zone = layout.Zones[i];
            float Edge(bool isLeft) => layout.Graph.Nodes.Where(n => n.Layer >= zone.First && n.Layer <= zone.Last).Select(n => isLeft ? n.X - n.Left : n.X + n.Right).Aggregate(isLeft ? float.MaxValue : float.MinValue, isLeft ? Math.Min : Math.Max);
            float left = i == 0 ? Edge(true) - 10 : lines[i - 1].X, right = i == layout.Zones.Length - 1 ? Edge(false) + 10 : lines[i].X;
            pen.Fill(i % 2 == 0 ? Palette.Shade : new SKColor(0xFB, 0xFA, 0xF6), left, -ZoneTop + 2, right - left, bottom + ZoneTop - 2);
            pen.Text(Pen.Fitted(FormulaNames.Words(zone.Name), 12, right - left - 12, isBold: true), (left + right) / 2, -ZoneTop + 18, 12, Palette.Soft, Pen.Align.Center, isBold: true);
        }
        foreach (var (border, x) in lines)
        {
            if (border.Membrane is { } membrane)
            {
                pen.Fill(new SKColor(0xF2, 0xEA, 0xD8), x - 5, -ZoneTop + 44, 10, bottom + ZoneTop - 44);
                foreach (float side in (float[])[-5, 5]) pen.Line(wall, x + side, -ZoneTop + 44, x + side, bottom, 2);
                bool isTurned = membrane.Negative.Contains(layout.Zones[layout.Borders.IndexOf(border)].Name);
                string text = $"{(isTurned ? "−" : "+")}  {FormulaNames.Words(membrane.Name)} {DiagramNumber.Span(membrane.AtStart, membrane.AtEnd, membrane.Unit)}  {(isTurned ? "+" : "−")}";
                float width = Pen.Measure(text, Text, true) + 14;
                pen.Fill(SKColors.White, x - (width / 2), -ZoneTop + 26, width, 18);
                pen.Polyline(wall, [new(x - (width / 2), -ZoneTop + 26), new(x + (width / 2), -ZoneTop + 26), new(x + (width / 2), -ZoneTop + 44), new(x - (width / 2), -ZoneTop + 44), new(x - (width / 2), -ZoneTop + 26)], 1);
                pen.Text(text, x, -ZoneTop + 39, Text, wall, Pen.Align.Center, isBold: true);
            }
            else
            {
                pen.Polyline(wall, [new(x, -ZoneTop + 4), new(x, bottom)], 1.4f, [5, 4]);
            }
        }
    }

    /// <summary>Frames around what stands in a compartment inside another.</summary>
    private void DrawInner(Pen pen)
    {
        foreach (var group in layout.Graph.Nodes.Where(n => n.Inner.Length > 0).GroupBy(n => (n.Inner, n.Layer)))
        {
            float left = group.Min(n => n.X - n.Left) - FrameGap, right = group.Max(n => n.X + n.Right) + FrameGap, top = group.Min(n => n.Y - n.Above) - DiagramLayout.InnerTop + 1, bottom = group.Max(n => n.Y + n.Below) + DiagramLayout.InnerBottom;
            pen.Round(SKColors.White, wall, left, top, right - left, bottom - top, 8, 1);
            pen.Text(Pen.Fitted(group.Key.Inner, 10, right - left - 8), (left + right) / 2, top + 12, 10, wall, Pen.Align.Center);
        }
    }

    private void DrawLink(Pen pen, DiagramLink link, DiagramWay way)
    {
        if (link.Part is null) { pen.Stroke(Palette.Soft, way.Path(0), 1, [1, 4]); return; }
        if (link.IsControl)
        {
            pen.Stroke(Palette.Soft, way.Path(6), 1.2f);
            pen.Disc(SKColors.White, Palette.Soft, way.End.X - (way.Direction.X * 3), way.End.Y - (way.Direction.Y * 3), 3, 1.2f);
            return;
        }
        if (link.IsIdle) { pen.Stroke(idle, way.Path(0), 1, [6, 5]); return; }
        float width = layout.WidthOf(link);
        bool hasHead = link.To.Kind == DiagramNodeKind.Store || !layout.Graph.Links.Any(l => l.From == link.To);
        float head = hasHead ? (width * 0.6f) + 7 : 0;
        pen.Stroke(flow.WithAlpha(0xC8), way.Path(head * 0.9f), width);
        if (hasHead) DrawTip(pen, way.End, way.Direction, head, (width / 2) + 3.4f);
        else if (way.Middle() is var (at, direction)) DrawTip(pen, new SKPoint(at.X + (direction.X * head), at.Y + (direction.Y * head)), direction, width + 5, (width / 2) + 2);
    }

    private static void DrawTip(Pen pen, SKPoint end, SKPoint direction, float head, float half)
    {
        using var tip = new SKPath();
        tip.MoveTo(end);
        tip.LineTo(end.X - (direction.X * head) - (direction.Y * half), end.Y - (direction.Y * head) + (direction.X * half));
        tip.LineTo(end.X - (direction.X * head) + (direction.Y * half), end.Y - (direction.Y * head) - (direction.X * half));
        tip.Close();
        pen.Fill(flow, tip);
    }

    private void DrawCoefficient(Pen pen, DiagramLink link, DiagramWay way)
    {
        if (link.Part is not { } part || DiagramColors.Ratio(Math.Abs(part.Coefficient)) is not { } text) return;
        // At the store's end, where links stand apart, past the arrow's head and whatever frame is about the store.
        bool isGiven = link.To.Kind == DiagramNodeKind.Store;
        float width = Pen.Measure(text, 9, true), clear = Math.Max(isGiven ? (layout.WidthOf(link) * 0.6f) + 7 : 0, FrameBeside(isGiven ? link.To : link.From)) + 4;
        var at = way.Beside(!isGiven, clear + (width / 2) + 2.5f);
        pen.Round(SKColors.White, SKColors.Transparent, at.X - (width / 2) - 2.5f, at.Y - 6, width + 5, 12, 6, 0);
        pen.Text(text, at.X, at.Y + 3.4f, 9, flow, Pen.Align.Center, isBold: true);
    }

    // How far a frame reaches beyond a store in it.
    private float FrameBeside(DiagramNode node)
    {
        if (node.Inner.Length == 0) return 0;
        var group = layout.Graph.Nodes.Where(n => (n.Inner, n.Layer) == (node.Inner, node.Layer)).ToList();
        return Math.Max(group.Max(n => n.X + n.Right) - node.X - node.Right, node.X - node.Left - group.Min(n => n.X - n.Left)) + FrameGap;
    }

    private void DrawNode(Pen pen, DiagramNode node)
    {
        switch (node.Kind)
        {
            case DiagramNodeKind.Store: DrawStore(pen, node); break;
            case DiagramNodeKind.Process: DrawProcess(pen, node); break;
            default:
                pen.Round(SKColors.White, Palette.Soft, node.X - node.Left, node.Y - node.Above, node.Left + node.Right, node.Above + node.Below, 12, 1, [1, 4]);
                WriteLines(pen, node, node.X, node.Y, Pen.Align.Center);
                break;
        }
    }

    private void DrawStore(Pen pen, DiagramNode node)
    {
        var store = node.Store!;
        float x = node.X - node.Left, y = node.Y - node.Above, width = node.Left + node.Right, height = node.Above + node.Below, corner = store.IsHeld ? 0 : Math.Min(9, height / 2);
        var (start, end) = (colors.AtStart(store), colors.AtEnd(store));
        if (start != end)
        {
            pen.Round(start, SKColors.Transparent, x, y, width / 2, height, corner, 0, rightCorner: 0);
            pen.Round(end, SKColors.Transparent, node.X, y, width / 2, height, 0, 0, rightCorner: corner);
        }
        pen.Round(start == end ? start : SKColors.Transparent, Palette.Ink, x, y, width, height, corner, store.IsHeld ? 2.2f : 1);
        WriteLines(pen, node, node.X, node.Y, Pen.Align.Center);
    }

    private void DrawProcess(Pen pen, DiagramNode node)
    {
        float radius = node.Radius;
        var process = node.Process!;
        double total = record.Processes.Sum(p => Math.Max(0, p.Dissipation ?? 0));
        pen.Disc(process.IsLoad ? Palette.Work : SKColors.White, Palette.Ink, node.X, node.Y, radius, 1.4f);
        if (process.Dissipation is > 0 and var lost && total > 0) pen.Wedge(Palette.Heat, node.X, node.Y, radius - 1.4f, (float)(lost / total));
        if (layout.IsDownward) { WriteLines(pen, node, node.X + radius + 5, node.Y, Pen.Align.Left); return; }
        if (layout.Borders.Any(b => b.Layer == node.Layer))
        {
            float width = node.Lines.Max(l => l.Width) + 6;
            pen.Round(SKColors.White.WithAlpha(0xE8), SKColors.Transparent, node.X - (width / 2), node.Y + radius + 3, width, (node.Lines.Length * DiagramLayout.LineHeight) + 1, 4, 0);
        }
        WriteLines(pen, node, node.X, node.Y + radius + 4 + (node.Lines.Length * DiagramLayout.LineHeight / 2), Pen.Align.Center);
    }

    private static void WriteLines(Pen pen, DiagramNode node, float x, float y, Pen.Align align)
    {
        float baseline = y - (node.Lines.Length * DiagramLayout.LineHeight / 2) + 9.5f;
        foreach (var (i, line) in node.Lines.Index())
        {
            var color = line.Role switch { DiagramLineRole.Flux => flow, DiagramLineRole.Heat => Palette.Heat, DiagramLineRole.Work => Palette.Work, _ => Palette.Ink };
            line.Write(pen, x, baseline + (i * DiagramLayout.LineHeight), color, align);
        }
    }
}
