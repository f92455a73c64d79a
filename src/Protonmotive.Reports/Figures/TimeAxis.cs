using Protonmotive.Reports.Runs;

namespace Protonmotive.Reports.Figures;

/// <summary>The time axis of a run: linear, or logarithmic where nearly all that happens happens at the start.</summary>
internal sealed class TimeAxis
{
    private const double Start = 0.05, StartAfterJump = 0.2, Jump = 1e-6, Hidden = 0.2, Nearly = 0.9, Change = 0.02, Onset = 0.03, Shortest = 1e-7;
    private const int FewestRows = 20;
    private readonly PlotScale? scale;
    private readonly Axis axis;
    private readonly string unit;

    private TimeAxis(double start, double end, double? first, string unit)
    {
        axis = Axis.Exactly(start, end > start ? end : start + 1, 8);
        scale = first is { } low ? PlotScale.Around([low, end], isLogarithmic: true, low, end, tight: true) : null;
        this.unit = unit;
    }

    /// <summary>Whether equal ratios have equal distances.</summary>
    public bool IsLogarithmic => scale is not null;

    /// <summary>Its title.</summary>
    public string Title => (unit is "1" or "" ? "time" : $"time ({unit})") + (IsLogarithmic ? ", logarithmic" : "");

    /// <summary>The axis of a run: logarithmic where it has one phase and, in every panel that changes, nine tenths of all change lie in the first twentieth of its time, or in the first fifth where some panel begins with a jump that the axis would hide.</summary>
    public static TimeAxis Of(RunRecord run, Trajectory trajectory) => new(run.Start, run.End, First(run, trajectory), run.TimeUnit);

    /// <summary>Where a time lies, 0 at the start, 1 at the end; below 0 for what is before a logarithmic axis.</summary>
    public double Place(double time) => scale is null ? axis.Place(time) : time > 0 ? Math.Max(scale.Place(time), -0.02) : -0.02;

    /// <summary>The ticks with their labels.</summary>
    public IEnumerable<(double Time, string Label)> Ticks()
    {
        var drawn = axis;
        return scale?.Ticks() ?? axis.Ticks().Select(t => (t, drawn.Label(t)));
    }

    // The time a logarithmic axis begins at: the decade in which a thirtieth of some panel's change has come; null for a linear axis.
    private static double? First(RunRecord run, Trajectory trajectory)
    {
        if (run.Start != 0 || !(run.End > 0) || run.Phases.Length > 1) return null;
        var times = trajectory.Times;
        var panels = new List<(PanelRecord Panel, double[] Way)>(); // of each that changes, the way its curves have gone by each time
        foreach (var panel in run.Panels)
        {
            var curves = panel.Curves.Select(c => (trajectory.Find(c.Column)?.Values, c.Factor)).Where(c => c.Values is not null).Select(c => c.Values!.Value.Select(v => v * c.Factor).ToArray()).ToList();
            var finite = curves.SelectMany(c => c).Where(double.IsFinite).ToList();
            if (finite.Count == 0 || finite.Count < curves.Sum(c => c.Length)) return null;
            if (curves.Max(c => c.Max() - c.Min()) <= Change * finite.Max(Math.Abs)) continue;
            var passed = new double[times.Length];
            for (int i = 1; i < passed.Length; i++) passed[i] = passed[i - 1] + curves.Sum(c => Math.Abs(c[i] - c[i - 1]));
            if (passed[^1] > 0) panels.Add((panel, passed));
        }
        if (panels.Count == 0) return null;
        double Passed(double[] panel, double time) => panel[Math.Max(0, times.Count(t => t <= time) - 1)] / panel[^1];
        double early = (panels.Exists(p => !p.Panel.IsLogarithmic && Passed(p.Way, Jump * run.End) >= Hidden) ? StartAfterJump : Start) * run.End;
        if (run.Events.Any(e => e.Time > early) || times.Count(t => t > 0 && t <= early) < FewestRows || panels.Exists(p => Passed(p.Way, early) < Nearly)) return null;
        double onset = panels.Min(p => times[Array.FindIndex(p.Way, v => v >= Onset * p.Way[^1])]);
        double first = Math.Max(Math.Pow(10, Math.Floor(Math.Log10(Math.Max(onset, Shortest * run.End)))), times.First(t => t > 0));
        return first < early ? first : null;
    }
}
