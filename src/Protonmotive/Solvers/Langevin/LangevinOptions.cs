using Protonmotive.Solvers.Stochastic;

namespace Protonmotive.Solvers.Langevin;

/// <summary>What most runs of paths leave alone.</summary>
public sealed record LangevinOptions
{
    /// <summary>The defaults.</summary>
    public static LangevinOptions Default { get; } = new();

    /// <summary>Threads; 0 for one on each core. Results do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// Parts into which each step's noise is cut, each with a random number of its own: a run of n steps with k parts follows the noise of a run of n·k steps, so
    /// that the two differ by the step alone.
    /// </summary>
    public int NoiseParts { get; init; } = 1;

    /// <summary>Told after every block of paths.</summary>
    public IProgress<EnsembleProgress>? Progress { get; init; }

    /// <summary>Ends the run.</summary>
    public CancellationToken Cancellation { get; init; }
}
