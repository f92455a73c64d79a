using Protonmotive.Fitting.Problems;

namespace Protonmotive.Fitting.Training;

/// <summary>A part of an experiment that is solved at once.</summary>
/// <param name="Plan">The experiment.</param>
/// <param name="Index">Which part of it; 0 for its beginning.</param>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends: the last time that counts.</param>
/// <param name="Times">Times of measurements in it, ascending.</param>
/// <param name="Measurements">Indices of the measurements that count in it, with the row of each; −1 at rest.</param>
/// <param name="IsLast">Whether the experiment ends with it.</param>
internal sealed record Segment(ExperimentPlan Plan, int Index, double From, double To, double[] Times, (int Measurement, int Row)[] Measurements, bool IsLast)
{
    /// <summary>The parts of an experiment up to a horizon; none where nothing was measured until then.</summary>
    public static IEnumerable<Segment> Of(ExperimentPlan plan, double startTime, double horizon, int timesPerSegment)
    {
        double[] times = [.. plan.Times.Where(t => t <= horizon)];
        if (times.Length == 0) yield break;
        var cuts = new List<double> { startTime };
        int first = Array.FindIndex(times, t => t > startTime);
        if (first >= 0) for (int k = first + timesPerSegment - 1; k < times.Length - 1; k += timesPerSegment) cuts.Add(times[k]);
        cuts.Add(times[^1]);
        for (int s = 0; s + 1 < cuts.Count; s++)
        {
            // What was measured where two parts meet belongs to the first, whose end it is.
            double from = cuts[s], to = cuts[s + 1];
            double[] inside = [.. times.Where(t => (s == 0 ? t >= from : t > from) && t <= to)];
            var measured = Enumerable.Range(0, plan.RowOf.Length).Select(m => (m, Array.BinarySearch(inside, plan.Experiment.Measurements[m].Time))).Where(m => m.Item2 >= 0);
            yield return new Segment(plan, s, from, to, inside, [.. measured], s + 2 == cuts.Count);
        }
    }
}
