using System.Collections.Immutable;
using System.Numerics;

namespace Protonmotive.Solvers;

/// <summary>A steady state, or why there is none.</summary>
public sealed record SteadyStateResult
{
    /// <summary>How the search ended.</summary>
    public required SteadyStateStatus Status { get; init; }

    /// <summary>Whether a steady state was found.</summary>
    public bool Found => Status == SteadyStateStatus.Found;

    /// <summary>The steady state, without quadratures, shape [states]; where none was found, the last state reached.</summary>
    public required ImmutableArray<double> State { get; init; }

    /// <summary>Parameters and modes it holds for.</summary>
    public required ImmutableArray<double> Parameters { get; init; }

    /// <summary>The largest |f|, in units of a state over the unit of time.</summary>
    public required double Residual { get; init; }

    /// <summary>
    /// Eigenvalues of ∂f/∂y on the states that the conserved totals leave free, by falling real part; empty where none was
    /// found or M is singular.
    /// </summary>
    public ImmutableArray<Complex> Eigenvalues { get; init; } = [];

    /// <summary>Whether all eigenvalues have negative real parts; null where that is within rounding or not known.</summary>
    public bool? IsStable { get; init; }

    /// <summary>The conserved totals; the steady state depends on the start through them.</summary>
    public ImmutableArray<ConservedTotal> ConservedTotals { get; init; } = [];

    /// <summary>Other steady states with the same totals, met from perturbed starts, shape [found][states].</summary>
    public ImmutableArray<ImmutableArray<double>> Others { get; init; } = [];

    /// <summary>Whether the steady state depends on the start: through conserved totals, or because there are several.</summary>
    public bool DependsOnStart => !ConservedTotals.IsEmpty || !Others.IsEmpty;

    /// <summary>The time integrated before it was found; 0 where Newton's method found it from the start.</summary>
    public double IntegratedTime { get; init; }

    /// <summary>One sentence for readers.</summary>
    public required string Explanation { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Explanation;
}
