namespace Protonmotive.Fitting.Optimisers;

/// <summary>State of <see cref="Hopping"/>.</summary>
public sealed record HoppingState : OptimiserState
{
    /// <summary>Hops begun: 0 while the method is at work from the start itself.</summary>
    public required int Hop { get; init; }

    /// <summary>State of the local method.</summary>
    public required OptimiserState Inner { get; init; }

    /// <summary>What earlier hops have used: evaluations, gradients, iterations.</summary>
    public long[] Before { get; init; } = [0, 0, 0];

    /// <summary>Seed of the displacements; each hop is a stream of its own.</summary>
    public required ulong Seed { get; init; }
}
