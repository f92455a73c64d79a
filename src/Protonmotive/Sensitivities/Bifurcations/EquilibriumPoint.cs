using System.Collections.Immutable;
using System.Numerics;

namespace Protonmotive.Sensitivities.Bifurcations;

/// <summary>A steady state on a branch.</summary>
/// <param name="ParameterValue">The parameter.</param>
/// <param name="State">The state, shape [states].</param>
/// <param name="Outputs">The recorded outputs, shape [outputs].</param>
/// <param name="Eigenvalues">Eigenvalues by falling real part on the states that conserved totals leave free; empty where not known.</param>
/// <param name="UnstableCount">How many eigenvalues have a positive real part; null where not known.</param>
public sealed record EquilibriumPoint(double ParameterValue, ImmutableArray<double> State, ImmutableArray<double> Outputs, ImmutableArray<Complex> Eigenvalues, int? UnstableCount)
{
    /// <summary>Whether the steady state is stable; null where not known.</summary>
    public bool? IsStable => UnstableCount is { } count ? count == 0 : null;
}
