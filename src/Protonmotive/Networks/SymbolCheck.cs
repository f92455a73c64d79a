using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>Finds symbols that nothing defines, and says in which equation they stand.</summary>
internal static class SymbolCheck
{
    /// <param name="system">The equations.</param>
    /// <param name="met">Every name in them, and maybe more.</param>
    /// <exception cref="NetworkException">A symbol is neither state, parameter nor mode.</exception>
    public static void Check(EquationSystem system, IEnumerable<string> met)
    {
        var known = system.States.Select(s => s.Name).Concat(system.Parameters.Select(p => p.Name)).Concat(system.Modes.Select(m => m.Name)).Concat(system.Delays.Select(d => d.Name)).Append(EquationSystem.StartedName).ToHashSet(StringComparer.Ordinal);
        // Names were met when formulas were resolved; only where one is wrong, formulas are searched for it.
        if (met.All(known.Contains)) return;
        foreach (var (where, formula) in Formulas(system))
        {
            foreach (var symbol in formula.Symbols())
            {
                if (known.Contains(symbol)) continue;
                var near = known.Where(k => string.Equals(k, symbol, StringComparison.OrdinalIgnoreCase) || k.StartsWith(symbol, StringComparison.Ordinal)).Take(3).ToList();
                throw new NetworkException($"The symbol '{symbol}' is not defined.", $"network {system.Name}, {where}",
                    near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?" : "Declare it as a parameter, species, compartment or variable.");
            }
        }
    }

    private static IEnumerable<(string Where, Expression Formula)> Formulas(EquationSystem system) =>
        system.States.Select(s => ($"rate of {s.Name}", s.Rate))
            .Concat(system.States.Select(s => ($"initial value of {s.Name}", s.Initial)))
            .Concat(system.Parameters.Select(p => ($"value of {p.Name}", p.Definition)))
            .Concat(system.Modes.Select(m => ("a condition", m.Relation)))
            .Concat(system.Quadratures.Select(q => ($"integral {q.Name}", q.Integrand)))
            .Concat(system.Events.SelectMany(e => e.Assignments.Select(a => ($"event {e.Name}", a.Value)).Append(($"trigger of {e.Name}", e.Trigger))
                .Append(($"delay of {e.Name}", e.Delay ?? Expression.Zero)).Append(($"priority of {e.Name}", e.Priority ?? Expression.Zero))))
            .Concat(system.Delays.SelectMany(d => new[] { ("a delayed value", d.Value), ("a delay", d.Lag) }))
            .Concat(system.Parameters.Where(p => p.Draw is not null).SelectMany(p => p.Draw!.Arguments.Select(a => ($"draw {p.Name}", a))))
            .Concat(system.Observables.Select(o => ($"formula of {o.Name}", o.Value)));
}
