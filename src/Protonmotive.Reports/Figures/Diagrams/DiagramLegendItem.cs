using Protonmotive.Reports.Mathematics;
using Protonmotive.Reports.Runs;
using SkiaSharp;

namespace Protonmotive.Reports.Figures.Diagrams;

/// <summary>An entry of a drawing's legend.</summary>
/// <param name="Width">Its width.</param>
/// <param name="Draw">Draws it from its left edge, about a middle line.</param>
internal sealed record DiagramLegendItem(float Width, Action<Pen, float, float> Draw)
{
    /// <summary>Distance of entries.</summary>
    public const float Gap = 26;

    private const float Size = 10, Bar = 90;
    private static readonly SKColor flow = new(0x3D, 0x5A, 0x80);

    /// <summary>The entries that a drawing needs.</summary>
    public static IEnumerable<DiagramLegendItem> Of(DiagramRecord record, DiagramLayout layout, DiagramColors colors)
    {
        var scales = colors.Scales.Where(s => !DiagramColors.IsOne(s.Low, s.High)).ToList();
        foreach (var scale in scales) yield return ScaleOf(scale, scale.Unit == "K" ? "temperature" : scales.Count == 1 ? "potential" : "potential of " + Names(record, scale.Unit));
        foreach (var group in layout.Graph.Links.Where(l => l.Size > 0).GroupBy(l => layout.Graph.Measure == DiagramMeasure.FluxByUnit ? l.Part!.RateUnit : layout.Graph.Unit))
        {
            double most = group.Max(l => l.Size);
            string title = layout.Graph.Measure == DiagramMeasure.Power ? "power" : "flux";
            yield return Symbol(34, $"{title} {DiagramNumber.Of(most, group.Key)}", (pen, x, y) => pen.Stroke(flow.WithAlpha(0xC8), Sample(x, y), DiagramLayout.WidestLink));
            yield return Symbol(34, DiagramNumber.Of(most / 4, group.Key), (pen, x, y) => pen.Stroke(flow.WithAlpha(0xC8), Sample(x, y), DiagramLayout.WidestLink / 4));
        }
        if (record.Stores.Any(s => s.IsHeld)) yield return Symbol(24, "held by the surroundings", (pen, x, y) => pen.Round(SKColors.White, Palette.Ink, x, y - 7, 22, 14, 0, 2.2f));
        foreach (var copy in layout.Graph.Nodes.Where(n => n.IsCopy).Select(n => n.Store!).DistinctBy(s => s.Name).Where(s => s is { PotentialAtStart: not null, PotentialAtEnd: not null }))
        {
            string text = $"{DiagramNumber.Span(copy.PotentialAtStart!.Value, copy.PotentialAtEnd!.Value, copy.PotentialUnit, record.Stores.Where(s => s.PotentialUnit == copy.PotentialUnit).Max(s => Math.Max(Finite(s.PotentialAtStart), Finite(s.PotentialAtEnd))))}";
            var name = DiagramLine.Store(copy.Name) with { Role = DiagramLineRole.Potential };
            yield return Symbol(28 + name.Width, text, (pen, x, y) =>
            {
                pen.Round(colors.AtEnd(copy), Palette.Ink, x, y - 7, 22, 14, copy.IsHeld ? 0 : 7, copy.IsHeld ? 2.2f : 1);
                name.Write(pen, x + 28, y + 3.5f, Palette.Ink, Pen.Align.Left);
            });
        }
        if (record.Stores.Any(s => s.PotentialAtStart is null) && !colors.IsEmpty) yield return Symbol(24, "potential unknown", (pen, x, y) => pen.Round(SKColors.White, Palette.Ink, x, y - 7, 22, 14, 7, 1));
        if (record.Processes.Any(p => p.Dissipation > 0))
            yield return Symbol(18, $"share of all {record.DissipatedName}", (pen, x, y) => { pen.Disc(SKColors.White, Palette.Ink, x + 8, y, 8, 1.4f); pen.Wedge(Palette.Heat, x + 8, y, 6.6f, 0.3f); });
        if (record.Processes.Any(p => p.IsLoad)) yield return Symbol(18, "load: work goes out", (pen, x, y) => pen.Disc(Palette.Work, Palette.Ink, x + 8, y, 8, 1.4f));
        if (layout.Graph.Links.Any(l => l.IsControl)) yield return Symbol(30, "sets the rate, not used up", (pen, x, y) =>
        {
            pen.Line(Palette.Soft, x, y, x + 22, y, 1.2f);
            pen.Disc(SKColors.White, Palette.Soft, x + 25, y, 3, 1.2f);
        });
        if (layout.Graph.Links.Any(l => l.IsIdle)) yield return Symbol(30, "no net flow", (pen, x, y) => pen.Polyline(new SKColor(0xA9, 0xB0, 0xB9), [new(x, y), new(x + 28, y)], 1, [6, 5]));
        if (layout.Graph.Links.Any(l => l.Part is null)) yield return Symbol(30, "share an energy", (pen, x, y) => pen.Polyline(Palette.Soft, [new(x, y), new(x + 28, y)], 1, [1, 4]));
    }

    // Whose potentials have a unit: up to three names.
    private static string Names(DiagramRecord record, string unit)
    {
        var names = record.Stores.Where(s => s.PotentialUnit == unit && s.PotentialAtStart is not null).Select(s => FormulaNames.Words(s.Name)).Distinct().ToList();
        return names.Count <= 3 ? string.Join(", ", names) : $"{names[0]}, {names[1]}, …";
    }

    private static double Finite(double? potential) => potential is { } value && double.IsFinite(value) ? Math.Abs(value) : 0;

    private static SKPath Sample(float x, float y)
    {
        var path = new SKPath();
        path.MoveTo(x + 2, y);
        path.LineTo(x + 32, y);
        return path;
    }

    /// <summary>Entries in rows of a width.</summary>
    public static List<List<DiagramLegendItem>> Rows(IEnumerable<DiagramLegendItem> items, float width)
    {
        List<List<DiagramLegendItem>> rows = [];
        float used = 0;
        foreach (var item in items)
        {
            if (rows.Count == 0 || used + item.Width > width) { rows.Add([]); used = 0; }
            rows[^1].Add(item);
            used += item.Width + Gap;
        }
        return rows;
    }

    private static DiagramLegendItem Symbol(float width, string text, Action<Pen, float, float> draw) => new(width + 4 + Pen.Measure(text, Size), (pen, x, y) =>
    {
        draw(pen, x, y);
        pen.Text(text, x + width + 4, y + 3.5f, Size);
    });

    private static DiagramLegendItem ScaleOf((string Unit, double Low, double High) scale, string title)
    {
        string low = DiagramNumber.Of(scale.Low, scale.Unit), high = DiagramNumber.Of(scale.High, scale.Unit);
        float start = Pen.Measure(title, Size) + 6 + Pen.Measure(low, Size) + 5;
        return new DiagramLegendItem(start + Bar + 5 + Pen.Measure(high, Size), (pen, x, y) =>
        {
            pen.Text(title, x, y + 3.5f, Size, Palette.Soft);
            pen.Text(low, x + start - 5, y + 3.5f, Size, align: Pen.Align.Right);
            for (int i = 0; i < 30; i++) pen.Fill(DiagramColors.At(i / 29.0), x + start + (i * Bar / 30), y - 6, (Bar / 30) + 0.4f, 12);
            pen.Text(high, x + start + Bar + 5, y + 3.5f, Size);
        });
    }
}
