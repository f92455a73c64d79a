using System.Collections.Immutable;
using Protonmotive.Solvers;

namespace Protonmotive.Sensitivities;

/// <summary>At which steady state control is analysed, and by which parameters.</summary>
public sealed record ControlOptions
{
    /// <summary>The defaults.</summary>
    public static ControlOptions Default { get; } = new();

    /// <summary>Parameters that replace their definitions.</summary>
    public ImmutableDictionary<string, double> Overrides { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>Parameters to give response coefficients for, initial values ("X.initial") among them; default: all that are numbers.</summary>
    public ImmutableArray<string> Parameters { get; init; }

    /// <summary>How long to integrate at most on the way to the steady state, in the model's unit of time.</summary>
    public double Horizon { get; init; } = 1e5;

    /// <summary>Whether to integrate first; see <see cref="SteadyStateOptions.FollowsDynamics"/>.</summary>
    public bool FollowsDynamics { get; init; }

    /// <summary>The steady state is found to well within it: relative, and absolute times the scale of each state.</summary>
    public Tolerance Tolerance { get; init; } = new(1e-9, 1e-12);
}
