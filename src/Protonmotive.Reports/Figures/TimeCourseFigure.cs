using System.Collections.Immutable;
using SkiaSharp;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Reports.Figures;

/// <summary>Panels over one time axis, with the phases of the protocol and its events.</summary>
public sealed class TimeCourseFigure : Figure
{
    private const int MostDots = 60;
    private const double MostRatio = 1e4;
    private const float Left = 86, Top = 46, PanelHeight = 112, Gap = 16, Bottom = 46;
    private readonly RunRecord run;
    private readonly Trajectory trajectory;

    /// <summary>A figure of a run's panels.</summary>
    public TimeCourseFigure(RunRecord run, Trajectory trajectory)
    {
        this.run = run;
        this.trajectory = trajectory;
    }

    private float Right => Width < 600 ? 116 : 150;

    /// <inheritdoc/>
    public override string Name => "time-course";

    /// <inheritdoc/>
    public override string Caption => $"Time course: {string.Join(", ", run.Panels.Select(p => p.Label).Distinct())}.";

    /// <inheritdoc/>
    public override int Height => (int)(Top + (run.Panels.Length * (PanelHeight + Gap)) - Gap + Bottom);

    /// <inheritdoc/>
    protected override void Draw(Pen pen)
    {
        var time = Axis.Exactly(run.Start, run.End > run.Start ? run.End : run.Start + 1, 8);
        float width = Width - Left - Right;
        float X(double t) => Left + (float)(time.Place(t) * width);
        float bottom = Height - Bottom;
        DrawPhases(pen, X, bottom);
        for (int i = 0; i < run.Panels.Length; i++) DrawPanel(pen, run.Panels[i], time, X, Top + (i * (PanelHeight + Gap)));
        foreach (double tick in time.Ticks()) pen.Text(time.Label(tick), X(tick), bottom + 16, 10.5f, Palette.Soft, Pen.Align.Center);
        pen.Text(run.TimeUnit is "1" or "" ? "time" : $"time ({run.TimeUnit})", Left + (width / 2), bottom + 36, 12, align: Pen.Align.Center);
    }

    private void DrawPhases(Pen pen, Func<double, float> X, float bottom)
    {
        for (int i = 0; i < run.Phases.Length; i++)
        {
            var phase = run.Phases[i];
            float from = X(Math.Clamp(phase.Start, run.Start, run.End)), to = X(Math.Clamp(phase.End, run.Start, run.End));
            if (i % 2 == 0) pen.Fill(Palette.Shade, from, Top - 22, to - from, bottom - Top + 22);
            float room = to - from, size = Math.Min(11, 11 * (room - 6) / Math.Max(1, Pen.Measure(phase.Label, 11)));
            // A last phase may write on past its end: nothing stands in the margin at that height.
            if (size < 8 && i == run.Phases.Length - 1) pen.Text(phase.Label, Math.Min(from + 4, Width - 6 - Pen.Measure(phase.Label, 10)), Top - 8, 10, Palette.Soft);
            else if (size >= 8) pen.Text(phase.Label, (from + to) / 2, Top - 8, size, Palette.Soft, Pen.Align.Center);
        }
        float free = 0;
        foreach (var e in run.Events.Where(e => e.Time > run.Start))
        {
            float x = X(e.Time);
            pen.Line(Palette.Soft, x, Top - 4, x, bottom, 0.8f);
            var label = $"{e.Name}, {e.Time:g4}{(run.TimeUnit is "1" or "" ? "" : " " + run.TimeUnit)}";
            float width = Pen.Measure(label, 9.5f), start = Math.Clamp(x - (width / 2), Left, this.Width - width - 8);
            if (start < free || run.Events.Length > 6) continue;
            pen.Text(label, start, Top - 28, 9.5f, Palette.Ink);
            free = start + width + 10;
        }
    }

