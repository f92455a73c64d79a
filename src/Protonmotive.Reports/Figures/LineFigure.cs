using System.Collections.Immutable;
using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>Curves over one pair of axes, linear or logarithmic, with a legend.</summary>
/// <param name="id">File name without extension.</param>
/// <param name="title">What it shows; also the caption.</param>
/// <param name="horizontal">The x axis.</param>
/// <param name="vertical">The y axis.</param>
/// <param name="curves">Drawn in this order.</param>
public sealed class LineFigure(string id, string title, LineAxis horizontal, LineAxis vertical, ImmutableArray<LineCurve> curves) : Figure
{
    private const float Left = 84, Top = 52, Bottom = 56, RowHeight = 18, LongestLegend = 230;
    private const int MostMarks = 60;

    /// <inheritdoc/>
    public override string Name => id;

    /// <inheritdoc/>
    public override string Caption => title;

    /// <inheritdoc/>
    internal override float TitleHeight => 36;

    /// <inheritdoc/>
    public override int Height => Width < 600 ? 320 : 480;

    /// <inheritdoc/>
    protected override void Draw(Pen pen)
    {
        var signs = new CurveSigns(curves);
        var entries = curves.Select((c, i) => (Curve: c, Color: ColorOf(i), Label: Legend(c), Index: i)).Where(e => e.Label.Length > 0 && !e.Curve.Lines.IsEmpty).ToList();
        float legend = entries.Count < 2 && entries.All(e => e.Label == vertical.Label) ? 0 : Math.Min(LongestLegend, entries.Max(e => Pen.Measure(e.Label, 11)) + 46);
        float width = Width - Left - legend - 24, height = Height - Top - Bottom, bottom = Top + height;
        var all = curves.SelectMany(c => c.Lines).ToList();
        var x = PlotScale.Around(all.SelectMany(l => l.X), horizontal.IsLogarithmic, horizontal.Low, horizontal.High, tight: true);
        var y = PlotScale.Around(all.SelectMany(l => l.Upper is null ? l.Y : l.Y.Concat(l.Upper)), vertical.IsLogarithmic, vertical.Low, vertical.High);
        float X(double v) => Left + (float)(x.Place(v) * width);
        float Y(double v) => bottom - (float)(y.Place(v) * height);

        pen.Title(title, Left, Width - Left - 24);
        foreach (var (value, label) in y.Ticks())
        {
            pen.Line(Palette.Grid, Left, Y(value), Left + width, Y(value));
            pen.Text(label, Left - 7, Y(value) + 4, 10.5f, Palette.Soft, Pen.Align.Right);
        }
        foreach (var (value, label) in x.Ticks())
        {
            pen.Line(Palette.Ink, X(value), bottom, X(value), bottom + 4);
            pen.Text(label, X(value), bottom + 17, 10.5f, Palette.Soft, Pen.Align.Center);
        }
        pen.Clip(new SKRect(Left - 5, Top - 5, Left + width + 5, bottom + 5), () =>
        {
            for (int i = 0; i < curves.Length; i++)
            {
                DrawCurve(pen, curves[i], ColorOf(i), X, Y, MostMarks);
                signs.Along(pen, i, ColorOf(i), [.. curves[i].Lines.Take(1).SelectMany(l => l.X.Select((v, k) => new SKPoint(X(v), Y(l.Y[k]))))]);
            }
        });
        pen.Line(Palette.Ink, Left, Top, Left, bottom);
        pen.Line(Palette.Ink, Left, bottom, Left + width, bottom);
        pen.Text(Pen.Fitted(horizontal.Label, 12, width), Left + (width / 2), bottom + 40, 12, align: Pen.Align.Center);
        var titles = Pen.Lines(vertical.Label, 12, height);
        for (int i = 0; i < titles.Count; i++) pen.TextUp(Pen.Fitted(titles[i], 12, height), titles.Count == 1 ? 22 : 14 + (i * 14), Top + (height / 2), 12);
        if (legend > 0) DrawLegend(pen, entries, signs, Left + width + 14, legend, height);
    }

    /// <summary>Draws a curve: its areas, its lines, and so many of its marks.</summary>
    internal static void DrawCurve(Pen pen, LineCurve curve, SKColor color, Func<double, float> X, Func<double, float> Y, int mostMarks = int.MaxValue)
    {
        for (int n = 0; n < curve.Lines.Length; n++)
        {
            var line = curve.Lines[n];
            var shade = Shade(color, curve.Lines.Length, n);
            var points = line.X.Select((v, i) => new SKPoint(X(v), Y(line.Y[i]))).ToList();
            if (line.Upper is { } upper)
            {
                Area(pen, shade.WithAlpha(70), points, [.. line.X.Select((v, i) => new SKPoint(X(v), Y(upper[i])))]);
                continue;
            }
            if (curve.Dashes is not { Length: 0 } && points.Count > 1) pen.Polyline(shade, points, curve.Thickness, curve.Dashes);
            if (!curve.HasMarks && points.Count > 1) continue;
            // On a line a few marks tell it; dots without a line are the data.
            int every = curve.Dashes is { Length: 0 } ? 1 : 1 + (points.Count / mostMarks);
            foreach (var point in points.Where((_, i) => i % every == 0))
                if (float.IsFinite(point.X) && float.IsFinite(point.Y)) pen.Dot(shade, point.X, point.Y, curve.MarkRadius);
        }
    }

