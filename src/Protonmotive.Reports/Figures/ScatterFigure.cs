using System.Collections.Immutable;
using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>Panels over one kind of abscissa: model curves as lines, measured points as dots, a colour a series.</summary>
/// <param name="Title">What it shows; also the caption.</param>
/// <param name="Abscissa">Label of the x axis, with its unit.</param>
/// <param name="Series">Names of the series, in the order of their colours.</param>
/// <param name="Panels">The panels, two in a row.</param>
public sealed class ScatterFigure(string Title, string Abscissa, ImmutableArray<string> Series, ImmutableArray<ScatterPanel> Panels) : Figure
{
    private const float Left = 78, Top = 62, PanelWidth = 320, PanelHeight = 210, GapX = 100, GapY = 66;

    /// <inheritdoc/>
    public override string Name => "titration";

    /// <inheritdoc/>
    public override string Caption => Title;

    /// <inheritdoc/>
    public override int Height => (int)(Top + ((Panels.Length + 1) / 2 * (PanelHeight + GapY)));

    /// <inheritdoc/>
    protected override void Draw(Pen pen)
    {
        float x = Left;
        for (int i = 0; i < Series.Length; i++)
        {
            pen.Line(Palette.Series(i), x, 24, x + 26, 24, 2);
            pen.Dot(Palette.Series(i), x + 13, 24);
            pen.Text(Series[i], x + 34, 28, 11.5f);
            x += 60 + Pen.Measure(Series[i], 11.5f);
        }
        pen.Text(Panels.Any(p => !p.Before.IsEmpty) ? "lines: fitted; dashed: before; dots: measured" : "lines: model; dots: measured", Width - 24, 28, 10.5f, Palette.Soft, Pen.Align.Right);
        for (int i = 0; i < Panels.Length; i++) DrawPanel(pen, Panels[i], Left + (i % 2 * (PanelWidth + GapX)), Top + (i / 2 * (PanelHeight + GapY)));
    }

    private void DrawPanel(Pen pen, ScatterPanel panel, float left, float top)
    {
        var all = panel.Curves.Concat(panel.Before).Concat(panel.Points).SelectMany(s => s).ToList();
        var (horizontal, vertical) = (Axis.Around(all.Select(p => p.X), 5, includeZero: true), Axis.Around(all.Select(p => p.Y), 4));
        float bottom = top + PanelHeight;
        float X(double v) => left + (float)(horizontal.Place(v) * PanelWidth);
        float Y(double v) => bottom - (float)(vertical.Place(v) * PanelHeight);
        foreach (double tick in vertical.Ticks())
        {
            pen.Line(Palette.Grid, left, Y(tick), left + PanelWidth, Y(tick));
            pen.Text(vertical.Label(tick), left - 7, Y(tick) + 4, 10.5f, Palette.Soft, Pen.Align.Right);
        }
        foreach (double tick in horizontal.Ticks())
        {
            pen.Line(Palette.Ink, X(tick), bottom, X(tick), bottom + 4);
            pen.Text(horizontal.Label(tick), X(tick), bottom + 17, 10.5f, Palette.Soft, Pen.Align.Center);
        }
        pen.Line(Palette.Ink, left, top, left, bottom);
        pen.Line(Palette.Ink, left, bottom, left + PanelWidth, bottom);
        pen.Text(Abscissa, left + (PanelWidth / 2), bottom + 36, 11, align: Pen.Align.Center);
        pen.TextUp(panel.Label, left - 52, (top + bottom) / 2, 11);
        for (int i = 0; i < panel.Before.Length; i++) pen.Polyline(Palette.Series(i), [.. panel.Before[i].Select(p => new SKPoint(X(p.X), Y(p.Y)))], 1.3f, [5, 4]);
        for (int i = 0; i < panel.Curves.Length; i++) pen.Polyline(Palette.Series(i), [.. panel.Curves[i].Select(p => new SKPoint(X(p.X), Y(p.Y)))]);
        for (int i = 0; i < panel.Points.Length; i++)
            foreach (var p in panel.Points[i]) pen.Dot(Palette.Series(i), X(p.X), Y(p.Y), 4.5f);
    }
}

/// <summary>One panel.</summary>
/// <param name="Label">Label of the y axis, with its unit.</param>
/// <param name="Curves">The model, by series.</param>
/// <param name="Points">What was measured, by series.</param>
public sealed record ScatterPanel(string Label, ImmutableArray<ImmutableArray<(double X, double Y)>> Curves, ImmutableArray<ImmutableArray<(double X, double Y)>> Points)
{
    /// <summary>The model before it was fitted, dashed, by series; empty for none.</summary>
    public ImmutableArray<ImmutableArray<(double X, double Y)>> Before { get; init; } = [];
}
