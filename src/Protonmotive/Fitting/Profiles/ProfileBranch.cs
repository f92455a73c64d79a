using System.Text.Json.Serialization;

namespace Protonmotive.Fitting.Profiles;

/// <summary>One branch of a profile, finished or not: all that is needed to go on.</summary>
/// <param name="Index">The parameter.</param>
/// <param name="Direction">−1 downwards, +1 upwards.</param>
/// <param name="Points">From the optimum outwards.</param>
/// <param name="Step">Next step, on the scale of estimation.</param>
/// <param name="End">How it ended.</param>
/// <param name="Crossing">Where the objective reaches the threshold; NaN if it does not.</param>
/// <param name="Evaluations">Evaluations of the objective.</param>
public sealed record ProfileBranch(int Index, int Direction, ProfilePoint[] Points, double Step, BranchEnd End, double Crossing, long Evaluations)
{
    /// <summary>Largest objective minus that of the optimum.</summary>
    [JsonIgnore]
    public double Rise => Points.Max(p => p.Objective) - Points[0].Objective;
}

/// <summary>The optimum with one parameter held.</summary>
/// <param name="Value">The parameter, on the scale of estimation.</param>
/// <param name="Objective">The objective, least over the others.</param>
/// <param name="X">All parameters, shape [n].</param>
public sealed record ProfilePoint(double Value, double Objective, double[] X);
