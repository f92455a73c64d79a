namespace Protonmotive.Fitting.Sampling;

/// <summary>How a posterior is sampled. Threads and saving do not change the result.</summary>
public sealed record SamplerOptions
{
    /// <summary>Chains.</summary>
    public int Chains { get; init; } = 4;

    /// <summary>Iterations of warm-up a chain, in which step and masses adapt.</summary>
    public int Warmup { get; init; } = 1000;

    /// <summary>Draws a chain after it.</summary>
    public int Draws { get; init; } = 1000;

    /// <summary>Acceptance that the step size aims at.</summary>
    public double TargetAcceptance { get; init; } = 0.8;

    /// <summary>Most doublings of a trajectory.</summary>
    public int DepthLimit { get; init; } = 10;

    /// <summary>Whether the mass matrix has all entries, or its diagonal alone.</summary>
    public bool DenseMass { get; init; }

    /// <summary>Seed.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; 0 for all cores.</summary>
    public int Workers { get; init; }

    /// <summary>Seconds between two writings of a chain.</summary>
    public double SaveInterval { get; init; } = 10;

    /// <summary>Checks them.</summary>
    /// <exception cref="FitException">They are of no use.</exception>
    public void Check()
    {
        if (Chains < 1 || Draws < 1 || Warmup < 0 || !(TargetAcceptance is > 0 and < 1)) throw new FitException("Chains, draws, warm-up or acceptance are of no use.", "options of the sampling", "Give at least one chain and draw, no negative warm-up, and an acceptance between 0 and 1 such as 0.8.");
    }
}
