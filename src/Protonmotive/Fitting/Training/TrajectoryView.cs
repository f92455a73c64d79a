using System.Collections.Immutable;

namespace Protonmotive.Fitting.Training;

/// <summary>Which part of a problem's measurements counts, and how courses are solved.</summary>
public sealed record TrajectoryView
{
    /// <summary>Names of the experiments; null for all.</summary>
    public ImmutableHashSet<string>? Experiments { get; init; }

    /// <summary>Measurements after this time are left out.</summary>
    public double Horizon { get; init; } = double.PositiveInfinity;

    /// <summary>Threads; 0 for all cores. They do not change the result.</summary>
    public int Workers { get; init; }
}
