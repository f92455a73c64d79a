namespace Protonmotive.Fitting.Problems;

/// <summary>The likelihood of one measurement: a distribution of the measured value, or of its logarithm, around the simulated one.</summary>
/// <param name="Distribution">Normal or Laplace.</param>
/// <param name="Scale">The scale on which it scatters.</param>
/// <remarks>
/// Schmiester et al. (2021), PLoS Comput. Biol. 17, e1008646 (PEtab), noise models. On a logarithmic scale the density is one of the
/// measured value itself, so it holds the factor 1/m or 1/(m ln 10).
/// </remarks>
public readonly record struct NoiseModel(NoiseDistribution Distribution, ParameterScale Scale = ParameterScale.Linear)
{
    private static readonly double ln10 = Math.Log(10);

    /// <summary>(m − y)/σ on the scale of the noise.</summary>
    public double Residual(double measured, double simulated, double sigma) => (OnScale(measured) - OnScale(simulated)) / sigma;

    /// <summary>−ln of the likelihood, with its slopes and expected curvatures.</summary>
    /// <param name="measured">What was measured.</param>
    /// <param name="simulated">What is simulated.</param>
    /// <param name="sigma">σ or b, on the scale of the noise.</param>
    public NoiseTerm Evaluate(double measured, double simulated, double sigma)
    {
        double r = Residual(measured, simulated, sigma);
        double slope = Scale switch { ParameterScale.Log => 1 / simulated, ParameterScale.Log10 => 1 / (simulated * ln10), _ => 1 };
        double jacobian = Scale switch { ParameterScale.Log => Math.Log(measured), ParameterScale.Log10 => Math.Log(measured * ln10), _ => 0 };
        if (Distribution == NoiseDistribution.Normal)
        {
            double value = (0.5 * r * r) + Math.Log(sigma) + (0.5 * Math.Log(2 * Math.PI)) + jacobian;
            return new NoiseTerm(value, -r / sigma * slope, (1 - (r * r)) / sigma, slope * slope / (sigma * sigma), 2 / (sigma * sigma));
        }
        double laplace = Math.Abs(r) + Math.Log(2 * sigma) + jacobian;
        return new NoiseTerm(laplace, -Math.Sign(r) / sigma * slope, (1 - Math.Abs(r)) / sigma, slope * slope / (sigma * sigma), 1 / (sigma * sigma));
    }

    /// <summary>A value on the scale of the noise.</summary>
    public double OnScale(double value) => Scale switch { ParameterScale.Log => Math.Log(value), ParameterScale.Log10 => Math.Log10(value), _ => value };
}

/// <summary>−ln of a likelihood at one measurement.</summary>
/// <param name="Value">−ln p.</param>
/// <param name="BySimulated">∂/∂y.</param>
/// <param name="BySigma">∂/∂σ.</param>
/// <param name="SimulatedInformation">Expected ∂²/∂y² (Fisher information).</param>
/// <param name="SigmaInformation">Expected ∂²/∂σ².</param>
public readonly record struct NoiseTerm(double Value, double BySimulated, double BySigma, double SimulatedInformation, double SigmaInformation);
