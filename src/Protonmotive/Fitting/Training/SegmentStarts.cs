using System.Collections.Immutable;
using Protonmotive.Kernels;

namespace Protonmotive.Fitting.Training;

/// <summary>The starts of segments after the first of each experiment, in units of the largest start of each state.</summary>
internal sealed class SegmentStarts
{
    private readonly Shooting shooting;
    private readonly Dictionary<(string Experiment, int Segment), int> places = [];
    private readonly double[] sizes;
    private readonly int n;

    private SegmentStarts(Shooting shooting, double[] sizes, List<(Segment Segment, double[] State)> starts, Kernel kernel)
    {
        (this.shooting, this.sizes, n) = (shooting, sizes, sizes.Length);
        var parameters = ImmutableArray.CreateBuilder<EstimatedParameter>();
        var values = new List<double>();
        foreach (var (segment, state) in starts)
        {
            places.Add((segment.Plan.Experiment.Name, segment.Index), values.Count);
            for (int i = 0; i < n; i++)
            {
                values.Add(state[i] / sizes[i]);
                parameters.Add(new EstimatedParameter($"{kernel.System.States[i].Name} in {segment.Plan.Experiment.Name} from {FormattableString.Invariant($"{segment.From:g6}")}", ParameterScale.Linear, double.NegativeInfinity, double.PositiveInfinity, state[i] / sizes[i]));
            }
        }
        (Parameters, Values) = (parameters.ToImmutable(), [.. values]);
    }

    /// <summary>One number for each state of each start.</summary>
    public ImmutableArray<EstimatedParameter> Parameters { get; }

    /// <summary>Where they begin.</summary>
    public double[] Values { get; }

    /// <summary>Starts at what was measured, and at a solution for the rest.</summary>
    /// <exception cref="FitException">A state or observable is unknown, or the solution fails and not all is measured.</exception>
    public static SegmentStarts Of(Shooting shooting, IReadOnlyList<Segment> segments, Kernel kernel, Func<Segment, double[], double[][]> solve)
    {
        int n = kernel.StateCount;
        var measured = kernel.System.States.Select(s => shooting.Measured.GetValueOrDefault(s.Name)).ToArray();
        if (shooting.Measured.Keys.FirstOrDefault(s => kernel.System.States.All(k => k.Name != s)) is { } stranger) throw new FitException($"'{stranger}' is no state.", "multiple shooting", $"The states are {string.Join(", ", kernel.System.States.Take(20).Select(s => s.Name))}.");
        var starts = new List<(Segment, double[])>();
        foreach (var experiment in segments.GroupBy(s => s.Plan))
        {
            Segment[] later = [.. experiment.Where(s => s.Index > 0)];
            if (later.Length == 0) continue;
            double[][]? course = null;
            foreach (var (segment, k) in later.Select((s, k) => (s, k)))
            {
                var state = new double[n];
                for (int i = 0; i < n; i++)
                {
                    var values = measured[i] is { } observable ? segment.Plan.Experiment.Measurements.Where(m => m.Observable == observable && m.Time == segment.From).Select(m => m.Value).ToList() : [];
                    state[i] = values.Count > 0 ? values.Average() : (course ??= Solve(experiment.First(), later))[k][i];
                }
                starts.Add((segment, state));
            }
        }
        double[] sizes = [.. Enumerable.Range(0, n).Select(i => starts.Select(s => Math.Abs(s.Item2[i])).DefaultIfEmpty(1).Max() is > 0 and var most ? most : 1)];
        return new SegmentStarts(shooting, sizes, starts, kernel);

        double[][] Solve(Segment first, Segment[] later)
        {
            try
            {
                return solve(first, [.. later.Select(s => s.From)]);
            }
            catch (ProtonmotiveException e)
            {
                throw new FitException($"Segments can't start where the solution fails: {e.What} {e.Where}", $"Experiment '{first.Plan.Experiment.Name}'.", "Name the observables that measure the states (Shooting.Measured), or let the horizon grow first.", e);
            }
        }
    }

    /// <summary>Where the start of a segment stands among the values.</summary>
    public int Place(Segment segment) => places[(segment.Plan.Experiment.Name, segment.Index)];

    /// <summary>Reads a start.</summary>
    public void Read(double[] x, int offset, int place, double[] state)
    {
        for (int i = 0; i < n; i++) state[i] = Value(x, offset, place + i) * sizes[i];
    }

    /// <summary>Adds the slopes by a segment's own start.</summary>
    public void AddSlopes(TrajectoryObjective objective, int place, double[] byState, List<(int, double)> slopes)
    {
        if (!shooting.HasFreeStarts) return;
        for (int i = 0; i < n; i++) slopes.Add((objective.Problem.Parameters.Length + place + i, byState[i] * sizes[i]));
    }

    /// <summary>½ Σ (gap/allowed)² between an end and the start of the next segment, with its slopes.</summary>
    public double Gap(TrajectoryObjective objective, double[] x, int next, ReadOnlySpan<double> end, double[]? byEnd, List<(int, double)> slopes)
    {
        int offset = objective.Problem.Parameters.Length;
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            double gap = ((end[i] / sizes[i]) - Value(x, offset, next + i)) / shooting.Gap;
            sum += gap * gap / 2;
            if (byEnd is null) continue;
            byEnd[i] += gap / (shooting.Gap * sizes[i]);
            if (shooting.HasFreeStarts) slopes.Add((offset + next + i, -gap / shooting.Gap));
        }
        return sum;
    }

    private double Value(double[] x, int offset, int k) => shooting.HasFreeStarts ? x[offset + k] : Values[k];
}
