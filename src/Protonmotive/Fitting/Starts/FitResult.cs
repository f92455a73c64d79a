using System.Collections.Immutable;
using Protonmotive.Fitting.Optimisers;

namespace Protonmotive.Fitting.Starts;

/// <summary>What came of all starts.</summary>
/// <param name="Parameters">What was estimated.</param>
/// <param name="Starts">The starts, the least objective first; equal ones by index.</param>
public sealed record FitResult(ImmutableArray<EstimatedParameter> Parameters, ImmutableArray<StartState> Starts)
{
    /// <summary>The best start; its value is infinite where all failed.</summary>
    public StartState Best => Starts[0];

    /// <summary>Evaluations of all starts.</summary>
    public long Evaluations => Starts.Sum(s => s.Evaluations);

    /// <summary>Starts at which the objective was infinite, however often they were drawn.</summary>
    public int Failed => Starts.Count(s => s.State.Status == FitStatus.StartFailed);

    /// <summary>Starts that came within a distance of a value.</summary>
    /// <param name="value">The value, e.g. the best or a published one.</param>
    /// <param name="distance">In units of the objective (log-likelihood).</param>
    public int Reaching(double value, double distance) => Starts.Count(s => s.State.Value <= value + distance);
}
