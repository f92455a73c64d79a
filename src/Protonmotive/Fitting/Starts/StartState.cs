using Protonmotive.Fitting.Optimisers;

namespace Protonmotive.Fitting.Starts;

/// <summary>One start of a fit, finished or not: all that is needed to go on.</summary>
/// <param name="Index">Which start, from 0.</param>
/// <param name="Origin">Where it began, on the scale of estimation, shape [n].</param>
/// <param name="Redraws">How often it was drawn again.</param>
/// <param name="State">Where it is.</param>
/// <param name="Seconds">Time spent on it, in s.</param>
/// <param name="IsSubstitute">Whether it began at another point than was asked for, since there was none of those.</param>
public sealed record StartState(int Index, double[] Origin, int Redraws, OptimiserState State, double Seconds, bool IsSubstitute = false)
{
    /// <summary>Evaluations, with those of points drawn in vain.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Evaluations => State.Evaluations + Redraws;
}
