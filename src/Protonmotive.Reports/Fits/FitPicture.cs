using System.Collections.Immutable;

namespace Protonmotive.Reports.Fits;

/// <summary>A fit as its readers see it: measurements with what is simulated for them, and curves between.</summary>
/// <param name="TimeUnit">Unit of time; "" where unknown.</param>
/// <param name="Rows">The measurements.</param>
/// <param name="Curves">What is simulated over time.</param>
public sealed record FitPicture(string TimeUnit, ImmutableArray<FitPictureRow> Rows, ImmutableArray<FitPictureCurve> Curves);

/// <summary>A measurement.</summary>
/// <param name="Observable">What was measured.</param>
/// <param name="Series">In which condition, of which data set.</param>
/// <param name="Time">When; +∞ for at rest.</param>
/// <param name="Measured">The number.</param>
/// <param name="Simulated">What is simulated for it; NaN where that failed.</param>
/// <param name="Sigma">Its noise, on its scale.</param>
/// <param name="Residual">(measured − simulated)/σ on the scale of the noise.</param>
/// <param name="IsLogarithmic">Whether the noise is on a logarithmic scale.</param>
public sealed record FitPictureRow(string Observable, string Series, double Time, double Measured, double Simulated, double Sigma, double Residual, bool IsLogarithmic);

/// <summary>A simulated curve.</summary>
/// <param name="Observable">What is simulated.</param>
/// <param name="Series">In which condition.</param>
/// <param name="Times">Times.</param>
/// <param name="Values">Values at the optimum, or the median of a posterior.</param>
public sealed record FitPictureCurve(string Observable, string Series, double[] Times, double[] Values)
{
    /// <summary>Lower edge of a band; null for none.</summary>
    public double[]? Low { get; init; }

    /// <summary>Upper edge of a band; null for none.</summary>
    public double[]? High { get; init; }
}
