using Protonmotive.Networks;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Formats.Antimony;

/// <summary>Compares two networks by the equations they come to.</summary>
internal static class SameEquations
{
    /// <summary>
    /// States, parameters, initial values, and rates and fluxes at random states are the same. Dots in names count as underscores, and an
    /// underscore at the end does not count: words of the language get one.
    /// </summary>
    /// <param name="expected">The network.</param>
    /// <param name="actual">What was read back.</param>
    /// <param name="relative">Bound on the relative difference: numbers are written to the last bit, so only folded products differ.</param>
    public static void Check(Network expected, Network actual, double relative = 1e-12)
    {
        var (first, second) = (expected.Lower(), actual.Lower());
        var firstStates = first.States.ToDictionary(s => Plain(s.Name));
        var secondStates = second.States.ToDictionary(s => Plain(s.Name));
        Assert.Equal(firstStates.Keys.Order(), secondStates.Keys.Order());
        var (firstValues, secondValues) = (Values(first), Values(second));
        foreach (var (name, value) in firstValues)
            if (secondValues.TryGetValue(name, out double other)) Near(value, other, relative, $"parameter {name}");
        // The content of a store that is no species starts at a formula, not at a parameter.
        var missing = firstValues.Keys.Except(secondValues.Keys).Except(expected.Stores.Where(s => s is not Species).Select(s => Plain(s.Name + ".initial"))).ToList();
        Assert.True(missing.Count == 0, $"Not read back: {string.Join(", ", missing)}");
        foreach (var (name, state) in firstStates) Near(state.Initial.Evaluate(n => firstValues[Plain(n)]), secondStates[name].Initial.Evaluate(n => secondValues[Plain(n)]), relative, $"start of {name}");

        var random = new Random(1);
        for (int sample = 0; sample < 3; sample++)
        {
            var point = firstStates.Keys.ToDictionary(n => n, n => firstStates[n].Initial.Evaluate(m => firstValues[Plain(m)]) * (0.5 + random.NextDouble()) + (0.1 * random.NextDouble()));
            double time = 3 * random.NextDouble();
            double First(string n) => point.TryGetValue(Plain(n), out double x) ? x : firstValues.GetValueOrDefault(Plain(n), 1);
            double Second(string n) => point.TryGetValue(Plain(n), out double x) ? x : secondValues.GetValueOrDefault(Plain(n), 1);
            foreach (var (name, state) in firstStates) Near(state.Rate.Evaluate(First, time), secondStates[name].Rate.Evaluate(Second, time), relative, $"rate of {name}");
            var observables = second.Observables.ToDictionary(o => Plain(o.Name));
            foreach (var process in expected.Processes)
                Near(first.Observables.Single(o => o.Name == process.Name).Value.Evaluate(First, time), observables[Plain(process.Name)].Value.Evaluate(Second, time), relative, $"flux of {process.Name}");
            foreach (var (e, other) in first.Events.Zip(second.Events))
            {
                Near(e.Trigger.Evaluate(First, time), other.Trigger.Evaluate(Second, time), relative, $"trigger of {e.Name}");
                foreach (var (a, b) in e.Assignments.Zip(other.Assignments)) Near(a.Value.Evaluate(First, time), b.Value.Evaluate(Second, time), relative, $"{e.Name} sets {a.Target}");
            }
        }
        Assert.Equal(first.Events.Length, second.Events.Length);
    }

    private static string Plain(string name) => string.Join('_', name.Split('.').Select(part => part.TrimEnd('_')));

    private static void Near(double expected, double actual, double relative, string what) =>
        Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= relative * Math.Max(Math.Abs(expected), Math.Abs(actual)), $"{what}: {expected:R} became {actual:R}");

    private static Dictionary<string, double> Values(EquationSystem system)
    {
        var definitions = system.Parameters.ToDictionary(p => Plain(p.Name), p => p.Definition);
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        double Value(string name)
        {
            name = Plain(name);
            if (values.TryGetValue(name, out double known)) return known;
            values[name] = double.NaN;
            return values[name] = definitions.TryGetValue(name, out var definition) && definition.Operation != Operation.Symbol ? definition.Evaluate(Value)
                : definition is { Operation: Operation.Symbol } && Plain(definition.Name) != name ? Value(definition.Name) : double.NaN;
        }
        foreach (var name in definitions.Keys) Value(name);
        return values;
    }
}