    private void DrawPanel(Pen pen, PanelRecord panel, Axis time, Func<double, float> X, float top)
    {
        var curves = panel.Curves.Select(c => (Curve: c, Column: trajectory.Find(c.Column))).Where(c => c.Column is not null).ToList();
        var values = curves.SelectMany(c => c.Column!.Values.Select(v => v * c.Curve.Factor)).Where(double.IsFinite).ToList();
        double floor = panel.IsLogarithmic && values.Count > 0 ? values.Max() / MostRatio : double.NegativeInfinity; // a value near 0 must not squeeze all others
        var scale = PlotScale.Around(values.Where(v => v >= floor), panel.IsLogarithmic, ticks: 4);
        float bottom = top + PanelHeight, right = Width - Right;
        float Y(double v) => bottom - (float)(scale.Place(v) * PanelHeight);
        foreach (var (tick, label) in scale.Ticks())
        {
            pen.Line(Palette.Grid, Left, Y(tick), right, Y(tick));
            pen.Text(label, Left - 7, Y(tick) + 4, 10.5f, Palette.Soft, Pen.Align.Right);
        }
        pen.Line(Palette.Ink, Left, top, Left, bottom);
        pen.Line(Palette.Ink, Left, bottom, right, bottom);
        foreach (double tick in time.Ticks()) pen.Line(Palette.Ink, X(tick), bottom, X(tick), bottom + 4);
        var unit = panel.Unit is "1" or "" ? "" : $"({panel.Unit})";
        pen.TextUp(panel.Label, unit.Length > 0 ? 18 : 26, (top + bottom) / 2, 10.5f);
        if (unit.Length > 0) pen.TextUp(unit, 32, (top + bottom) / 2, 9.5f, Palette.Soft);

        pen.Clip(new SKRect(Left, top - 2, right + 2, bottom + 2), () =>
        {
            for (int i = 0; i < curves.Count; i++)
            {
                var (curve, column) = curves[i];
                var points = Points(column!.Values, curve.Factor, X, Y);
                if (curve.IsSampled) points.RemoveAll(p => !float.IsFinite(p.Y));
                pen.Polyline(Palette.Series(i), points);
                if (!curve.IsSampled || points.Count > MostDots) continue;
                foreach (var point in points) pen.Spot(Palette.Series(i), point.X, point.Y, 2.4f);
            }
        });
        DrawLabels(pen, curves.Select((c, i) => (c.Curve.Label, Color: Palette.Series(i), Y: c.Column!.Values.Select(v => Y(v * c.Curve.Factor)).LastOrDefault(float.IsFinite, bottom))), right + 8, top, bottom);
    }

    private List<SKPoint> Points(ImmutableArray<double> values, double factor, Func<double, float> X, Func<double, float> Y)
    {
        var points = new List<SKPoint>(values.Length);
        for (int i = 0; i < values.Length; i++) points.Add(new SKPoint(X(trajectory.Times[i]), Y(values[i] * factor)));
        return points;
    }

    /// <summary>Labels at the ends of the curves, moved apart so that none covers another.</summary>
    private void DrawLabels(Pen pen, IEnumerable<(string Label, SKColor Color, float Y)> labels, float x, float top, float bottom)
    {
        var ordered = labels.OrderBy(l => l.Y).ToList();
        const float distance = 14;
        var places = new float[ordered.Count];
        for (int i = 0; i < places.Length; i++)
            places[i] = Math.Max(Math.Clamp(ordered[i].Y + 4, top + 8, bottom), i == 0 ? float.NegativeInfinity : places[i - 1] + distance);
        float overflow = places.Length > 0 ? places[^1] - (bottom + 4) : 0;
        for (int i = places.Length - 1; i >= 0 && overflow > 0; i--)
        {
            places[i] = Math.Min(places[i], i == places.Length - 1 ? bottom + 4 : places[i + 1] - distance);
        }
        for (int i = 0; i < places.Length; i++) pen.Text(Pen.Fitted(ordered[i].Label, 11, Right - 14, isBold: true), x, places[i], 11, ordered[i].Color, isBold: true);
    }
}
