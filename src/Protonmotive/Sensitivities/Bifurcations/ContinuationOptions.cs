using System.Collections.Immutable;
using Protonmotive.Solvers;

namespace Protonmotive.Sensitivities.Bifurcations;

/// <summary>Along which parameter, and how, steady states are followed.</summary>
/// <param name="Parameter">Name of a parameter; "X.initial" for the start of a store, which sets a conserved total.</param>
/// <param name="Low">Lowest value.</param>
/// <param name="High">Highest value.</param>
public sealed record ContinuationOptions(string Parameter, double Low, double High)
{
    /// <summary>Whether steps are even in the logarithm of the parameter.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Other parameters that replace their definitions.</summary>
    public ImmutableDictionary<string, double> Overrides { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>Value of the parameter to begin at; null for the model's own where it lies in the range, else an end of the range.</summary>
    public double? Begin { get; init; }

    /// <summary>Names of outputs to record; default: what every state stands for, and every flux.</summary>
    public ImmutableArray<string> Outputs { get; init; }

    /// <summary>How long to integrate at most on the way to the first steady state, in the model's unit of time.</summary>
    public double Horizon { get; init; } = 1e5;

    /// <summary>Whether the first steady state is the one the system settles at; see <see cref="SteadyStateOptions.FollowsDynamics"/>.</summary>
    public bool FollowsDynamics { get; init; }

    /// <summary>
    /// Longest step, in parts: of the range for the parameter, of itself for each state (root mean square over the states). Special
    /// points nearer to each other than a step may be missed.
    /// </summary>
    public double MaximumStep { get; init; } = 0.03;

    /// <summary>Points of a branch after which it is left, each way.</summary>
    public int MaximumPoints { get; init; } = 5000;

    /// <summary>Most branches to follow from branch points; 0 to follow none.</summary>
    public int MaximumBranches { get; init; } = 8;
}
