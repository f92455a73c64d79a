using Protonmotive.Fitting.Profiles;
using Protonmotive.Fitting.Starts;

namespace Protonmotive.Fitting.Alternatives;

/// <summary>How explanations are compared. Threads do not change the result.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Confidence of the whole verdict: that something is seen, which explanation it is, and the interval of its value.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Values of its parameter, even over its range, that are tried beside the reference before an explanation is fitted from the best of them.</summary>
    public int Scan { get; init; } = 8;

    /// <summary>Starts of each explanation: the one from the best value tried, then points drawn between the bounds.</summary>
    public int Starts { get; init; } = 1;

    /// <summary>Seed of the points that are drawn.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Most points of a branch of a profile.</summary>
    public int PointLimit { get; init; } = new ProfileOptions().PointLimit;

    /// <summary>Threads; 0 for all cores.</summary>
    public int Workers { get; init; }

    /// <summary>Checks them.</summary>
    /// <exception cref="FitException">They are of no use.</exception>
    public void Check()
    {
        OfFit.Check();
        Profiles(1).Check();
    }

    /// <summary>The starts of a fit.</summary>
    internal MultiStartOptions OfFit => new() { Starts = Starts, Seed = Seed, NominalFirst = true, Workers = 1 };

    /// <summary>Profiles of one of several explanations: of m, each has the confidence 1 − (1 − c)/m, so that all hold together (Bonferroni).</summary>
    /// <param name="count">How many there are.</param>
    public ProfileOptions Profiles(int count) => new() { Confidence = 1 - ((1 - Confidence) / count), PointLimit = PointLimit, Workers = 1 };
}
