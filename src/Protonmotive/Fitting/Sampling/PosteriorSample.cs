using System.Collections.Immutable;

namespace Protonmotive.Fitting.Sampling;

/// <summary>Draws of several chains.</summary>
/// <param name="Parameters">What was sampled.</param>
/// <param name="Chains">The chains, in their order.</param>
public sealed record PosteriorSample(ImmutableArray<EstimatedParameter> Parameters, ImmutableArray<ChainState> Chains)
{
    /// <summary>Draws whose trajectory diverged: where there are any, a region may have been missed.</summary>
    public int Divergent => Chains.Sum(c => c.Divergent.Count);

    /// <summary>All draws, chain by chain.</summary>
    public IEnumerable<double[]> Draws => Chains.SelectMany(c => c.Draws);

    /// <summary>A parameter's draws, by chain.</summary>
    public double[][] Of(int index) => [.. Chains.Select(c => c.Draws.Select(d => d[index]).ToArray())];

    /// <summary>Mean, quantiles, R̂ and effective sample sizes of a parameter.</summary>
    public DrawSummary Summary(int index) => DrawSummary.Of(Of(index));
}
