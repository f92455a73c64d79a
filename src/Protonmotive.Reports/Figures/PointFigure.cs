using System.Collections.Immutable;

namespace Protonmotive.Reports.Figures;

/// <summary>One quantity of many members against each of what varies, as small points: two panels in a row.</summary>
/// <param name="id">File name without extension.</param>
/// <param name="title">What it shows; also the caption.</param>
/// <param name="vertical">Label of the y axes.</param>
/// <param name="values">The quantity, by member.</param>
/// <param name="panels">What varies.</param>
public sealed class PointFigure(string id, string title, string vertical, double[] values, ImmutableArray<PointPanel> panels) : Figure
{
    private const float Left = 84, Top = 64, PanelWidth = 312, PanelHeight = 220, GapX = 104, GapY = 84;

    /// <inheritdoc/>
    public override string Name => id;

    /// <inheritdoc/>
    public override string Caption => title;

    /// <inheritdoc/>
    public override int Height => (int)(Top + ((panels.Length + 1) / 2 * (PanelHeight + GapY)) - 20);

    /// <inheritdoc/>
    protected override void Draw(Pen pen)
    {
        pen.Title(title, Left, Width - Left - 24);
        for (int i = 0; i < panels.Length; i++) DrawPanel(pen, panels[i], Left + (i % 2 * (PanelWidth + GapX)), Top + (i / 2 * (PanelHeight + GapY)));
    }

    private void DrawPanel(Pen pen, PointPanel panel, float left, float top)
    {
        var x = PlotScale.Around(panel.Values, panel.IsLogarithmic, tight: true);
        var y = PlotScale.Around(values);
        float bottom = top + PanelHeight;
        float X(double v) => left + (float)(x.Place(v) * PanelWidth);
        float Y(double v) => bottom - (float)(y.Place(v) * PanelHeight);
        foreach (var (value, label) in y.Ticks())
        {
            pen.Line(Palette.Grid, left, Y(value), left + PanelWidth, Y(value));
            pen.Text(label, left - 7, Y(value) + 4, 10.5f, Palette.Soft, Pen.Align.Right);
        }
        float free = float.NegativeInfinity;
        foreach (var (value, label) in x.Ticks())
        {
            pen.Line(Palette.Ink, X(value), bottom, X(value), bottom + 4);
            float half = Pen.Measure(label, 10.5f) / 2;
            if (X(value) - half < free) continue;
            pen.Text(label, X(value), bottom + 17, 10.5f, Palette.Soft, Pen.Align.Center);
            free = X(value) + half + 6;
        }
        pen.Line(Palette.Ink, left, top, left, bottom);
        pen.Line(Palette.Ink, left, bottom, left + PanelWidth, bottom);
        pen.Text(panel.Label, left + (PanelWidth / 2), bottom + 37, 11.5f, align: Pen.Align.Center);
        pen.TextUp(vertical, left - 62, (top + bottom) / 2, 11.5f);
        if (panel.Note.Length > 0) pen.Text(panel.Note, left + PanelWidth, top - 7, 10, Palette.Soft, Pen.Align.Right);
        var color = Palette.Series(0).WithAlpha(140);
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]) || !double.IsFinite(x.Place(panel.Values[i]))) continue;
            pen.Spot(color, X(panel.Values[i]), Y(values[i]), 1.9f);
        }
    }
}

/// <summary>A panel: one of what varies.</summary>
/// <param name="Label">Label of the x axis, with its unit.</param>
/// <param name="IsLogarithmic">Whether the axis is logarithmic.</param>
/// <param name="Values">Its values, by member.</param>
/// <param name="Note">A few words above the panel.</param>
public sealed record PointPanel(string Label, bool IsLogarithmic, double[] Values, string Note = "");
