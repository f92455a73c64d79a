using System.Collections.Immutable;
using Protonmotive.Fitting.Problems;
using Protonmotive.Kernels;
using Protonmotive.Sensitivities;

namespace Protonmotive.Fitting.Training;

/// <summary>
/// The negative logarithm of a fit problem's posterior with its gradient by the discrete adjoint: what it costs does not grow with the number of parameters,
/// as it does for <see cref="FitObjective"/>. For the weights of learned laws.
/// </summary>
/// <remarks>
/// Experiments and segments are solved side by side and added in their order, so the result does not depend on threads. The Gauss-Newton matrix comes from forward
/// sensitivities (<see cref="FitObjective"/>) of whole courses: for up to some hundred weights <see cref="Optimisers.TrustRegion"/> ends a training in far fewer iterations. With <see cref="Shooting"/> and free starts, the starts of segments
/// follow the problem's parameters, each in units of the largest start of its state.
/// </remarks>
public sealed class TrajectoryObjective : IObjective
{
    private readonly Kernel kernel;
    private readonly ExperimentPlan[] plans;
    private readonly string[] direct; // the system's parameter that each estimated one is, or ""
    private readonly TrajectoryView view;
    private readonly Segment[] segments;
    private readonly SegmentStarts? starts;
    private readonly Lazy<FitObjective> forward;

    /// <summary>Compiles a problem, and looks at all of it.</summary>
    /// <exception cref="FitException">A name in the problem is none of the system's, a measured value can't be used, or something was measured at rest.</exception>
    public TrajectoryObjective(FitProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Problem = problem;
        kernel = Kernel.Compile(problem.System);
        var observables = problem.System.Observables.Select((o, i) => (o.Name, i)).ToDictionary(o => o.Name, o => o.i, StringComparer.Ordinal);
        plans = [.. problem.Experiments.Select(e => new ExperimentPlan(problem, e, observables))];
        if (plans.FirstOrDefault(p => p.HasRest || p.RestIndex >= 0) is { } resting) throw new FitException("Trajectories are trained from a given start over given times, not at rest.", $"Experiment '{resting.Experiment.Name}'.",
            "Start from the state at rest, and measure at a late time in place of inf.");
        var names = problem.System.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        direct = [.. problem.Parameters.Select(p => names.Contains(p.Name) ? p.Name : "")];
        view = new TrajectoryView();
        Parameters = problem.Parameters;
        segments = Cut(null);
        forward = new(() => new FitObjective(problem));
    }

    private TrajectoryObjective(TrajectoryObjective whole, TrajectoryView view, Shooting? shooting, ReadOnlySpan<double> at, CancellationToken cancellation)
    {
        (Problem, kernel, plans, direct, this.view, Parameters) = (whole.Problem, whole.kernel, whole.plans, whole.direct, view, whole.Problem.Parameters);
        segments = Cut(shooting);
        forward = new(() => new FitObjective(Problem with { Experiments = [.. Problem.Experiments.Where(e => view.Experiments?.Contains(e.Name) ?? true).Select(e => e with { Measurements = [.. e.Measurements.Where(m => m.Time <= view.Horizon)] }).Where(e => e.Measurements.Length > 0)] }));
        if (segments.Length == 0) throw new FitException("Nothing was measured in the part that is asked for.", FormattableString.Invariant($"horizon {view.Horizon:g6}"), "Look further, or at other experiments.");
        if (shooting is null) return;
        double[] weights = at.ToArray();
        starts = SegmentStarts.Of(shooting, segments, kernel, (segment, times) => States(segment, weights, times, cancellation));
        if (shooting.HasFreeStarts) Parameters = [.. Problem.Parameters, .. starts.Parameters];
    }

    /// <summary>The problem.</summary>
    public FitProblem Problem { get; }

    /// <inheritdoc/>
    public ImmutableArray<EstimatedParameter> Parameters { get; }

    /// <summary>Starts of segments, where they are now, to follow the weights; empty without free ones.</summary>
    public IReadOnlyList<double> FreeStarts => starts is not null && Parameters.Length > Problem.Parameters.Length ? starts.Values : [];

    /// <summary>A part of the problem, compiled once for all.</summary>
    /// <param name="part">Which part.</param>
    /// <exception cref="FitException">Nothing was measured there.</exception>
    public TrajectoryObjective Of(TrajectoryView part) => new(this, part, null, [], default);

