using System.Diagnostics;
using Protonmotive.Solvers;

namespace Protonmotive.Fitting.Sampling;

/// <summary>Samples exp(−objective) within the bounds with the No-U-Turn sampler: several chains over the cores, each saved as it goes.</summary>
public static class NoUTurnSampler
{
    /// <summary>Samples, or goes on with it.</summary>
    /// <param name="objective">Negative logarithm of the posterior on the scales of estimation; within finite bounds it counts as it is (an even prior where it holds none).</param>
    /// <param name="starts">Points from which chains begin, in turn, each of shape [n].</param>
    /// <param name="options">How.</param>
    /// <param name="files">Where chains are saved; null to keep none.</param>
    /// <param name="progress">Told how far it is; from any thread.</param>
    /// <param name="cancellation">Stops it; what is done is saved.</param>
    /// <exception cref="FitException">No start, options of no use, or the objective is infinite at a start.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static PosteriorSample Run(IObjective objective, IReadOnlyList<double[]> starts, SamplerOptions? options = null, SavedFiles? files = null, IProgress<SampleProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(starts);
        var o = options ?? new SamplerOptions();
        if (starts.Count == 0) throw new FitException("No chain has a place to begin.", "starts of the sampling", "Give at least one point, e.g. the result of a fit.");
        o.Check();
        var chains = new ChainState?[o.Chains];
        for (int k = 0; k < o.Chains; k++) chains[k] = files?.Read(FileName(k), SavedJson.Default.ChainState);
        long total = (long)o.Chains * (o.Warmup + o.Draws), before = chains.Sum(c => (long)(c?.Iteration ?? 0)), done = before;
        int divergent = chains.Sum(c => c?.Divergent.Count ?? 0);
        var watch = Stopwatch.StartNew();
        WorkQueue.Run(Enumerable.Range(0, o.Chains).Where(k => chains[k] is not { } c || c.Iteration < o.Warmup + o.Draws), o.Workers, (k, token) =>
        {
            var mine = Stopwatch.StartNew();
            var chain = new Chain(new UnboundedDensity(objective), o);
            var state = chains[k] ??= chain.Begin(k, starts[k % starts.Count], token);
            double saved = 0, spent = state.Seconds;
            try
            {
                while (state.Iteration < o.Warmup + o.Draws)
                {
                    int had = state.Divergent.Count;
                    chain.Advance(state, token);
                    state.Seconds = spent + mine.Elapsed.TotalSeconds;
                    Interlocked.Increment(ref done);
                    Interlocked.Add(ref divergent, state.Divergent.Count - had);
                    progress?.Report(new SampleProgress(Interlocked.Read(ref done), before, total, divergent, watch.Elapsed));
                    if (mine.Elapsed.TotalSeconds - saved < o.SaveInterval) continue;
                    files?.Write(FileName(k), state, SavedJson.Default.ChainState);
                    saved = mine.Elapsed.TotalSeconds;
                }
            }
            finally
            {
                files?.Write(FileName(k), state, SavedJson.Default.ChainState);
            }
        }, cancellation);
        return new PosteriorSample(objective.Parameters, [.. chains.OfType<ChainState>()]);
    }

    private static string FileName(int chain) => Path.Combine("chains", FormattableString.Invariant($"{chain:00}.json"));
}
