using System.Collections.Immutable;
using SkiaSharp;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Reports.Figures;

/// <summary>Panels over one time axis, with the phases of the protocol and its events.</summary>
public sealed class TimeCourseFigure : Figure
{
    private const float Left = 86, Top = 52, PanelHeight = 112, Gap = 16, Bottom = 46, PhaseSize = 11, LeastPhaseSize = 8.5f, Apart = 0.15f;
    private const int MostLabels = 6, MostDots = 60;
    private const double MostRatio = 1e6;
    private readonly RunRecord run;
    private readonly Trajectory trajectory;
    private readonly TimeAxis time;
    private readonly ImmutableArray<ImmutableArray<int>> colors;

    /// <summary>A figure of a run's panels.</summary>
    public TimeCourseFigure(RunRecord run, Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(trajectory);
        this.run = run;
        this.trajectory = trajectory;
        time = TimeAxis.Of(run, trajectory);
        colors = CurveColors.Of([.. run.Panels.Select(p => (ImmutableArray<string>)[.. p.Curves.Select(c => c.Label)])]);
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
        float width = Width - Left - Right;
        float X(double t) => Left + (float)(time.Place(t) * width);
        float bottom = Height - Bottom;
        DrawPhases(pen, X, bottom);
        DrawEvents(pen, X, bottom);
        for (int i = 0; i < run.Panels.Length; i++) DrawPanel(pen, run.Panels[i], colors[i], X, Top + (i * (PanelHeight + Gap)));
        foreach (var (tick, label) in time.Ticks()) pen.Text(label, X(tick), bottom + 16, 10.5f, Palette.Soft, Pen.Align.Center);
        pen.Text(time.Title, Left + (width / 2), bottom + 36, 12, align: Pen.Align.Center);
    }

    private void DrawPhases(Pen pen, Func<double, float> X, float bottom)
    {
        (float From, float To) Reach(PhaseRecord phase) => (Math.Max(Left, X(Math.Clamp(phase.Start, run.Start, run.End))), X(Math.Clamp(phase.End, run.Start, run.End)));
        // One size for all that have room in one or two lines.
        float size = PhaseSize;
        foreach (var phase in run.Phases)
        {
            var (from, to) = Reach(phase);
            float fitted = PhaseSize * (to - from - 6) / Math.Max(1, Pen.Measure(phase.Label, PhaseSize));
            if (fitted >= LeastPhaseSize) size = Math.Min(size, fitted);
        }
        for (int i = 0; i < run.Phases.Length; i++)
        {
            var phase = run.Phases[i];
            var (from, to) = Reach(phase);
            if (i % 2 == 0) pen.Fill(Palette.Shade, from, Top - 24, to - from, bottom - Top + 24);
            var lines = Pen.Lines(phase.Label, size, to - from - 6);
            // A last phase may write on past its end: nothing stands in the margin at that height.
            if (lines.Exists(l => Pen.Measure(l, size) > to - from - 2))
            {
                if (i == run.Phases.Length - 1) pen.Text(phase.Label, Math.Min(from + 4, Width - 6 - Pen.Measure(phase.Label, size)), Top - 8, size, Palette.Soft);
                continue;
            }
            for (int k = 0; k < lines.Count; k++) pen.Text(lines[k], (from + to) / 2, Top - (lines.Count == 1 ? 9 : 14) + (k * 10), size, Palette.Soft, Pen.Align.Center);
        }
    }

    // Where a phase begins, its band says what happens.
    private void DrawEvents(Pen pen, Func<double, float> X, float bottom)
    {
        var events = run.Events.Where(e => e.Time > run.Start).ToList();
        double near = 1e-6 * (run.End - run.Start);
        float free = 0;
        foreach (var e in events)
        {
            float x = X(e.Time);
            if (x < Left) continue;
            pen.Line(events.Count > MostLabels ? Palette.Grid : Palette.Soft.WithAlpha(0x90), x, Top - 4, x, bottom, 0.7f);
            if (events.Count > MostLabels || run.Phases.Any(p => p.Label.Length > 0 && Math.Abs(p.Start - e.Time) <= near)) continue;
            var label = $"{e.Name} at {e.Time:g4}{(run.TimeUnit is "1" or "" ? "" : " " + run.TimeUnit)}";
            float width = Pen.Measure(label, 9.5f), start = Math.Clamp(x - (width / 2), Left, this.Width - width - 8);
            if (start < free) continue;
            pen.Text(label, start, Top - 32, 9.5f, Palette.Ink);
            free = start + width + 10;
        }
    }

