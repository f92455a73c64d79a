using System.Collections.Immutable;

namespace Protonmotive.Solvers.Ensembles;

/// <summary>One problem, solved for many members.</summary>
/// <param name="Base">What all members share: system, span of time, overrides, initial state.</param>
/// <param name="Members">What distinguishes them.</param>
public sealed record EnsembleProblem(InitialValueProblem Base, EnsembleMembers Members)
{
    /// <summary>Names of the states, quadratures and observables that are results; default: all states and quadratures.</summary>
    public ImmutableArray<string> Outputs { get; init; }
}
