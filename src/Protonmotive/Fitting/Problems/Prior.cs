using MathNet.Numerics;
using MathNet.Numerics.Distributions;

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
    /// <summary>Cauchy: location, scale.</summary>
    Cauchy,
    /// <summary>Gamma: shape, scale. χ² of ν degrees of freedom is shape ν/2, scale 2; exponential is shape 1.</summary>
    Gamma,
    /// <summary>The logarithm is constant between those of two values, a and b.</summary>
    LogUniform,
    /// <summary>Rayleigh: scale; the second number is not read.</summary>
    Rayleigh,
}

/// <summary>What is known of a parameter before the data.</summary>
/// <param name="Kind">Its density.</param>
/// <param name="First">First number of the density.</param>
/// <param name="Second">Second number of the density.</param>
/// <param name="IsOnScale">Whether it is a density of the parameter on its scale of estimation; else of the parameter itself.</param>
public sealed record Prior(PriorKind Kind, double First, double Second, bool IsOnScale)
{
    private const double Quantile995 = 2.576; // of the standard normal

    /// <summary>ln of the part of the density that lies within the parameter's bounds, by which it is divided; 0 where nothing is cut off.</summary>
    public double LogMass { get; init; }

    /// <summary>The same density, cut off at bounds of the parameter itself and scaled up to an integral of 1.</summary>
    /// <param name="lower">Lower bound; −∞ for none.</param>
    /// <param name="upper">Upper bound; +∞ for none.</param>
    public Prior Truncated(double lower, double upper) => this with { LogMass = Math.Log(Cumulative(upper) - Cumulative(lower)) };

    /// <summary>−ln of the density, with its slope and a positive curvature, by the parameter on its scale of estimation.</summary>
    /// <param name="x">The parameter on its scale.</param>
    /// <param name="scale">That scale.</param>
    /// <returns>The value, ∂/∂x, and what stands in for ∂²/∂x² in a Gauss-Newton matrix.</returns>
    public (double Value, double Slope, double Curvature) Evaluate(double x, ParameterScale scale)
    {
        if (IsOnScale) return Density(x);
        double θ = Scales.ToLinear(x, scale), dθ = Scales.SlopeToLinear(x, scale);
        var (value, slope, curvature) = Density(θ);
        return (value + LogMass, slope * dθ, curvature * dθ * dθ);
    }

    /// <summary>The middle 99 % of the density: where starts of an optimisation may be drawn.</summary>
    public (double Lower, double Upper) Range => Kind switch
    {
        PriorKind.Uniform or PriorKind.LogUniform => (First, Second),
        PriorKind.Cauchy => (First - (63.657 * Second), First + (63.657 * Second)),
        PriorKind.Gamma => (Gamma.InvCDF(First, 1 / Second, 0.005), Gamma.InvCDF(First, 1 / Second, 0.995)),
        PriorKind.Rayleigh => (First * Math.Sqrt(-2 * Math.Log(0.995)), First * Math.Sqrt(-2 * Math.Log(0.005))),
        PriorKind.Normal => (First - (Quantile995 * Second), First + (Quantile995 * Second)),
        PriorKind.Laplace => (First - (4.605 * Second), First + (4.605 * Second)),
        PriorKind.LogNormal => (Math.Exp(First - (Quantile995 * Second)), Math.Exp(First + (Quantile995 * Second))),
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
            case PriorKind.LogLaplace:
                double a = (Math.Log(v) - First) / Second;
                return (Math.Abs(a) + Math.Log(2 * Second * v), ((Math.Sign(a) / Second) + 1) / v, 1 / (Second * Second * v * v));
            case PriorKind.Cauchy:
                double c = (v - First) / Second;
                return (Math.Log(Math.PI * Second * (1 + (c * c))), 2 * c / (Second * (1 + (c * c))), 2 / (Second * Second * (1 + (c * c))));
            case PriorKind.LogUniform:
                return !(v >= First && v <= Second) ? (double.PositiveInfinity, 0, 0) : (Math.Log(v * Math.Log(Second / First)), 1 / v, 0);
            case PriorKind.Gamma:
                if (!(v > 0)) return (double.PositiveInfinity, 0, 0);
                return ((v / Second) - ((First - 1) * Math.Log(v)) + SpecialFunctions.GammaLn(First) + (First * Math.Log(Second)), (1 / Second) - ((First - 1) / v), Math.Max(First - 1, 0) / (v * v));
            default:
                if (!(v > 0)) return (double.PositiveInfinity, 0, 0);
                return ((v * v / (2 * First * First)) - Math.Log(v) + (2 * Math.Log(First)), (v / (First * First)) - (1 / v), (1 / (v * v)) + (1 / (First * First)));
        }
    }

    // The probability of less than v.
    private double Cumulative(double v)
    {
        bool isPositive = Kind is PriorKind.LogNormal or PriorKind.LogLaplace or PriorKind.LogUniform or PriorKind.Gamma or PriorKind.Rayleigh;
        if (double.IsPositiveInfinity(v)) return 1;
        if (double.IsNegativeInfinity(v) || (isPositive && v <= 0)) return 0;
        double z = ((Kind is PriorKind.LogNormal or PriorKind.LogLaplace ? Math.Log(v) : v) - First) / Second;
        return Kind switch
        {
            PriorKind.Uniform => Math.Clamp((v - First) / (Second - First), 0, 1),
            PriorKind.LogUniform => Math.Clamp(Math.Log(v / First) / Math.Log(Second / First), 0, 1),
            PriorKind.Normal or PriorKind.LogNormal => 0.5 * SpecialFunctions.Erfc(-z / Math.Sqrt(2)),
            PriorKind.Laplace or PriorKind.LogLaplace => z < 0 ? 0.5 * Math.Exp(z) : 1 - (0.5 * Math.Exp(-z)),
            PriorKind.Cauchy => 0.5 + (Math.Atan(z) / Math.PI),
            PriorKind.Gamma => SpecialFunctions.GammaLowerRegularized(First, v / Second),
            _ => 1 - Math.Exp(-v * v / (2 * First * First)),
        };
    }
}
