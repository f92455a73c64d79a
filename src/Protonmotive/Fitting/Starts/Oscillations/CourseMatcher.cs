using Protonmotive.Fitting.Problems;

namespace Protonmotive.Fitting.Starts.Oscillations;

/// <summary>
/// Lays recorded courses over the data: at every phase (where the start is free) and stretch of time, with the best linear scale and offset where
/// some of these are estimated. So a course of the right shape is recognised before its period and phase are right.
/// </summary>
internal sealed class CourseMatcher
{
    private const int RowsPerShift = 3;
    private const double LeastShare = 1e-3; // of the data's variance: no match counts as better

    private readonly Series[][] experiments;
    private readonly FreeStart? free;

    /// <summary>Sorts the data.</summary>
    /// <param name="objective">The problem's objective.</param>
    /// <param name="free">The free initial state; null where there is none.</param>
    public CourseMatcher(FitObjective objective, FreeStart? free)
    {
        this.free = free;
        experiments = new Series[objective.Plans.Count][];
        for (int e = 0; e < experiments.Length; e++)
        {
            var plan = objective.Plans[e];
            var targets = plan.ObservedTargets.Select(t => objective.Kernel.System.Parameters[t.Parameter].Name).ToHashSet(StringComparer.Ordinal);
            experiments[e] = [.. Enumerable.Range(0, plan.Simulated.Length).Where(m => plan.RowOf[m] >= 0).GroupBy(m => plan.Simulated[m])
                .Select(g => Series.Of(plan, g.Key, [.. g], objective.Kernel.System.Observables[g.Key].Value.Symbols().Any(targets.Contains)))];
        }
    }

    /// <summary>The best way to lay courses over the data.</summary>
    /// <param name="courses">One for each experiment, long enough for the largest stretch.</param>
    /// <param name="start">The free initial state there; null where there is none.</param>
    /// <param name="limits">How freely.</param>
    public CourseMatch Best(RecordedCourse[] courses, FreeStartAt? start, MatchLimits limits)
    {
        double[] costs = StartCosts(courses[0], start, limits.StartCost);
        var best = new CourseMatch(double.PositiveInfinity, 0, 1);
        int stretches = limits.StretchStep > 0 ? (int)Math.Ceiling(Math.Log(limits.LargestStretch) / limits.StretchStep) : 0;
        for (int k = -stretches; k <= stretches; k++)
        {
            double logarithm = k * limits.StretchStep, stretch = Math.Exp(logarithm), value = limits.StretchCost * logarithm * logarithm;
            if (free is null)
            {
                for (int e = 0; e < courses.Length; e++) foreach (var series in experiments[e]) value += series.Value(courses[e], 0, stretch, LeastShare);
                if (value < best.Value) best = new CourseMatch(value, 0, stretch);
                continue;
            }
            for (int shift = 0; shift < costs.Length; shift++)
            {
                double at = value + costs[shift];
                foreach (var series in experiments[0]) at += series.Value(courses[0], shift * RowsPerShift, stretch, LeastShare);
                if (at < best.Value) best = new CourseMatch(at, shift * RowsPerShift, stretch);
            }
        }
        return best;
    }

    /// <summary>How much the observables whose scale and offset are free vary.</summary>
    /// <param name="courses">One for each experiment.</param>
    public double Variation(RecordedCourse[] courses) => courses.Select((c, e) => experiments[e].Where(s => s.IsScaled).Sum(s => s.Variation(c))).Sum();

    // What it costs that a state can't be begun at, by shift.
    private static double[] StartCosts(RecordedCourse course, FreeStartAt? start, double weight)
    {
        if (start is null) return [0];
        var costs = new double[CourseRecorder.RowsPerSpan / RowsPerShift];
        for (int shift = 0; shift < costs.Length; shift++)
        {
            double[] state = course.States[shift * RowsPerShift];
            for (int i = 0; i < start.Slopes.Length; i++)
            {
                double excess = Math.Log(start.Excess(i, state[i]));
                if (excess > 0) costs[shift] += weight * ((10 * excess * excess) + (2 * excess));
            }
        }
        return costs;
    }
}
