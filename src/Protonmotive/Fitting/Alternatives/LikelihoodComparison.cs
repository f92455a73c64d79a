using System.Collections.Immutable;
using System.Diagnostics;
using Protonmotive.Fitting.Optimisers;
using Protonmotive.Fitting.Profiles;
using Protonmotive.Fitting.Starts;

namespace Protonmotive.Fitting.Alternatives;

/// <summary>
/// Compares explanations of the data by likelihood: in each, one parameter is free and all others that explain something stay at their
/// reference; parameters that explain nothing are free in all. Each is fitted, and its parameter profiled.
/// </summary>
/// <remarks>
/// All explanations free the same number of parameters, so their likelihoods compare without a penalty. They are not nested in each
/// other; see <see cref="Comparison"/> for what then holds of the threshold.
/// </remarks>
public static class LikelihoodComparison
{
    private const int MostRounds = 4;

    /// <summary>Compares explanations, or goes on with it.</summary>
    /// <param name="objective">A negative logarithm of a likelihood.</param>
    /// <param name="explanations">The explanations, each with its own parameter.</param>
    /// <param name="options">How.</param>
    /// <param name="files">Where states are saved; null to keep none.</param>
    /// <param name="progress">Told how far it is; from any thread.</param>
    /// <param name="cancellation">Stops it; what is done is saved.</param>
    /// <exception cref="FitException">Options of no use, there is no explanation, a parameter is there twice or has no reference value, or the objective is infinite wherever a fit starts.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Comparison Run(IObjective objective, ImmutableArray<Explanation> explanations, ComparisonOptions? options = null, SavedFiles? files = null, IProgress<ComparisonProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        options ??= new ComparisonOptions();
        options.Check();
        var parameters = objective.Parameters;
        Check(parameters, explanations);
        int[] shared = [.. Enumerable.Range(0, parameters.Length).Where(i => explanations.All(e => e.Index != i))];
        double[] nominal = [.. parameters.Select(p => double.IsFinite(p.Nominal) ? p.Nominal : (p.StartBounds.Lower + p.StartBounds.Upper) / 2)];
        var (reference, referenceValue) = Fit(new HeldObjective(objective, [.. shared], nominal), options, Part(files, "reference"), cancellation);
        var fits = new (Explanation Explanation, double[] X, ParameterProfile Profile, double Value)[explanations.Length];
        var watch = Stopwatch.StartNew();
        int finished = 0;
        void Report() => progress?.Report(new ComparisonProgress(finished, explanations.Length, watch.Elapsed, finished == 0 ? null : watch.Elapsed / finished * (explanations.Length - finished)));

        Report();
        WorkQueue.Run(Enumerable.Range(0, explanations.Length), options.Workers, (k, token) =>
        {
            fits[k] = Explain(objective, explanations[k], shared, reference, options, Part(files, FormattableString.Invariant($"{k:000}")), token);
            Interlocked.Increment(ref finished);
            Report();
        }, cancellation);
        return Comparison.Of(parameters, referenceValue, reference, fits, options);
    }

    // Where the profile finds a better point than the fit, both begin again there.
    private static (Explanation Explanation, double[] X, ParameterProfile Profile, double Value) Explain(IObjective objective, Explanation explanation, int[] shared, double[] reference, ComparisonOptions options, SavedFiles? files, CancellationToken cancellation)
    {
        ImmutableArray<int> free = [.. shared.Append(explanation.Index).Order()];
        int own = free.IndexOf(explanation.Index);
        double[] from = Scan(objective, explanation, reference, options, cancellation);
        for (int round = 1; ; round++)
        {
            var held = new HeldObjective(objective, free, from);
            var here = Part(files, FormattableString.Invariant($"round-{round}"));
            var (x, value) = Fit(held, options, here, cancellation);
            var profile = ProfileLikelihood.Run(held, [.. free.Select(i => x[i])], [own], options.Profiles(objective.Parameters.Length - shared.Length), null, here, null, cancellation)[0];
            if (profile.Better is not { } better || round == MostRounds) return (explanation, x, profile, value);
            from = held.Whole(better.X);
        }
    }

    // The best of the reference and of values over the whole range: the fit begins there, so it is never worse than the reference.
    private static double[] Scan(IObjective objective, Explanation explanation, double[] reference, ComparisonOptions options, CancellationToken cancellation)
    {
        var (lower, upper) = objective.Parameters[explanation.Index].StartBounds;
        if (!double.IsFinite(lower) || !double.IsFinite(upper)) return reference;
        var tried = Enumerable.Range(0, options.Scan).Select(i => lower + ((upper - lower) * (i + 0.5) / options.Scan)).Prepend(reference[explanation.Index]).Select(v =>
        {
            double[] x = [.. reference];
            x[explanation.Index] = v;
            return (X: x, objective.Evaluate(x, ObjectiveParts.Value, cancellation).Value);
        });
        return tried.MinBy(t => t.Value).X;
    }

    private static (double[] X, double Value) Fit(HeldObjective held, ComparisonOptions options, SavedFiles? files, CancellationToken cancellation)
    {
        if (held.Parameters.IsEmpty)
        {
            var at = held.Evaluate([], ObjectiveParts.Value, cancellation);
            if (!double.IsFinite(at.Value)) throw new FitException("The objective is infinite at the reference.", at.Failure ?? "reference", "Mend the model or its reference values.");
            return (held.Whole([]), at.Value);
        }
        var best = MultiStart.Run(held, new TrustRegion(), options.OfFit, files, null, cancellation).Best.State;
        if (!double.IsFinite(best.Value)) throw new FitException("The objective was infinite at every start.", best.Message, "Mend the model or its ranges, or give more starts.");
        return (held.Whole(best.X), best.Value);
    }

    private static SavedFiles? Part(SavedFiles? files, string name) => files is null ? null : SavedFiles.Open(Path.Combine(files.Folder, name), files.Identity);

    private static void Check(ImmutableArray<EstimatedParameter> parameters, ImmutableArray<Explanation> explanations)
    {
        if (explanations.IsDefaultOrEmpty) throw new FitException("There is nothing to compare.", "explanations", "Give at least one parameter that may differ from its reference.");
        foreach (var e in explanations)
        {
            if (e.Index < 0 || e.Index >= parameters.Length) throw new FitException($"There is no parameter {e.Index}.", $"explanation '{e.Label}'", $"Give an index below {parameters.Length}.");
            var p = parameters[e.Index];
            if (!(p.Nominal >= p.Lower && p.Nominal <= p.Upper)) throw new FitException(FormattableString.Invariant($"The reference {p.Nominal:g6} of '{p.Name}' is not within its bounds."), $"explanation '{e.Label}'", "Give bounds that hold its reference value.");
        }
        var twice = explanations.GroupBy(e => e.Index).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw new FitException($"'{parameters[twice.Key].Name}' is there twice.", $"explanation '{twice.Last().Label}'", "Keep one of both.");
    }
}
