namespace Protonmotive.Fitting.Sampling;

/// <summary>How far sampling is.</summary>
/// <param name="Iterations">Iterations done in all chains, with warm-up.</param>
/// <param name="Before">Those of them done by an earlier run.</param>
/// <param name="Total">Iterations in all.</param>
/// <param name="Divergent">Draws whose trajectory diverged.</param>
/// <param name="Elapsed">Time since this run began.</param>
public readonly record struct SampleProgress(long Iterations, long Before, long Total, int Divergent, TimeSpan Elapsed)
{
    /// <summary>Time left at the rate so far; null at the beginning.</summary>
    public TimeSpan? Left => Iterations > Before ? Elapsed / (Iterations - Before) * (Total - Iterations) : null;
}
