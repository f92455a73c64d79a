using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <remarks>Rates of change by name: what a formula means by <see cref="Network.RateName"/>.</remarks>
internal sealed partial class Lowering
{
    /// <summary>d/dt of a formula along the solution, through everything in it that moves.</summary>
    private static Expression Slope(Expression formula) =>
        Expression.Sum(formula.Symbols().Select(s => formula.Derivative(Expression.Symbol(s)) * Expression.Symbol(Network.RateName(s)))
            .Append(formula.Derivative(Expression.Time)));

    /// <summary>Most rates of rates followed; a value that is defined by its own rate would ask for ever.</summary>
    private const int DeepestRate = 10;

    private bool hasDelays;
    private List<Expression>? own; // the network's own formulas that need a look; null before they were searched

    /// <summary>Defines every rate that some formula asks for, and those that these need.</summary>
    private void AddRates(IEnumerable<Expression> more)
    {
        var formulas = more.ToList();
        if (own is null)
        {
            own = [.. definitions.Values.Concat(states.Select(s => s.Rate)).Concat(initialValues.Values).Concat(starts.Values)
                .Concat(parameters.Select(p => p.Value)).Concat(network.Events.SelectMany(Formulas)).Where(f => (f.Contents & (Contents.Rate | Contents.Delay)) != 0)];
            formulas.AddRange(own);
        }
        var open = new Stack<string>(formulas.SelectMany(Asked).Distinct());
        hasDelays |= open.Count > 0 && own.Concat(formulas).Any(f => (f.Contents & Contents.Delay) != 0);
        while (open.TryPop(out var name))
        {
            if (definitions.ContainsKey(name)) continue;
            if (name.Split(Expression.RatePrefix).Length - 1 > DeepestRate)
            {
                var asked = name[(name.LastIndexOf(Expression.RatePrefix, StringComparison.Ordinal) + Expression.RatePrefix.Length)..];
                throw new NetworkException($"The rate of '{asked}' needs rates of rates without end.", $"network {network.Name}, rateOf({asked})", "Do not define a quantity by its own rate.");
            }
            var rate = RateOf(name[Expression.RatePrefix.Length..]);
            // Seen through a delay, nothing moved before the start.
            definitions[name] = hasDelays ? rate * Expression.Symbol(EquationSystem.StartedName) : rate;
            foreach (var needed in Asked(rate)) open.Push(needed);
        }
    }

    private static IEnumerable<string> Asked(Expression formula) =>
        (formula.Contents & Contents.Rate) == 0 ? [] : formula.Symbols().Where(s => s.StartsWith(Expression.RatePrefix, StringComparison.Ordinal));

    private Expression RateOf(string name)
    {
        if (rates.TryGetValue(name, out var rate)) return rate;
        if (states.Find(s => s.Name == name) is { } state)
        {
            return state.Mass != 1
                ? throw new NetworkException($"The rate of change of '{name}' is asked for, but an algebraic rule (or a fast reaction) determines '{name}'.", $"network {network.Name}, rateOf({name})", "Ask for the rate of a quantity with a rate of its own.")
                : state.Rate;
        }
        return definitions.TryGetValue(name, out var formula) ? Slope(formula) : Expression.Zero;
    }
}
