using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>One way in which a system jumps: how likely per unit of time, and what it changes.</summary>
/// <param name="Name">The process, with an arrow for the direction where it runs both ways.</param>
/// <param name="Propensity">Probability per unit of time, in states, parameters and time; not negative.</param>
/// <param name="Changes">What one firing adds to the states, from the values before it.</param>
public sealed record Channel(string Name, Expression Propensity, ImmutableArray<ChannelChange> Changes)
{
    /// <summary>The process it belongs to.</summary>
    public required string Process { get; init; }
}

/// <summary>What one firing of a channel adds to a state.</summary>
/// <param name="State">Index of the state.</param>
/// <param name="Amount">What is added.</param>
public readonly record struct ChannelChange(int State, Expression Amount);
