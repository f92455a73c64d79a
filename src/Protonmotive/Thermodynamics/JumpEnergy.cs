using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Thermodynamics;

/// <summary>What jumps supply, as a state of the system: nothing moves it but events, each of which adds what it does to the free energy stored.</summary>
/// <remarks>As a state it has tangents and adjoints like any other, through the times of events too.</remarks>
internal static class JumpEnergy
{
    /// <summary>The system with that state, named <see cref="LedgerNumber.Jumped"/>; itself where no event can supply anything.</summary>
    public static EquationSystem Add(EquationSystem system, string unit)
    {
        if (system.Events.IsEmpty || system.Observables.FirstOrDefault(o => o.Name == LedgerNumber.Stored)?.Value is not { } stored) return system;
        var sum = Expression.Symbol(LedgerNumber.Jumped);
        return system with
        {
            States = [.. system.States, new StateVariable(LedgerNumber.Jumped, unit, Expression.Zero, Expression.Zero)],
            Events = [.. system.Events.Select(Counted)],
        };

        EventDefinition Counted(EventDefinition e)
        {
            // The energy after is that of the state in which the event's targets are what it makes of them.
            var after = new Dictionary<Expression, Expression>();
            for (int i = 0; i < e.Assignments.Length; i++) after[Expression.Symbol(e.Assignments[i].Target)] = e.Assignments[i].Result ?? EventAssignment.Assigned(i);
            var gain = stored.Substitute(after) - stored;
            return e with { Assignments = [.. e.Assignments, new EventAssignment(LedgerNumber.Jumped, sum) { Result = sum + gain }] };
        }
    }
}
