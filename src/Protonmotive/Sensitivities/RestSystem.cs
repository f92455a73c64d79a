using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Sensitivities;

/// <summary>A system as it is at a steady state.</summary>
internal static class RestSystem
{
    /// <summary>
    /// The same states, parameters and modes without integrals and events, and with delayed values as present ones: at rest the past
    /// was as the present is.
    /// </summary>
    public static EquationSystem Of(EquationSystem system)
    {
        var present = new Dictionary<Expression, Expression> { [Expression.Symbol(EquationSystem.StartedName)] = Expression.One };
        foreach (var delay in system.Delays)
        {
            // A delayed value may hold those before it.
            present[Expression.Symbol(delay.Name)] = delay.Value.Substitute(present);
            present[Expression.Symbol(delay.SlopeName)] = Expression.Zero;
        }

        return system with
        {
            States = [.. system.States.Select(s => s with { Rate = s.Rate.Substitute(present) })],
            Observables = [.. system.Observables.Select(o => o with { Value = o.Value.Substitute(present) })],
            Modes = [.. system.Modes.Select(m => m with { Relation = m.Relation.Substitute(present) })],
            Events = [],
            Quadratures = [],
            Delays = [],
        };
    }
}
