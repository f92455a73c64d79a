using System.Collections.Immutable;

namespace Protonmotive.Fitting.Profiles;

/// <summary>The profile likelihood of a parameter.</summary>
/// <param name="Index">Its place among the parameters.</param>
/// <param name="Parameter">The parameter.</param>
/// <param name="Down">The branch below the optimum.</param>
/// <param name="Up">The branch above it.</param>
/// <param name="Threshold">Rise of the objective at which the interval ends.</param>
/// <param name="Flat">Part of the threshold below which a branch is flat.</param>
public sealed record ParameterProfile(int Index, EstimatedParameter Parameter, ProfileBranch Down, ProfileBranch Up, double Threshold, double Flat)
{
    /// <summary>Lower end of the interval on the scale of estimation; −∞ where the profile does not rise to the threshold.</summary>
    public double Low => Down.End == BranchEnd.Crossed ? Down.Crossing : double.NegativeInfinity;

    /// <summary>Upper end of the interval on the scale of estimation; +∞ where the profile does not rise to the threshold.</summary>
    public double High => Up.End == BranchEnd.Crossed ? Up.Crossing : double.PositiveInfinity;

    /// <summary>All points in the order of the parameter.</summary>
    public ImmutableArray<ProfilePoint> Points => [.. Down.Points.Reverse(), .. Up.Points.Skip(1)];

    /// <summary>What the data say of the parameter.</summary>
    public ProfileVerdict Verdict => Down.End == BranchEnd.Limit || Up.End == BranchEnd.Limit ? ProfileVerdict.Unfinished : (Down.End == BranchEnd.Crossed, Up.End == BranchEnd.Crossed) switch
    {
        (true, true) => ProfileVerdict.Identifiable,
        (true, false) => ProfileVerdict.NoUpperEnd,
        (false, true) => ProfileVerdict.NoLowerEnd,
        _ => Math.Max(Down.Rise, Up.Rise) < Flat * Threshold ? ProfileVerdict.Flat : ProfileVerdict.NoEnd,
    };

    /// <summary>The best point of the profile where it is better than the optimum it began at by more than a hundredth of the threshold; else null.</summary>
    public ProfilePoint? Better => Points.MinBy(p => p.Objective) is { } best && best.Objective < Down.Points[0].Objective - (0.01 * Threshold) ? best : null;

    /// <summary>The other parameters that move along the profile by at least a tenth as far as this one, the farthest first: they make up for it where it is flat.</summary>
    /// <returns>Index and change per change of this parameter, over the longer branch that stays below the threshold.</returns>
    public ImmutableArray<(int Index, double Slope)> MovesWith
    {
        get
        {
            var low = Points.First(p => p.Objective - Down.Points[0].Objective <= Threshold);
            var high = Points.Last(p => p.Objective - Down.Points[0].Objective <= Threshold);
            double width = high.Value - low.Value;
            if (!(width > 0)) return [];
            return [.. Enumerable.Range(0, low.X.Length).Where(j => j != Index).Select(j => (j, (high.X[j] - low.X[j]) / width)).Where(m => Math.Abs(m.Item2) >= 0.1).OrderByDescending(m => Math.Abs(m.Item2))];
        }
    }
}

/// <summary>What a profile says of a parameter.</summary>
public enum ProfileVerdict
{
    /// <summary>A branch ended with its last point, before the threshold and before the bound.</summary>
    Unfinished,
    /// <summary>The interval has two ends.</summary>
    Identifiable,
    /// <summary>The data bound it from above alone.</summary>
    NoLowerEnd,
    /// <summary>The data bound it from below alone.</summary>
    NoUpperEnd,
    /// <summary>The objective changes, but not by the threshold within the bounds.</summary>
    NoEnd,
    /// <summary>The objective does not change: others make up for it, or it has no effect.</summary>
    Flat,
}
