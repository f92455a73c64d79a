using System.Collections.Immutable;
using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>Small panels, two in a row, each with its own axes: lines, dots, areas, and bars of error. A legend over all of them.</summary>
/// <param name="id">File name without extension.</param>
/// <param name="title">What it shows; also the caption.</param>
/// <param name="panels">The panels.</param>
public sealed class PanelFigure(string id, string title, ImmutableArray<Panel> panels) : Figure
{
    private const float Left = 84, PanelWidth = 312, PanelHeight = 200, GapX = 104, GapY = 88;

    /// <inheritdoc/>
    public override string Name => id;

    /// <inheritdoc/>
    public override string Caption => title;

    /// <inheritdoc/>
    internal override float TitleHeight => 26;

    /// <inheritdoc/>
    public override int Height => (int)(Top + ((panels.Length + 1) / 2 * (PanelHeight + GapY)) - 22);

    /// <summary>Names of the legend with the colour and dashes they stand for.</summary>
    public ImmutableArray<LineCurve> Legend { get; init; } = [];

    private float Top => Legend.IsEmpty ? 66 : 90;

    /// <inheritdoc/>
    protected override void Draw(Pen pen)
    {
        pen.Title(title, Left, Width - Left - 24);
        float x = Left;
        var signs = new CurveSigns(Legend);
        for (int i = 0; i < Legend.Length; i++)
        {
            var entry = Legend[i];
            var color = ColorOf(entry, 0);
            if (entry.HasMarks) pen.Dot(color, x + 11, 48, 3.5f);
            if (entry.Dashes is not { Length: 0 }) pen.Polyline(color, [new SKPoint(x, 48), new SKPoint(x + 22, 48)], 1.8f, entry.Dashes);
            signs.InLegend(pen, i, color, x + 11, 48);
            pen.Text(entry.Label, x + 28, 52, 11);
            x += 50 + Pen.Measure(entry.Label, 11);
            if (x > Width - 120) break;
        }
        for (int i = 0; i < panels.Length; i++) DrawPanel(pen, panels[i], signs, Left + (i % 2 * (PanelWidth + GapX)), Top + (i / 2 * (PanelHeight + GapY)));
    }

    private void DrawPanel(Pen pen, Panel panel, CurveSigns signs, float left, float top)
    {
        var all = panel.Curves.SelectMany(c => c.Lines).ToList();
        var bars = panel.Bars.SelectMany(b => (double[])[b.Low, b.High]).Where(v => !panel.Vertical.IsLogarithmic || v > 0);
        var x = PlotScale.Around(all.SelectMany(l => l.X), panel.Horizontal.IsLogarithmic, panel.Horizontal.Low, panel.Horizontal.High, tight: panel.IsTight);
        var y = PlotScale.Around(all.SelectMany(l => l.Upper is null ? l.Y : l.Y.Concat(l.Upper)).Concat(bars), panel.Vertical.IsLogarithmic, panel.Vertical.Low, panel.Vertical.High);
        float bottom = top + PanelHeight;
        float X(double v) => left + (float)(x.Place(v) * PanelWidth);
        float Y(double v) => bottom - (float)(y.Place(v) * PanelHeight);
        foreach (var (value, label) in y.Ticks())
        {
            pen.Line(Palette.Grid, left, Y(value), left + PanelWidth, Y(value));
            pen.Text(label, left - 7, Y(value) + 4, 10.5f, Palette.Soft, Pen.Align.Right);
        }
        float free = float.NegativeInfinity;
        foreach (var (value, label) in x.Ticks().Where(t => !panel.HasWholeTicks || t.Value == Math.Round(t.Value)))
        {
            pen.Line(Palette.Ink, X(value), bottom, X(value), bottom + 4);
            float half = Pen.Measure(label, 10.5f) / 2;
            if (X(value) - half < free) continue;
            pen.Text(label, X(value), bottom + 17, 10.5f, Palette.Soft, Pen.Align.Center);
            free = X(value) + half + 6;
        }
        pen.Clip(new SKRect(left - 4, top - 4, left + PanelWidth + 4, bottom + 4), () =>
        {
            foreach (var bar in panel.Bars.Where(b => float.IsFinite(X(b.X)) && float.IsFinite(Y(b.High)))) pen.Line(ColorOf(panel.Curves[Math.Min(bar.Curve, panel.Curves.Length - 1)], bar.Curve), X(bar.X), float.IsFinite(Y(bar.Low)) ? Y(bar.Low) : bottom, X(bar.X), Y(bar.High), 1);
            // Lines are drawn over dots, which would hide them.
            foreach (int i in Enumerable.Range(0, panel.Curves.Length).OrderBy(c => panel.Curves[c].Dashes is { Length: 0 } ? 0 : 1))
            {
                LineFigure.DrawCurve(pen, panel.Curves[i], ColorOf(panel.Curves[i], i), X, Y);
                signs.Along(pen, PlaceOf(panel.Curves[i], i), ColorOf(panel.Curves[i], i), [.. panel.Curves[i].Lines.Take(1).SelectMany(l => l.X.Select((v, k) => new SKPoint(X(v), Y(l.Y[k]))))]);
            }
        });
        pen.Line(Palette.Ink, left, top, left, bottom);
        pen.Line(Palette.Ink, left, bottom, left + PanelWidth, bottom);
        pen.Text(Pen.Fitted(panel.Horizontal.Label, 11.5f, PanelWidth), left + (PanelWidth / 2), bottom + 37, 11.5f, align: Pen.Align.Center);
        var names = Pen.Lines(panel.Vertical.Label, 11.5f, PanelHeight + 20);
        for (int i = 0; i < names.Count; i++) pen.TextUp(Pen.Fitted(names[i], 11.5f, PanelHeight + 20), left - (names.Count == 1 ? 62 : 68) + (i * 13), (top + bottom) / 2, 11.5f);
        var titles = Pen.Lines(panel.Title, 11.5f, PanelWidth, true);
        for (int i = 0; i < titles.Count; i++) pen.Text(Pen.Fitted(titles[i], 11.5f, PanelWidth, true), left, top - 9 - ((titles.Count - 1 - i) * 14), 11.5f, isBold: true);
    }

    // The place of a curve in the legend: that of its name, else its own. Dots need no sign.
    private int PlaceOf(LineCurve curve, int index)
    {
        if (curve.HasMarks) return -1;
        for (int i = 0; i < Legend.Length; i++)
            if (curve.Label.Length > 0 && Legend[i].Label == curve.Label) return i;
        return index;
    }

    private static SKColor ColorOf(LineCurve curve, int index) => curve.Color is not null && SKColor.TryParse(curve.Color, out var color) ? color : Palette.Series(index);
}

/// <summary>One panel.</summary>
/// <param name="Title">Above it.</param>
/// <param name="Horizontal">The x axis.</param>
/// <param name="Vertical">The y axis.</param>
/// <param name="Curves">Lines, dots and areas.</param>
public sealed record Panel(string Title, LineAxis Horizontal, LineAxis Vertical, ImmutableArray<LineCurve> Curves)
{
    /// <summary>Bars of error.</summary>
    public ImmutableArray<ErrorBar> Bars { get; init; } = [];

    /// <summary>Whether the x axis ends where the values do.</summary>
    public bool IsTight { get; init; } = true;

    /// <summary>Whether the x axis counts, so that only whole numbers have ticks.</summary>
    public bool HasWholeTicks { get; init; }
}

/// <summary>A bar of error in the colour of a curve.</summary>
/// <param name="X">Abscissa.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="Curve">Index of the curve.</param>
public readonly record struct ErrorBar(double X, double Low, double High, int Curve);
