using System.Collections.Immutable;

namespace Protonmotive.Solvers.Ensembles;

/// <summary>
/// Reduces members to something smaller on the way, so that a million of them need no more memory than that. Members are
/// gathered in fixed blocks, each in order of number, and blocks are merged in order: the result does not depend on threads.
/// </summary>
/// <typeparam name="TState">What is gathered.</typeparam>
public interface IEnsembleFold<TState>
{
    /// <summary>The state before any member.</summary>
    /// <param name="times">Time of each row.</param>
    /// <param name="outputs">Name of each output.</param>
    TState Begin(ImmutableArray<double> times, ImmutableArray<string> outputs);

    /// <summary>Adds a member, also a failed one.</summary>
    TState Add(TState state, in EnsembleMember member);

    /// <summary>Joins the states of two stretches of members, the earlier first.</summary>
    TState Merge(TState earlier, TState later);
}
