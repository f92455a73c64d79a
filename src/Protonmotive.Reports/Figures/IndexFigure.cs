using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>First-order and total-effect indices as pairs of bars with their intervals, the largest total first.</summary>
/// <param name="id">File name without extension.</param>
/// <param name="title">What it shows; also the caption.</param>
/// <param name="bars">One entry an input.</param>
public sealed class IndexFigure(string id, string title, IReadOnlyList<IndexBars> bars) : Figure
{
    private const float Top = 74, RowHeight = 34, Bottom = 50, Right = 60;
    private const int MostRows = 24;
    private readonly List<IndexBars> shown = [.. bars.Where(b => double.IsFinite(b.Total.Value)).OrderByDescending(b => b.Total.Value).Take(MostRows)];

    /// <inheritdoc/>
    public override string Name => id;

    /// <inheritdoc/>
    public override string Caption => bars.Count > shown.Count ? $"{title} (the {shown.Count} largest of {bars.Count})" : title;

    /// <inheritdoc/>
    public override int Height => (int)(Top + (shown.Count * RowHeight) + Bottom);

    /// <inheritdoc/>
    protected override void Draw(Pen pen)
    {
        float left = Math.Min(220, shown.Select(b => Pen.Measure(b.Input, 11.5f)).DefaultIfEmpty().Max()) + 30, width = Width - left - Right, bottom = Top + (shown.Count * RowHeight);
        double high = Math.Max(1, shown.SelectMany(b => new[] { b.Total.High, b.First.High }).Where(double.IsFinite).DefaultIfEmpty(1).Max()), low = Math.Min(0, shown.SelectMany(b => new[] { b.Total.Low, b.First.Low }).Where(double.IsFinite).DefaultIfEmpty(0).Min());
        if (low > -0.02) low = 0;
        var axis = Axis.Exactly(low, high, 6);
        float X(double v) => left + (float)(Math.Clamp(axis.Place(v), 0, 1) * width);
        pen.Text(title, 24, 28, 14, isBold: true);
        Legend(pen, left);
        foreach (double tick in axis.Ticks())
        {
            pen.Line(Palette.Grid, X(tick), Top, X(tick), bottom);
            pen.Text(axis.Label(tick), X(tick), bottom + 17, 10.5f, Palette.Soft, Pen.Align.Center);
        }
        for (int i = 0; i < shown.Count; i++)
        {
            float y = Top + (i * RowHeight);
            pen.Text(shown[i].Input, left - 10, y + (RowHeight / 2) + 4, 11.5f, align: Pen.Align.Right);
            Bar(pen, shown[i].First, Palette.Series(0), X, y + 5);
            Bar(pen, shown[i].Total, Palette.Series(4), X, y + 17);
        }
        pen.Line(Palette.Ink, X(0), Top, X(0), bottom);
        pen.Text("part of the variance", left + (width / 2), bottom + 38, 12, align: Pen.Align.Center);
    }

    private static void Bar(Pen pen, (double Value, double Low, double High) index, SKColor color, Func<double, float> X, float y)
    {
        const float height = 11;
        pen.Fill(color, Math.Min(X(0), X(index.Value)), y, Math.Max(0.8f, Math.Abs(X(index.Value) - X(0))), height);
        if (!double.IsFinite(index.Low)) return;
        float middle = y + (height / 2);
        pen.Line(Palette.Ink, X(index.Low), middle, X(index.High), middle, 1.2f);
        foreach (double end in new[] { index.Low, index.High }) pen.Line(Palette.Ink, X(end), middle - 3, X(end), middle + 3, 1.2f);
    }

    private static void Legend(Pen pen, float left)
    {
        pen.Fill(Palette.Series(0), left, 44, 14, 11);
        pen.Text("first order: alone", left + 20, 54, 11);
        float second = left + 40 + Pen.Measure("first order: alone", 11);
        pen.Fill(Palette.Series(4), second, 44, 14, 11);
        pen.Text("total effect: with interactions", second + 20, 54, 11);
        float third = second + 40 + Pen.Measure("total effect: with interactions", 11);
        pen.Line(Palette.Ink, third, 49.5f, third + 16, 49.5f, 1.2f);
        pen.Text("confidence interval", third + 22, 54, 11);
    }
}

/// <summary>The indices of one input, each with the ends of its interval.</summary>
/// <param name="Input">The input.</param>
/// <param name="First">First-order index.</param>
/// <param name="Total">Total-effect index.</param>
public sealed record IndexBars(string Input, (double Value, double Low, double High) First, (double Value, double Low, double High) Total);