    private static void Area(Pen pen, SKColor color, List<SKPoint> lower, List<SKPoint> upper)
    {
        var edge = lower.Concat(Enumerable.Reverse(upper)).Where(p => float.IsFinite(p.X) && float.IsFinite(p.Y)).ToArray();
        if (edge.Length < 3) return;
        using var path = new SKPath();
        path.AddPoly(edge);
        pen.Fill(color, path);
    }

    private static void DrawLegend(Pen pen, List<(LineCurve Curve, SKColor Color, string Label, int Index)> entries, CurveSigns signs, float left, float width, float height)
    {
        int rows = Math.Min(entries.Count, (int)(height / RowHeight));
        for (int i = 0; i < rows; i++)
        {
            float y = Top + 6 + (i * RowHeight);
            var (curve, color, label, index) = entries[i];
            if (rows < entries.Count && i == rows - 1)
            {
                pen.Text($"… and {entries.Count - rows + 1} more", left, y + 4, 11, Palette.Soft);
                return;
            }
            if (curve.Lines[0].Upper is not null) pen.Fill(color.WithAlpha(70), left, y - 5, 22, 10);
            else if (curve.Dashes is not { Length: 0 }) pen.Polyline(color, [new SKPoint(left, y), new SKPoint(left + 22, y)], Math.Max(1.8f, curve.Thickness), curve.Dashes);
            if (curve.HasMarks) pen.Dot(color, left + 11, y, 3.5f);
            signs.InLegend(pen, index, color, left + 11, y);
            pen.Text(Pen.Fitted(label, 11, width - 34), left + 29, y + 4, 11);
        }
    }

    private static string Legend(LineCurve curve) => curve.Lines.Length > 1 ? $"{curve.Label}, {curve.Lines.Length} runs (first is palest)" : curve.Label;

    /// <summary>The colour asked for, or the next of the palette that no curve asks for.</summary>
    private SKColor ColorOf(int index)
    {
        if (Given(curves[index]) is { } asked) return asked;
        var taken = curves.Select(Given).OfType<SKColor>().ToHashSet();
        var free = Enumerable.Range(0, 8).Select(Palette.Series).Where(c => !taken.Contains(c)).DefaultIfEmpty(Palette.Ink).ToList();
        return free[curves.Take(index).Count(c => Given(c) is null) % free.Count];
    }

    private static SKColor? Given(LineCurve curve) => curve.Color is not null && SKColor.TryParse(curve.Color, out var color) ? color : null;

    /// <summary>The first of several runs is pale, the last has the full colour.</summary>
    private static SKColor Shade(SKColor color, int count, int index)
    {
        if (count < 2) return color;
        float white = 0.68f * (1 - ((float)index / (count - 1)));
        byte Mix(byte c) => (byte)(c + ((255 - c) * white));
        return new SKColor(Mix(color.Red), Mix(color.Green), Mix(color.Blue));
    }
}

/// <summary>An axis of a figure with curves.</summary>
/// <param name="Label">Its label.</param>
/// <param name="IsLogarithmic">Whether equal ratios have equal distances.</param>
/// <param name="Low">Value at its low end; null to fit the data.</param>
/// <param name="High">Value at its high end; null to fit the data.</param>
public sealed record LineAxis(string Label, bool IsLogarithmic = false, double? Low = null, double? High = null);

/// <summary>A curve; several lines of one curve are runs of it, shaded from pale to full.</summary>
/// <param name="Label">Its name in the legend; empty to leave it out.</param>
/// <param name="Lines">Its lines.</param>
public sealed record LineCurve(string Label, ImmutableArray<LineData> Lines)
{
    /// <summary>Colour as #RRGGBB; null for the next of the palette.</summary>
    public string? Color { get; init; }

    /// <summary>Lengths drawn and left out in turn, in points; null for a whole line, empty for none.</summary>
    public float[]? Dashes { get; init; }

    /// <summary>Thickness of the line, in points.</summary>
    public float Thickness { get; init; } = 1.8f;

    /// <summary>Whether values are marked by dots.</summary>
    public bool HasMarks { get; init; }

    /// <summary>Radius of the dots, in points.</summary>
    public float MarkRadius { get; init; } = 3.5f;
}

/// <summary>Points of one line, or the edges of an area.</summary>
/// <param name="X">Abscissas.</param>
/// <param name="Y">Ordinates, as many; of an area the lower edge.</param>
/// <param name="Upper">Upper edge of an area; null for a line.</param>
public sealed record LineData(double[] X, double[] Y, double[]? Upper = null);
