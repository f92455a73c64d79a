using System.Collections.Immutable;

namespace Protonmotive.Solvers;

/// <summary>A combination of states that no process changes, with its value from the start.</summary>
/// <param name="Coefficients">Weights over the states, shape [states].</param>
/// <param name="Total">Its value.</param>
/// <param name="Text">For readers: ATP + ADP + ….</param>
public sealed record ConservedTotal(ImmutableArray<double> Coefficients, double Total, string Text)
{
    /// <summary>The law and its value.</summary>
    public override string ToString() => $"{Text} = {Total:g6}";
}
