namespace Protonmotive.Fitting.Optimisers;

/// <summary>State of <see cref="TwoPhase"/>.</summary>
public sealed record TwoPhaseState : OptimiserState
{
    /// <summary>Whether the local method is at work.</summary>
    public required bool IsLocal { get; init; }

    /// <summary>State of the method at work.</summary>
    public required OptimiserState Inner { get; init; }

    /// <summary>What the first method had used when it stopped: evaluations, gradients, iterations.</summary>
    public long[] Before { get; init; } = [0, 0, 0];
}
