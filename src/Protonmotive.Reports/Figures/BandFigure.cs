using System.Collections.Immutable;
using SkiaSharp;

namespace Protonmotive.Reports.Figures;

/// <summary>What many random runs do: for each quantity the mean with a band of one standard deviation, and some single runs.</summary>
/// <param name="title">Above the panels.</param>
/// <param name="timeUnit">Unit of the time axis.</param>
/// <param name="times">Times of all curves.</param>
/// <param name="panels">One panel a quantity.</param>
public sealed class BandFigure(string title, string timeUnit, ImmutableArray<double> times, ImmutableArray<BandPanel> panels) : Figure
{
    private const float Left = 86, Right = 24, Top = 62, PanelHeight = 112, Gap = 18, Bottom = 46;

    /// <inheritdoc/>
    public override string Name => "ensemble";

    /// <inheritdoc/>
    public override string Caption => $"{title}: mean, one standard deviation about it and single runs of {string.Join(", ", panels.Select(p => p.Label))}.";

    /// <inheritdoc/>
    public override int Height => (int)(Top + (panels.Length * (PanelHeight + Gap)) - Gap + Bottom);

    /// <inheritdoc/>
    protected override void Draw(Pen pen)
    {
        var time = Axis.Exactly(times[0], times[^1] > times[0] ? times[^1] : times[0] + 1, 8);
        float width = Width - Left - Right, bottom = Height - Bottom;
        float X(double t) => Left + (float)(time.Place(t) * width);
        pen.Text(title, Left, 24, 13, isBold: true);
        DrawKey(pen);
        for (int i = 0; i < panels.Length; i++) DrawPanel(pen, panels[i], Palette.Series(i), time, X, Top + (i * (PanelHeight + Gap)));
        foreach (double tick in time.Ticks()) pen.Text(time.Label(tick), X(tick), bottom + 16, 10.5f, Palette.Soft, Pen.Align.Center);
        pen.Text(timeUnit.Length > 0 ? $"time ({timeUnit})" : "time", Left + (width / 2), bottom + 36, 12, align: Pen.Align.Center);
    }

    private static void DrawKey(Pen pen)
    {
        var color = Palette.Series(0);
        pen.Polyline(color, [new(Left, 42), new(Left + 24, 42)], 2.2f);
        pen.Text("mean", Left + 30, 46, 10.5f, Palette.Soft);
        pen.Fill(color.WithAlpha(46), Left + 84, 36, 24, 12);
        pen.Text("± standard deviation", Left + 114, 46, 10.5f, Palette.Soft);
        pen.Polyline(Palette.Soft.WithAlpha(120), [new(Left + 246, 42), new(Left + 270, 42)], 0.8f);
        pen.Text("single runs", Left + 276, 46, 10.5f, Palette.Soft);
    }

    private void DrawPanel(Pen pen, BandPanel panel, SKColor color, Axis time, Func<double, float> X, float top)
    {
        var lows = panel.Mean.Zip(panel.Deviation, (m, s) => m - Finite(s)).ToArray();
        var highs = panel.Mean.Zip(panel.Deviation, (m, s) => m + Finite(s)).ToArray();
        var axis = Axis.Around(lows.Concat(highs).Concat(panel.Runs.SelectMany(r => r)).Where(double.IsFinite), 4);
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
        pen.TextUp(panel.Unit is "" or "1" ? panel.Label : $"{panel.Label} ({panel.Unit})", 26, (top + bottom) / 2, 10.5f);
        pen.Clip(new SKRect(Left, top - 2, right, bottom + 2), () =>
        {
            foreach (var run in panel.Runs) pen.Polyline(Palette.Soft.WithAlpha(120), Points(run, X, Y), 0.8f);
            using var path = new SKPath();
            for (int i = 0; i < times.Length; i++)
            {
                if (i == 0) path.MoveTo(X(times[i]), Y(highs[i]));
                else path.LineTo(X(times[i]), Y(highs[i]));
            }
            for (int i = times.Length - 1; i >= 0; i--) path.LineTo(X(times[i]), Y(lows[i]));
            path.Close();
            pen.Fill(color.WithAlpha(46), path);
            pen.Polyline(color, Points(panel.Mean, X, Y), 2.2f);
        });
    }

    private List<SKPoint> Points(ImmutableArray<double> values, Func<double, float> X, Func<double, float> Y) =>
        [.. values.Select((v, i) => new SKPoint(X(times[i]), Y(v)))];

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;
}

/// <summary>One quantity of an ensemble.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Unit">Its unit; "" where unknown.</param>
/// <param name="Mean">Mean at each time.</param>
/// <param name="Deviation">Standard deviation at each time.</param>
/// <param name="Runs">Some single runs.</param>
public sealed record BandPanel(string Label, string Unit, ImmutableArray<double> Mean, ImmutableArray<double> Deviation, ImmutableArray<ImmutableArray<double>> Runs);
