using System.Collections.Immutable;

namespace Protonmotive.Solvers.Ensembles;

/// <summary>Reduces an ensemble to mean, variance, least, most and quantiles of every output at every time, on any number of threads the same.</summary>
public sealed class EnsembleStatistics : IEnsembleFold<EnsembleSummary>
{
    private readonly bool withQuantiles;

    private EnsembleStatistics(bool withQuantiles) => this.withQuantiles = withQuantiles;

    /// <summary>Moments alone: 40 bytes an output and time.</summary>
    public static EnsembleStatistics Moments { get; } = new(false);

    /// <summary>Moments and quantiles: at most about 7 kB an output and time.</summary>
    public static EnsembleStatistics WithQuantiles { get; } = new(true);

    /// <inheritdoc/>
    public EnsembleSummary Begin(ImmutableArray<double> times, ImmutableArray<string> outputs) => new(times, outputs, withQuantiles);

    /// <inheritdoc/>
    public EnsembleSummary Add(EnsembleSummary state, in EnsembleMember member)
    {
        state.Add(member.Rows, member.Failure is not null);
        return state;
    }

    /// <inheritdoc/>
    public EnsembleSummary Merge(EnsembleSummary earlier, EnsembleSummary later)
    {
        earlier.Add(later);
        return earlier;
    }
}
