namespace Protonmotive.Sensitivities;

/// <summary>How confidence intervals of Sobol indices are made.</summary>
public sealed record SobolOptions
{
    /// <summary>The defaults.</summary>
    public static SobolOptions Default { get; } = new();

    /// <summary>Number of times the rows are drawn again.</summary>
    public int Resamples { get; init; } = 500;

    /// <summary>Part of the resamples inside the interval.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Seed of the resampling.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Members computed at a time, about.</summary>
    public int Block { get; init; } = 1 << 16;
}
