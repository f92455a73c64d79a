using System.Globalization;

namespace Protonmotive.Reports.Figures;

/// <summary>What a quantity answers to: ∂ln quantity/∂ln parameter as bars to either side of 0, the largest first.</summary>
/// <param name="id">File name without extension.</param>
/// <param name="title">What it shows; also the caption.</param>
/// <param name="slopes">Parameter and slope.</param>
public sealed class SlopeFigure(string id, string title, IReadOnlyList<(string Parameter, double Slope)> slopes) : Figure
{
    private const float Top = 52, RowHeight = 24, Bottom = 56, Right = 84;
    private const int MostRows = 30;
    private const double Least = 5e-4;
    private readonly List<(string Parameter, double Slope)> shown = [.. slopes.Where(s => Math.Abs(s.Slope) >= Least).OrderByDescending(s => Math.Abs(s.Slope)).Take(MostRows)];

    /// <inheritdoc/>
    public override string Name => id;

    /// <inheritdoc/>
    public override string Caption => slopes.Count > shown.Count ? $"{title} (the {shown.Count} largest of {slopes.Count})" : title;

    /// <inheritdoc/>
    public override int Height => (int)(Top + (Math.Max(1, shown.Count) * RowHeight) + Bottom);

    /// <inheritdoc/>
    protected override void Draw(Pen pen)
    {
        float left = Math.Min(220, shown.Select(s => Pen.Measure(s.Parameter, 11.5f)).DefaultIfEmpty().Max()) + 84, width = Width - left - Right, bottom = Top + (shown.Count * RowHeight);
        var axis = Axis.Around(shown.Select(s => s.Slope).Append(0), 6, includeZero: true);
        float X(double v) => left + (float)(Math.Clamp(axis.Place(v), 0, 1) * width);
        pen.Text(Caption, 24, 28, 13, isBold: true);
        foreach (double tick in axis.Ticks())
        {
            pen.Line(Palette.Grid, X(tick), Top, X(tick), bottom);
            pen.Text(axis.Label(tick), X(tick), bottom + 17, 10.5f, Palette.Soft, Pen.Align.Center);
        }
        for (int i = 0; i < shown.Count; i++)
        {
            var (parameter, slope) = shown[i];
            float y = Top + (i * RowHeight);
            pen.Text(parameter, left - 60, y + (RowHeight / 2) + 4, 11.5f, align: Pen.Align.Right);
            pen.Fill(Palette.Series(slope < 0 ? 1 : 0), Math.Min(X(0), X(slope)), y + 5, Math.Max(0.8f, Math.Abs(X(slope) - X(0))), RowHeight - 10);
            pen.Text(slope.ToString("+0.000;−0.000", CultureInfo.InvariantCulture), X(slope) + (slope < 0 ? -5 : 5), y + (RowHeight / 2) + 4, 10.5f, align: slope < 0 ? Pen.Align.Right : Pen.Align.Left);
        }
        pen.Line(Palette.Ink, X(0), Top, X(0), bottom);
        pen.Text("∂ ln quantity / ∂ ln parameter", left + (width / 2), bottom + 38, 12, align: Pen.Align.Center);
    }
}
