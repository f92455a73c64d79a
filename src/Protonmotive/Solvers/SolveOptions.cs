namespace Protonmotive.Solvers;

/// <summary>What most solves leave alone.</summary>
public sealed record SolveOptions
{
    /// <summary>The defaults.</summary>
    public static SolveOptions Default { get; } = new();

    /// <summary>Limit on accepted and rejected steps together.</summary>
    public long MaximumSteps { get; init; } = 1_000_000;

    /// <summary>Largest step; infinite by default.</summary>
    public double MaximumStep { get; init; } = double.PositiveInfinity;

    /// <summary>Largest step at each time; null for none but <see cref="MaximumStep"/>.</summary>
    public StepLimits? StepLimits { get; init; }

    /// <summary>First step; null to estimate it.</summary>
    public double? InitialStep { get; init; }

    /// <summary>How linear systems are solved.</summary>
    public LinearSolver LinearSolver { get; init; }

    /// <summary>Seed of everything random: parameters that are drawn, and the order of events that are equals.</summary>
    public ulong Seed { get; init; }

    /// <summary>Which run of many with one seed this is; each has random numbers of its own.</summary>
    public ulong Member { get; init; }

    /// <summary>Whether the solution keeps what <see cref="Solution.At"/> needs.</summary>
    public bool KeepsDenseOutput { get; init; }

    /// <summary>Sees every accepted step.</summary>
    public IStepObserver? Observer { get; init; }

    /// <summary>Sees what happens at stops.</summary>
    internal IStopObserver? StopObserver { get; init; }
}
