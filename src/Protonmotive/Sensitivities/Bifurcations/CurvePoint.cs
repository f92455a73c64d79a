using System.Collections.Immutable;
using System.Numerics;

namespace Protonmotive.Sensitivities.Bifurcations;

/// <summary>A point of the curve F(x, θ) = 0 with its tangent; θ runs from 0 to 1 over the range of the parameter.</summary>
internal sealed class CurvePoint
{
    /// <summary>The states, then θ.</summary>
    public required double[] U { get; init; }

    /// <summary>Unit tangent in the scales of the step that made it, turned back to the units of U.</summary>
    public double[] Tangent { get; set; } = [];

    /// <summary>Sign of the determinant of [F′; tangent].</summary>
    public int Sign { get; set; }

    /// <summary>ln of its size.</summary>
    public double LogDeterminant { get; set; }

    /// <summary>Eigenvalues by falling real part; empty where not known.</summary>
    public ImmutableArray<Complex> Eigenvalues { get; set; } = [];

    /// <summary>How many are right of the imaginary axis; null where not known.</summary>
    public int? UnstableCount => Eigenvalues.IsEmpty ? null : Eigenvalues.Count(λ => λ.Real > 1e-15 * Eigenvalues.Max(μ => μ.Magnitude));

    /// <summary>θ.</summary>
    public double Theta => U[^1];

    /// <summary>How θ moves along the curve.</summary>
    public double ThetaSlope => Tangent[^1];
}
