using System.Collections.Immutable;

namespace Protonmotive.Solvers;

/// <summary>Rows beside those asked for: so many that straight lines between rows, over time as over its logarithm, miss no watched curve by more than a small share of the range that its axis must span.</summary>
/// <remarks>
/// The candidates are the ends of the solver's steps and three times within each, by dense output. Of these stay the ones without which a line
/// would miss a curve (Douglas and Peucker 1973, with the distance taken along the ordinate), the farthest missed first. So a spike
/// between two even times has its top, and a fast start has rows where it is fast.
/// </remarks>
public sealed record RowDetail
{
    /// <summary>Curves that share an axis, axis by axis; the range is that of all curves of an axis. At least 1 % of the largest magnitude on it counts as its range.</summary>
    public required ImmutableArray<ImmutableArray<WatchedCurve>> Axes { get; init; }

    /// <summary>How far a straight line may miss a curve, as a share of its axis' range.</summary>
    public double LargestMiss { get; init; } = 0.004;

    /// <summary>Most rows that are added.</summary>
    public int MostRows { get; init; } = 1600;
}

/// <summary>An observable as an axis shows it.</summary>
/// <param name="Observable">Its name.</param>
/// <param name="Factor">From its unit to that of the axis.</param>
public readonly record struct WatchedCurve(string Observable, double Factor = 1);
