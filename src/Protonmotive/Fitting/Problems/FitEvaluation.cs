using System.Collections.Immutable;
using MathNet.Numerics.Distributions;

namespace Protonmotive.Fitting.Problems;

/// <summary>A fit problem at one point: the likelihood, and what is simulated for each measurement.</summary>
/// <param name="Value">−ln likelihood − ln prior; +∞ where a simulation failed.</param>
/// <param name="LogLikelihood">ln likelihood.</param>
/// <param name="ChiSquare">Σ residual².</param>
/// <param name="Rows">One for each measurement, experiment by experiment.</param>
/// <param name="Failures">By experiment: what failed.</param>
public sealed record FitEvaluation(double Value, double LogLikelihood, double ChiSquare, ImmutableArray<FitRow> Rows, ImmutableDictionary<string, string> Failures)
{
    /// <summary>The probability of a χ² as large as this where the model holds; NaN where noise is not normal, or no measurement is left over.</summary>
    /// <param name="estimated">Number of estimated parameters.</param>
    public double ChanceOfChiSquare(int estimated) => Rows.Length > estimated && Rows.All(r => r.Measurement.Noise.Distribution == NoiseDistribution.Normal) ? 1 - ChiSquared.CDF(Rows.Length - estimated, ChiSquare) : double.NaN;
}

/// <summary>A measurement and what is simulated for it.</summary>
/// <param name="Experiment">Name of the experiment.</param>
/// <param name="Measurement">What was measured.</param>
/// <param name="Simulated">The simulation, NaN where it failed.</param>
/// <param name="Sigma">Its noise.</param>
/// <param name="Residual">(measured − simulated)/σ on the scale of the noise.</param>
public readonly record struct FitRow(string Experiment, FitMeasurement Measurement, double Simulated, double Sigma, double Residual);
