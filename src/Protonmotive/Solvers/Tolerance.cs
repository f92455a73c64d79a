namespace Protonmotive.Solvers;

/// <summary>
/// The error allowed in one step: component i may err by Absolute·scaleᵢ + Relative·|yᵢ|, where scaleᵢ is the scale of its group
/// (<see cref="Networks.StateVariable.ScaleGroup"/>), 1 where it has none.
/// </summary>
/// <param name="Relative">Relative tolerance, &gt; 0.</param>
/// <param name="Absolute">Absolute tolerance, ≥ 0, in multiples of each component's scale.</param>
/// <remarks>
/// A quadrature's absolute tolerance is Relative times its <see cref="Networks.Quadrature.AbsoluteScale"/>. The error after
/// many steps is of the order of the tolerance where the system does not amplify errors. Less than 1e-300 is allowed always.
/// </remarks>
public readonly record struct Tolerance(double Relative = 1e-6, double Absolute = 1e-9)
{
    /// <summary>Relative 1e-6, absolute 1e-9.</summary>
    public Tolerance()
        : this(1e-6, 1e-9)
    {
    }
}
