using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>
/// A jump of stores, variables or parameters. When the trigger turns true the event is due after its delay; of several due at
/// one time the one of highest priority is carried out first, and triggers are looked at again after each.
/// </summary>
/// <param name="Name">Shown in solutions and ledgers.</param>
/// <param name="Trigger">Truth value.</param>
/// <param name="Assignments">Targets by name, with their new values.</param>
/// <param name="TrueBeforeStart">Whether the trigger counts as true before the start.</param>
/// <remarks>The semantics of SBML Level 3 Version 2 (Hucka et al. 2019, J Integr Bioinform 16:20190021, section 4.11).</remarks>
public sealed record NetworkEvent(string Name, Expression Trigger, ImmutableArray<EventAssignment> Assignments, bool TrueBeforeStart = true)
{
    /// <summary>Time between trigger and jump, taken when the trigger turns true; null for none.</summary>
    public Expression? Delay { get; init; }

    /// <summary>The highest is carried out first among those due at one time, equals in random order; events without one come last, in order.</summary>
    public Expression? Priority { get; init; }

    /// <summary>Whether the event stays due if its trigger turns false before it is carried out.</summary>
    public bool IsPersistent { get; init; } = true;

    /// <summary>Whether the new values are computed when the trigger turns true; else when the event is carried out.</summary>
    public bool UsesTriggerTimeValues { get; init; } = true;
}
