namespace Protonmotive.Fitting.Problems;

/// <summary>Which density a prior has.</summary>
public enum PriorKind
{
    /// <summary>Constant between two values, a and b.</summary>
    Uniform,
    /// <summary>Normal: mean, standard deviation.</summary>
    Normal,
    /// <summary>Laplace: location, scale.</summary>
    Laplace,
    /// <summary>The logarithm is normal: mean and standard deviation of the logarithm.</summary>
    LogNormal,
    /// <summary>The logarithm is Laplace: location and scale of the logarithm.</summary>
    LogLaplace,
}

/// <summary>What is known of a parameter before the data.</summary>
/// <param name="Kind">Its density.</param>
/// <param name="First">First number of the density.</param>
/// <param name="Second">Second number of the density.</param>
/// <param name="IsOnScale">Whether it is a density of the parameter on its scale of estimation; else of the parameter itself.</param>
public sealed record Prior(PriorKind Kind, double First, double Second, bool IsOnScale)
{
    /// <summary>−ln of the density, with its slope and a positive curvature, by the parameter on its scale of estimation.</summary>
    /// <param name="x">The parameter on its scale.</param>
    /// <param name="scale">That scale.</param>
    /// <returns>The value, ∂/∂x, and what stands in for ∂²/∂x² in a Gauss-Newton matrix.</returns>
    public (double Value, double Slope, double Curvature) Evaluate(double x, ParameterScale scale)
    {
        if (IsOnScale) return Density(x);
        double θ = Scales.ToLinear(x, scale), dθ = Scales.SlopeToLinear(x, scale);
        var (value, slope, curvature) = Density(θ);
        return (value, slope * dθ, curvature * dθ * dθ);
    }

    /// <summary>The middle 99 % of the density: where starts of an optimisation may be drawn.</summary>
    public (double Lower, double Upper) Range => Kind switch
    {
        PriorKind.Uniform => (First, Second),
        PriorKind.Normal => (First - (2.576 * Second), First + (2.576 * Second)),
        PriorKind.Laplace => (First - (4.605 * Second), First + (4.605 * Second)),
        PriorKind.LogNormal => (Math.Exp(First - (2.576 * Second)), Math.Exp(First + (2.576 * Second))),
        _ => (Math.Exp(First - (4.605 * Second)), Math.Exp(First + (4.605 * Second))),
    };

    private (double Value, double Slope, double Curvature) Density(double v)
    {
        switch (Kind)
        {
            case PriorKind.Uniform:
                return v < First || v > Second ? (double.PositiveInfinity, 0, 0) : (Math.Log(Second - First), 0, 0);
            case PriorKind.Normal:
                double z = (v - First) / Second;
                return ((0.5 * z * z) + Math.Log(Second) + (0.5 * Math.Log(2 * Math.PI)), z / Second, 1 / (Second * Second));
            case PriorKind.Laplace:
                double l = (v - First) / Second;
                return (Math.Abs(l) + Math.Log(2 * Second), Math.Sign(l) / Second, 1 / (Second * Second));
            case PriorKind.LogNormal:
                double n = (Math.Log(v) - First) / Second;
                return ((0.5 * n * n) + Math.Log(Second * v) + (0.5 * Math.Log(2 * Math.PI)), ((n / Second) + 1) / v, 1 / (Second * Second * v * v));
            default:
                double a = (Math.Log(v) - First) / Second;
                return (Math.Abs(a) + Math.Log(2 * Second * v), ((Math.Sign(a) / Second) + 1) / v, 1 / (Second * Second * v * v));
        }
    }
}