    /// <summary>A part of the problem in segments.</summary>
    /// <param name="part">Which part.</param>
    /// <param name="shooting">How it is cut.</param>
    /// <param name="at">Weights from whose solution the starts of what is not measured are taken, shape [parameters of the problem].</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="FitException">Nothing was measured there, the system has events or modes, or a start can't be had.</exception>
    public TrajectoryObjective Of(TrajectoryView part, Shooting shooting, ReadOnlySpan<double> at, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(shooting);
        if (!Problem.System.Events.IsEmpty || !Problem.System.Modes.IsEmpty) throw new FitException("A system with events or switches can't be cut into segments.", $"System '{Problem.System.Name}'.", "Leave multiple shooting out, and let the horizon grow.");
        if (shooting.TimesPerSegment < 1 || !(shooting.Gap > 0)) throw new FitException("Segments need at least one time, and a gap above 0.", "multiple shooting", "Give TimesPerSegment ≥ 1 and Gap > 0.");
        return new(this, part, shooting, at, cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="FitException">A Gauss-Newton matrix of segments is asked for.</exception>
    public ObjectiveValue Evaluate(ReadOnlySpan<double> x, ObjectiveParts parts, CancellationToken cancellation = default)
    {
        if (parts == ObjectiveParts.GaussNewton)
        {
            if (starts is not null) throw new FitException("Segments have gradients, but no Gauss-Newton matrix.", "trajectory objective", "Use Adam or LimitedMemory in stages with multiple shooting.");
            return forward.Value.Evaluate(x, parts, cancellation);
        }
        double value = 0;
        var gradient = parts == ObjectiveParts.Gradient ? new double[Parameters.Length] : null;
        for (int j = 0; j < Problem.Priors.Length; j++)
        {
            if (Problem.Priors[j] is not { } prior) continue;
            var (v, slope, _) = prior.Evaluate(x[j], Parameters[j].Scale);
            if (!double.IsFinite(v)) return ObjectiveValue.Infinite($"'{Parameters[j].Name}' has no prior probability.");
            value += v;
            if (gradient is not null) gradient[j] += slope;
        }
        double[] at = x.ToArray();
        foreach (var part in Each(segment => new SegmentRun(this, segment, at).Evaluate(parts, cancellation), cancellation))
        {
            if (part.Failure is { } failure) return ObjectiveValue.Infinite(failure);
            value += part.Value;
            if (gradient is not null) foreach (var (j, slope) in part.Gradient) gradient[j] += slope;
        }
        return gradient is not null && !gradient.All(double.IsFinite) ? ObjectiveValue.Infinite("The gradient is not finite.") : new ObjectiveValue(value, gradient);
    }

    /// <summary>How well the measurements are met, without priors and penalties.</summary>
    /// <param name="x">Where; of the starts of segments only as many as there are.</param>
    /// <param name="cancellation">Ends it early.</param>
    public TrajectoryMeasure Measure(ReadOnlySpan<double> x, CancellationToken cancellation = default)
    {
        double[] at = x.ToArray();
        double sum = 0, squares = 0;
        int count = segments.Sum(s => s.Measurements.Length);
        foreach (var part in Each(segment => new SegmentRun(this, segment, at).Evaluate(ObjectiveParts.Value, cancellation), cancellation))
        {
            if (part.Failure is { } failure) return new TrajectoryMeasure(double.PositiveInfinity, double.PositiveInfinity, count, failure);
            (sum, squares) = (sum + part.Value - part.Penalty, squares + part.Squares);
        }
        return new TrajectoryMeasure(sum / count, squares / count, count);
    }

    internal Kernel Kernel => kernel;

    internal SegmentStarts? Starts => starts;

    /// <summary>The start of an experiment, with the names that were given and the estimated parameters they come from.</summary>
    internal (TangentStart Start, Dictionary<string, int> Sources) Start(ExperimentPlan plan, double[] x)
    {
        var overrides = new Dictionary<string, double>(Problem.Fixed, StringComparer.Ordinal);
        var sources = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int j = 0; j < direct.Length; j++) if (direct[j].Length > 0) Set(direct[j], j);
        foreach (var assignment in plan.Experiment.Condition.Assignments)
        {
            if (assignment.Source >= 0) Set(assignment.Target, assignment.Source);
            else (overrides[assignment.Target], _) = (assignment.Value, sources.Remove(assignment.Target));
        }
        return (TangentStart.Of(kernel, overrides, [], Problem.StartTime), sources);

        void Set(string name, int j)
        {
            overrides[name] = Scales.ToLinear(x[j], Problem.Parameters[j].Scale);
            sources[name] = j;
        }
    }

    internal SensitivityOptions Options() => new() { Method = Problem.Method, Tolerance = Problem.Tolerance, MaximumSteps = Problem.MaximumSteps };

    private double[][] States(Segment first, double[] x, double[] times, CancellationToken cancellation)
    {
        var (start, _) = Start(first.Plan, x);
        var solution = ForwardSensitivities.Solve(start, Problem.StartTime, times[^1], times, Options(), cancellation);
        return [.. times.Select((_, row) => solution.State(row).ToArray())];
    }

    private Segment[] Cut(Shooting? shooting) =>
        [.. plans.Where(p => view.Experiments?.Contains(p.Experiment.Name) ?? true).SelectMany(p => Segment.Of(p, Problem.StartTime, view.Horizon, shooting?.TimesPerSegment ?? int.MaxValue / 2))];

    private SegmentValue[] Each(Func<Segment, SegmentValue> evaluate, CancellationToken cancellation)
    {
        var values = new SegmentValue[segments.Length];
        WorkQueue.Run(Enumerable.Range(0, segments.Length), view.Workers, (k, token) =>
        {
            token.ThrowIfCancellationRequested();
            values[k] = evaluate(segments[k]);
        }, cancellation);
        return values;
    }
}
