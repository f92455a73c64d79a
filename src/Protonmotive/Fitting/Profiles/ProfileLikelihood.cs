using System.Collections.Immutable;
using System.Diagnostics;
using Protonmotive.Fitting.Optimisers;

namespace Protonmotive.Fitting.Profiles;

/// <summary>Profile likelihoods of parameters about an optimum, over the cores; each branch is saved after each point.</summary>
/// <remarks>Raue et al. (2009), Bioinformatics 25, 1923-1929; Murphy and van der Vaart (2000), J. Am. Stat. Assoc. 95, 449-465.</remarks>
public static class ProfileLikelihood
{
    /// <summary>Computes profiles, or goes on with them.</summary>
    /// <param name="objective">The objective: a negative logarithm of a likelihood.</param>
    /// <param name="optimum">Where it is least, shape [n].</param>
    /// <param name="indices">Which parameters; null for all.</param>
    /// <param name="options">How.</param>
    /// <param name="optimiser">The local method; <see cref="TrustRegion"/> by default.</param>
    /// <param name="files">Where branches are saved; null to keep none.</param>
    /// <param name="progress">Told how far it is; from any thread.</param>
    /// <param name="cancellation">Stops it; what is done is saved.</param>
    /// <exception cref="FitException">The objective is infinite at the optimum, or options are of no use.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ImmutableArray<ParameterProfile> Run(IObjective objective, ReadOnlySpan<double> optimum, IReadOnlyList<int>? indices = null, ProfileOptions? options = null,
        Optimiser? optimiser = null, SavedFiles? files = null, IProgress<ProfileProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        options ??= new ProfileOptions();
        double[] x = [.. optimum];
        var at = objective.Evaluate(x, ObjectiveParts.GaussNewton, cancellation);
        if (!double.IsFinite(at.Value)) throw new FitException("The objective is infinite at the point to profile about.", at.Failure ?? "optimum", "Fit first, and profile about the best point.");
        var tracer = new BranchTracer(objective, optimiser ?? new TrustRegion(), options);
        var list = indices ?? [.. Enumerable.Range(0, x.Length)];
        var tasks = list.SelectMany(i => (int[])[-1, 1], (index, direction) => (Index: index, Direction: direction)).ToList();
        var branches = new ProfileBranch[tasks.Count];
        var watch = Stopwatch.StartNew();
        var gate = new Lock();
        int finished = 0, here = 0;
        long evaluations = 0;
        for (int k = 0; k < tasks.Count; k++)
        {
            var (index, direction) = tasks[k];
            branches[k] = files?.Read(FileName(index, direction), SavedJson.Default.ProfileBranch) ?? tracer.Begin(index, direction, new ProfilePoint(x[index], at.Value, x), at.GaussNewton);
            if (branches[k].End != BranchEnd.Open) finished++;
        }
        void Report()
        {
            if (progress is null) return;
            ProfileProgress now;
            lock (gate) now = new ProfileProgress(finished, tasks.Count, evaluations, watch.Elapsed, here == 0 ? null : watch.Elapsed / here * (tasks.Count - finished));
            progress.Report(now);
        }

        Report();
        WorkQueue.Run(Enumerable.Range(0, tasks.Count).Where(k => branches[k].End == BranchEnd.Open), options.Workers, (k, token) =>
        {
            while (branches[k].End == BranchEnd.Open)
            {
                var next = tracer.Advance(branches[k], token);
                lock (gate) evaluations += next.Evaluations - branches[k].Evaluations;
                branches[k] = next;
                files?.Write(FileName(tasks[k].Index, tasks[k].Direction), next, SavedJson.Default.ProfileBranch);
                Report();
            }
            lock (gate) (finished, here) = (finished + 1, here + 1);
            Report();
        }, cancellation);
        return [.. list.Select((index, k) => new ParameterProfile(index, objective.Parameters[index], branches[2 * k], branches[(2 * k) + 1], options.Threshold, options.Flat))];
    }

    private static string FileName(int index, int direction) => Path.Combine("profiles", FormattableString.Invariant($"{index:0000}-{(direction < 0 ? "down" : "up")}.json"));
}
