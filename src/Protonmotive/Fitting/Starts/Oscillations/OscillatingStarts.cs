using Protonmotive.Fitting.Problems;
using Protonmotive.Solvers;

namespace Protonmotive.Fitting.Starts.Oscillations;

/// <summary>
/// Starts that oscillate as the data do. Points within the bounds are drawn until some have an unstable state of rest and oscillate; a search over
/// values then brings their courses to the shape of the data, whatever their phase and nearly whatever their period; in the end period, phase and
/// initial state are those of the data.
/// </summary>
/// <remarks>
/// For oscillators the likelihood is no guide from afar: a wrong period is worse than none, and of points within wide bounds hardly one oscillates.
/// A linear solve or two tell whether one does (the eigenvalues at its state of rest), and a simulation serves for all phases and periods at once.
/// </remarks>
public sealed class OscillatingStarts : IStartSource
{
    // Freely at first; at the end as the problem has it.
    private static readonly Stage[] stages =
    [
        new(250, 0.3, 2, new MatchLimits(1.5, 0.04, 60, 1)),
        new(750, 0.05, 1, new MatchLimits(1.5, 0.04, 60, 3)),
        new(1500, 0.05, 1, new MatchLimits(1.2, 0.02, 300, 10)),
        new(1500, 0.05, 1, new MatchLimits(1.1, 0.02, 1000, 30)),
    ];

    private static readonly MatchLimits closest = new(1.1, 0.004, 1000, 30);

    private readonly FitObjective objective;
    private readonly MultiStartOptions options;
    private readonly OscillationOptions search;
    private readonly StartPoints others;
    private readonly FreeStart? free;
    private readonly CourseRecorder recorder;
    private readonly CourseMatcher matcher;
    private readonly int[] moving;
    private readonly double[] lower, upper;

    /// <summary>Starts for a problem.</summary>
    /// <param name="objective">Its objective.</param>
    /// <param name="options">Seed, and candidates of starts for which no oscillation is found.</param>
    /// <param name="search">How much is spent; null for the defaults.</param>
    /// <exception cref="FitException">An experiment has no time course, or a parameter no finite range to draw from.</exception>
    public OscillatingStarts(FitObjective objective, MultiStartOptions options, OscillationOptions? search = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(options);
        (this.objective, this.options, this.search) = (objective, options, search ?? new OscillationOptions());
        foreach (var plan in objective.Plans)
        {
            if (plan.Times.Length < 3 || plan.Times[^1] <= plan.Start)
                throw new FitException($"'{plan.Experiment.Name}' is measured at {plan.Times.Length} times, which show no oscillation.", "Experiments of the problem.", "Begin at drawn points instead.");
        }
        others = new StartPoints(objective, options);
        free = FreeStart.Of(objective);
        recorder = new CourseRecorder(objective, free);
        matcher = new CourseMatcher(objective, free);
        moving = [.. objective.Observed.Solved.Except(free?.Parameters ?? [])];
        lower = [.. moving.Select(j => Math.Max(objective.Parameters[j].Lower, double.MinValue))];
        upper = [.. moving.Select(j => Math.Min(objective.Parameters[j].Upper, double.MaxValue))];
    }

    /// <inheritdoc/>
    public StartPoint Best(int index, int attempt, CancellationToken cancellation)
    {
        if (options.NominalFirst && index == 0 && attempt == 0) return others.Best(index, attempt, cancellation);
        var random = new RandomStream(options.Seed, ((ulong)attempt << 32) | (uint)index);
        int evaluations = 0;
        var found = Oscillators(random, ref evaluations, cancellation);
        if (found.Count == 0)
        {
            var drawn = others.Best(index, attempt, cancellation);
            return new StartPoint(drawn.Point, drawn.Evaluations + evaluations, IsSubstitute: true);
        }
        int simulations = 0;
        foreach (var stage in stages)
        {
            found = [.. found.Select(c => Searched(c, stage, random, ref simulations, cancellation)).OrderBy(c => c.Value).Take(stage.Keep)];
        }
        var (refined, _) = objective.EvaluateRefined(Finished(found[0].X, cancellation), ObjectiveParts.Value, cancellation);
        return new StartPoint(refined, evaluations + simulations + 1);
    }

    // Points whose course oscillates.
    private List<Candidate> Oscillators(RandomStream random, ref int evaluations, CancellationToken cancellation)
    {
        var found = new List<Candidate>();
        for (int k = 0; k < search.Draws && found.Count < search.Oscillators; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] x = [.. objective.Parameters.Select(p => p.StartBounds.Lower + (random.Uniform() * (p.StartBounds.Upper - p.StartBounds.Lower)))];
            if (!recorder.IsUnstable(x, cancellation)) continue;
            x = Shown(x, ref evaluations, cancellation);
            double value = Value(x, stages[0].Limits, cancellation);
            if (double.IsFinite(value)) found.Add(new Candidate(x, value));
        }
        return found;
    }

    // Scales and offsets at which the course shows: an offset far above what varies hides it.
    private double[] Shown(double[] x, ref int evaluations, CancellationToken cancellation)
    {
        double most = Variation(x);
        evaluations++;
        if (double.IsNaN(most)) return x;
        foreach (int j in objective.Observed.Indices)
        {
            var (low, high) = objective.Parameters[j].StartBounds;
            foreach (double at in (double[])[low, (low + high) / 2, high])
            {
                double[] trial = [.. x];
                trial[j] = at;
                double variation = Variation(trial);
                evaluations++;
                if (variation > most) (x, most) = (trial, variation);
            }
        }
        return x;

        double Variation(double[] at) => recorder.Record(at, 1, cancellation) is { } courses ? matcher.Variation(courses) : double.NaN;
    }

    private Candidate Searched(Candidate from, Stage stage, RandomStream random, ref int evaluations, CancellationToken cancellation)
    {
        int simulations = 0;
        double At(double[] inner)
        {
            simulations++;
            return Value(Whole(from.X, inner), stage.Limits, cancellation);
        }
        double[] start = [.. moving.Select(j => from.X[j])];
        var (best, value) = ElitistSearch.Minimise(At, start, At(start), stage.Deviation, (int)(stage.Evaluations * search.Effort), lower, upper, random);
        evaluations += simulations;
        return new Candidate(Whole(from.X, best), value);
    }

    private double Value(double[] x, MatchLimits limits, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return recorder.Record(x, limits.LargestStretch, cancellation) is { } courses ? matcher.Best(courses, free?.At(objective, x), limits).Value : double.PositiveInfinity;
    }

    // Period, phase and initial state those of the data.
    private double[] Finished(double[] x, CancellationToken cancellation)
    {
        if (recorder.Record(x, closest.LargestStretch, cancellation) is not { } courses) return x;
        var start = free?.At(objective, x);
        var match = matcher.Best(courses, start, closest);
        double[] direction = TimeScaling.Direction(objective, x, moving, courses[0]), finished = [.. x];
        for (int j = 0; j < moving.Length; j++) finished[moving[j]] = Math.Clamp(x[moving[j]] + (Math.Log(match.Stretch) * direction[j]), lower[j], upper[j]);
        start?.Set(finished, courses[0].States[match.Row]);
        return finished;
    }

    private double[] Whole(double[] x, double[] inner)
    {
        double[] whole = [.. x];
        for (int j = 0; j < moving.Length; j++) whole[moving[j]] = inner[j];
        return whole;
    }

    private sealed record Candidate(double[] X, double Value);

    private sealed record Stage(int Evaluations, double Deviation, int Keep, MatchLimits Limits);
}
