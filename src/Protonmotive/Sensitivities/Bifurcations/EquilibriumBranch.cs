using System.Collections.Immutable;

namespace Protonmotive.Sensitivities.Bifurcations;

/// <summary>A curve of steady states.</summary>
/// <param name="Points">Its points in order; special points are among them.</param>
/// <param name="FirstEnd">Why it ends at its first point.</param>
/// <param name="LastEnd">Why it ends at its last point.</param>
public sealed record EquilibriumBranch(ImmutableArray<EquilibriumPoint> Points, string FirstEnd, string LastEnd)
{
    /// <summary>Whether it runs back into itself.</summary>
    public bool IsClosed { get; init; }
}
