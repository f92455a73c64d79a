using System.Collections.Immutable;

namespace Protonmotive.Networks;

/// <summary>
/// A network read as a jump process: states change by whole firings of channels, at random times whose chance per unit of time
/// is the channel's propensity.
/// </summary>
/// <remarks>
/// A law <see cref="FluxLaw.Formula(Symbolics.Expression)"/> is the propensity as written, in firings per unit of time; a law
/// with a forward and a backward part makes two channels; mass action counts the distinct groups of reactants: n(n − 1) stands
/// where the deterministic law has n², with the same rate constant (Gillespie 1977, J. Phys. Chem. 81, 2340). Rules are substituted.
/// </remarks>
public sealed record ChannelSystem
{
    /// <summary>
    /// What moves without a channel: states with the rates of rate rules (0 for all others), parameters, events, outputs. It has
    /// no modes: triggers hold their relations.
    /// </summary>
    public required EquationSystem Equations { get; init; }

    /// <summary>The channels; index = number in every list of propensities.</summary>
    public required ImmutableArray<Channel> Channels { get; init; }

    /// <summary>For each state whether it counts things, so that it is a whole number, not below 0.</summary>
    public required ImmutableArray<bool> IsCounted { get; init; }

    /// <summary>For each state whether it moves by a rate rule between firings.</summary>
    public required ImmutableArray<bool> IsMoving { get; init; }
}
