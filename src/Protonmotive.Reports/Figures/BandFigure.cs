using System.Collections.Immutable;
using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>What many runs do: for each quantity the middle with a band about it, and some single runs. By default mean and standard deviation.</summary>
/// <param name="title">Above the panels.</param>
/// <param name="timeUnit">Unit of the time axis.</param>
/// <param name="times">Times of all curves.</param>
/// <param name="panels">One panel a quantity.</param>
public sealed class BandFigure(string title, string timeUnit, ImmutableArray<double> times, ImmutableArray<BandPanel> panels) : Figure
{
    private const float Left = 86, Right = 24, Top = 62, PanelHeight = 112, Gap = 18, Bottom = 46;

    /// <inheritdoc/>
    public override string Name => Id;

    /// <summary>File name without extension.</summary>
    public string Id { get; init; } = "ensemble";

    /// <summary>What the line is, for the key.</summary>
    public string MiddleName { get; init; } = "mean";

    /// <summary>What the band is, for the key.</summary>
    public string BandName { get; init; } = "± standard deviation";

    /// <summary>What the thin lines are, for the key.</summary>
    public string RunName { get; init; } = "single runs";

    /// <inheritdoc/>
    public override string Caption => $"{title}: {MiddleName}, {BandName} and {RunName} of {string.Join(", ", panels.Select(p => p.Label))}.";

    /// <inheritdoc/>
    public override int Height => (int)(Top + (panels.Length * (PanelHeight + Gap)) - Gap + Bottom);

    /// <inheritdoc/>
    protected override void Draw(Pen pen)
    {
        var time = Axis.Exactly(times[0], times[^1] > times[0] ? times[^1] : times[0] + 1, 8);
        float width = Width - Left - Right, bottom = Height - Bottom;
        float X(double t) => Left + (float)(time.Place(t) * width);
        pen.Text(Pen.Fitted(title, 13, Width - Left - Right, true), Left, 24, 13, isBold: true);
        DrawKey(pen);
        for (int i = 0; i < panels.Length; i++) DrawPanel(pen, panels[i], Palette.Series(i), time, X, Top + (i * (PanelHeight + Gap)));
        foreach (double tick in time.Ticks()) pen.Text(time.Label(tick), X(tick), bottom + 16, 10.5f, Palette.Soft, Pen.Align.Center);
        pen.Text(timeUnit.Length > 0 ? $"time ({timeUnit})" : "time", Left + (width / 2), bottom + 36, 12, align: Pen.Align.Center);
    }

    private void DrawKey(Pen pen)
    {
        var color = Palette.Series(0);
        pen.Polyline(color, [new(Left, 42), new(Left + 24, 42)], 2.2f);
        float x = Left + 30;
        pen.Text(MiddleName, x, 46, 10.5f, Palette.Soft);
        x += Pen.Measure(MiddleName, 10.5f) + 24;
        pen.Fill(color.WithAlpha(46), x, 36, 24, 12);
        pen.Text(BandName, x + 30, 46, 10.5f, Palette.Soft);
        x += 30 + Pen.Measure(BandName, 10.5f) + 24;
        pen.Polyline(Palette.Soft.WithAlpha(120), [new(x, 42), new(x + 24, 42)], 0.8f);
        pen.Text(RunName, x + 30, 46, 10.5f, Palette.Soft);
    }

    private void DrawPanel(Pen pen, BandPanel panel, SKColor color, Axis time, Func<double, float> X, float top)
    {
        double[] lows = panel.Low.IsDefault ? [.. panel.Mean.Zip(panel.Deviation, (m, s) => m - Finite(s))] : [.. panel.Low];
        double[] highs = panel.High.IsDefault ? [.. panel.Mean.Zip(panel.Deviation, (m, s) => m + Finite(s))] : [.. panel.High];
        var axis = Axis.Around(lows.Concat(highs).Concat(panel.Runs.SelectMany(r => r)).Where(double.IsFinite), 4, level: Axis.Level);
        float bottom = top + PanelHeight, right = Width - Right;
        float Y(double v) => bottom - (float)(axis.Place(v) * PanelHeight);
        foreach (double tick in axis.Ticks())
        {
            pen.Line(Palette.Grid, Left, Y(tick), right, Y(tick));
            pen.Text(axis.Label(tick), Left - 7, Y(tick) + 4, 10.5f, Palette.Soft, Pen.Align.Right);
        }
        pen.Line(Palette.Ink, Left, top, Left, bottom);
        pen.Line(Palette.Ink, Left, bottom, right, bottom);
        foreach (double tick in time.Ticks()) pen.Line(Palette.Ink, X(tick), bottom, X(tick), bottom + 4);
        DrawLabel(pen, panel.Unit is "" or "1" ? panel.Label : $"{panel.Label} ({panel.Unit})", (top + bottom) / 2);
        pen.Clip(new SKRect(Left, top - 2, right, bottom + 2), () =>
        {
            foreach (var run in panel.Runs) pen.Polyline(Palette.Soft.WithAlpha(120), Points(run, X, Y), 0.8f);
            var inside = Enumerable.Range(0, times.Length).Where(i => double.IsFinite(lows[i]) && double.IsFinite(highs[i])).ToList();
            if (inside.Count > 1)
            {
                using var path = new SKPath();
                path.AddPoly([.. inside.Select(i => new SKPoint(X(times[i]), Y(highs[i]))), .. Enumerable.Reverse(inside).Select(i => new SKPoint(X(times[i]), Y(lows[i])))]);
                pen.Fill(color.WithAlpha(46), path);
            }
            pen.Polyline(color, Points(panel.Mean, X, Y), 2.2f);
        });
    }

    /// <summary>A label as tall as its panel: in two lines where one is too long, and then smaller.</summary>
    private static void DrawLabel(Pen pen, string label, float middle)
    {
        const float size = 10.5f, room = PanelHeight + Gap - 8;
        if (Pen.Measure(label, size) <= room)
        {
            pen.TextUp(label, 26, middle, size);
            return;
        }
        var breaks = Enumerable.Range(1, label.Length - 2).Where(i => label[i] is ' ' or '.' or '_' or ':' or '(').DefaultIfEmpty(label.Length / 2);
        int at = breaks.MinBy(i => Math.Abs(i - (label.Length / 2)));
        var (first, second) = (label[..at].TrimEnd(), label[at..].TrimStart());
        float fitted = Math.Min(size, size * room / Math.Max(Pen.Measure(first, size), Pen.Measure(second, size)));
        pen.TextUp(first, 17, middle, fitted);
        pen.TextUp(second, 31, middle, fitted);
    }

    private List<SKPoint> Points(ImmutableArray<double> values, Func<double, float> X, Func<double, float> Y) =>
        [.. values.Select((v, i) => new SKPoint(X(times[i]), Y(v)))];

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;
}

/// <summary>One quantity of an ensemble.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Unit">Its unit; "" where unknown.</param>
/// <param name="Mean">Mean, or another middle, at each time.</param>
/// <param name="Deviation">Standard deviation at each time.</param>
/// <param name="Runs">Some single runs.</param>
public sealed record BandPanel(string Label, string Unit, ImmutableArray<double> Mean, ImmutableArray<double> Deviation, ImmutableArray<ImmutableArray<double>> Runs)
{
    /// <summary>Lower edge of the band; by default a deviation below the mean.</summary>
    public ImmutableArray<double> Low { get; init; }

    /// <summary>Upper edge of the band; by default a deviation above the mean.</summary>
    public ImmutableArray<double> High { get; init; }
}