    private void DrawPanel(Pen pen, PanelRecord panel, ImmutableArray<int> colors, Func<double, float> X, float top)
    {
        var curves = panel.Curves.Select((c, i) => (Curve: c, Column: trajectory.Find(c.Column), Color: Palette.Series(colors[i]))).Where(c => c.Column is not null).ToList();
        // What lies before a logarithmic axis is not shown.
        var values = curves.SelectMany(c => c.Column!.Values.Where((_, i) => time.Place(trajectory.Times[i]) >= 0).Select(v => v * c.Curve.Factor)).Where(double.IsFinite).ToList();
        double floor = panel.IsLogarithmic && values.Count > 0 ? values.Max() / MostRatio : double.NegativeInfinity; // a value near 0 must not squeeze all others
        var scale = PlotScale.Around(values.Where(v => v >= floor), panel.IsLogarithmic, ticks: 4, level: Axis.Level);
        float bottom = top + PanelHeight, right = Width - Right;
        float Y(double v) => bottom - (float)(scale.Place(v) * PanelHeight);
        float widest = 0;
        foreach (var (tick, label) in scale.Ticks())
        {
            pen.Line(Palette.Grid, Left, Y(tick), right, Y(tick));
            pen.Text(label, Left - 7, Y(tick) + 4, 10.5f, Palette.Soft, Pen.Align.Right);
            widest = Math.Max(widest, Pen.Measure(label, 10.5f));
        }
        pen.Line(Palette.Ink, Left, top, Left, bottom);
        pen.Line(Palette.Ink, Left, bottom, right, bottom);
        foreach (var (tick, _) in time.Ticks()) pen.Line(Palette.Ink, X(tick), bottom, X(tick), bottom + 4);
        DrawTitle(pen, panel, (top + bottom) / 2, Left - 10 - widest);

        pen.Clip(new SKRect(Left, top - 2, right + 2, bottom + 2), () =>
        {
            foreach (var (curve, column, color) in curves)
            {
                var points = Points(column!.Values, curve.Factor, X, Y);
                if (curve.IsSampled) points.RemoveAll(p => !float.IsFinite(p.Y));
                pen.Polyline(color, points);
                if (!curve.IsSampled || points.Count > MostDots) continue;
                foreach (var point in points) pen.Spot(color, point.X, point.Y, 2.4f);
            }
        });
        DrawLabels(pen, curves.Select(c => (c.Curve.Label, c.Color, Y: c.Column!.Values.Select(v => Y(v * c.Curve.Factor)).LastOrDefault(float.IsFinite, bottom))), right + 8, top, bottom);
    }

    // Label and unit, as far left of the ticks' labels as they have room.
    private static void DrawTitle(Pen pen, PanelRecord panel, float middle, float room)
    {
        const float height = PanelHeight + Gap - 6;
        var lines = Pen.Lines(panel.Label, 10.5f, height);
        var unit = (panel.Unit is not ("1" or ""), panel.IsLogarithmic) switch { (true, true) => $"({panel.Unit}), logarithmic", (true, false) => $"({panel.Unit})", (false, true) => "logarithmic", _ => "" };
        if (Pen.Measure(unit, 9.5f) > height) unit = unit.Replace("logarithmic", "log", StringComparison.Ordinal);
        float x = Math.Min(lines.Count == 1 ? 18 : 13, room - ((lines.Count - 1) * 12) - (unit.Length > 0 ? 13 : 0) - 2);
        if (unit.Length == 0 && lines.Count == 1) x = Math.Min(26, room - 2);
        foreach (var line in lines)
        {
            pen.TextUp(Pen.Fitted(line, 10.5f, height), x, middle, 10.5f);
            x += 12;
        }
        if (unit.Length > 0) pen.TextUp(Pen.Fitted(unit, 9.5f, height), x + 1, middle, 9.5f, Palette.Soft);
    }

    // Points that lie on their neighbours are left out.
    private List<SKPoint> Points(ImmutableArray<double> values, double factor, Func<double, float> X, Func<double, float> Y)
    {
        var points = new List<SKPoint>(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            var point = new SKPoint(X(trajectory.Times[i]), Y(values[i] * factor));
            if (points.Count > 0 && i < values.Length - 1 && Math.Abs(point.X - points[^1].X) < Apart && Math.Abs(point.Y - points[^1].Y) < Apart) continue;
            points.Add(point);
        }
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
        var texts = Pen.FittedApart([.. ordered.Select(l => l.Label)], 11, Right - 14, isBold: true);
        for (int i = 0; i < places.Length; i++) pen.Text(texts[i], x, places[i], 11, ordered[i].Color, isBold: true);
    }
}
