using MathNet.Numerics.Distributions;

namespace Protonmotive.Fitting.Profiles;

/// <summary>How profiles are computed.</summary>
public sealed record ProfileOptions
{
    /// <summary>Confidence of the intervals.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Degrees of freedom: 1 for an interval of one parameter alone, n for one that holds for all together.</summary>
    public int DegreesOfFreedom { get; init; } = 1;

    /// <summary>Rise of the objective that a step aims at, as a part of the threshold.</summary>
    public double Aim { get; init; } = 0.1;

    /// <summary>Most points of a branch.</summary>
    public int PointLimit { get; init; } = 80;

    /// <summary>A branch whose whole rise is below this part of the threshold is called flat.</summary>
    public double Flat { get; init; } = 0.02;

    /// <summary>Threads; 0 for all cores. They do not change the result.</summary>
    public int Workers { get; init; }

    /// <summary>Rise of the objective at which an interval ends: half the quantile of χ².</summary>
    /// <exception cref="FitException">Confidence or degrees of freedom are of no use.</exception>
    public double Threshold => Confidence is > 0 and < 1 && DegreesOfFreedom > 0 ? ChiSquared.InvCDF(DegreesOfFreedom, Confidence) / 2
        : throw new FitException(FormattableString.Invariant($"A confidence of {Confidence} with {DegreesOfFreedom} degrees of freedom has no threshold."), "options of the profile", "Give a confidence between 0 and 1, e.g. 0.95, and at least 1 degree of freedom.");

    /// <summary>Checks them.</summary>
    /// <exception cref="FitException">They are of no use.</exception>
    public void Check()
    {
        if (PointLimit < 1) throw new FitException($"A branch of {PointLimit} points says nothing.", "options of the profile", "Give at least one point; 80 serve nearly always.");
        _ = Threshold;
    }
}
