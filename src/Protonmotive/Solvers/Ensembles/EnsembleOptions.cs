namespace Protonmotive.Solvers.Ensembles;

/// <summary>What most ensembles leave alone.</summary>
public sealed record EnsembleOptions
{
    /// <summary>The defaults.</summary>
    public static EnsembleOptions Default { get; } = new();

    /// <summary>Limit on threads; results do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Members side by side in one instruction: 8 (AVX-512), 4 (AVX2) or 1; default: the most that this machine accelerates,
    /// but 4 where the factors of a large system are written out for 4 alone.
    /// Widths 4 and 8 agree bit for bit; 1 to rounding, where the system has exponentials, logarithms or powers.
    /// </summary>
    public int? Lanes { get; init; }

    /// <summary>Limit on accepted and rejected steps of a member.</summary>
    public long MaximumSteps { get; init; } = 1_000_000;

    /// <summary>Largest step; infinite by default.</summary>
    public double MaximumStep { get; init; } = double.PositiveInfinity;

    /// <summary>Seed of everything random in the members.</summary>
    public ulong Seed { get; init; }

    /// <summary>First member to run; those before it count as done.</summary>
    public long First { get; init; }

    /// <summary>
    /// Bytes that the steps of a thread's members may take on the way to their gradients. Members that have begun are always kept whole; where they fill it, no other begins before they are back. Results depend on it by rounding alone.
    /// </summary>
    public long PathMemory { get; init; } = 64L << 20;

    /// <summary>Members to run from there; default: all that are left.</summary>
    public long? Count { get; init; }
}
