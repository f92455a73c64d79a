using System.Text;
using Protonmotive.Formats.Sbml;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Property.Formats;

/// <summary>Writes a network as SBML, reads it back, and holds the two against each other.</summary>
internal static class SameNetwork
{
    /// <summary>The file's text.</summary>
    public static string Text(Network network)
    {
        var writer = new StringWriter();
        SbmlWriter.Write(network, writer);
        return writer.ToString();
    }

    public static Network Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return SbmlReader.Read(stream, "returned.xml");
    }

    /// <summary>Asserts that a network comes back as it was, and that its second file has the bytes of the first.</summary>
    public static Network Returns(Network network)
    {
        var text = Text(network);
        var returned = Known(text);
        Assert.SkipWhen(network.Stores.Any(s => s.ChargeNumber is not null) && returned.Stores.All(s => s.ChargeNumber is null), "Charges of the package fbc are not read yet.");
        Assert.Equal(text, Text(returned));
        Equations(network.Lower(), returned.Lower());
        foreach (var process in network.Processes) Stoichiometry(process, returned);
        return returned;
    }

    /// <summary>Reads; a test of what the reader says it does not read yet is skipped with its words.</summary>
    private static Network Known(string text)
    {
        try
        {
            return Read(text);
        }
        catch (SbmlException e) when (e.What.Contains("not read", StringComparison.Ordinal) || e.What.Contains("not supported yet", StringComparison.Ordinal))
        {
            Assert.Skip(e.What);
            throw;
        }
    }

    /// <summary>
    /// Asserts that two systems have the same states with the same start and the same rates, observables, triggers and jumps at a
    /// random state. Formulas are written as they stand, so only eˣ − 1, which is written in two parts, may differ by rounding.
    /// </summary>
    private static void Equations(EquationSystem one, EquationSystem two)
    {
        Assert.Equal(one.States.Select(s => s.Name).Order(StringComparer.Ordinal), two.States.Select(s => s.Name).Order(StringComparer.Ordinal));
        var (parametersOfOne, parametersOfTwo) = (Parameters(one), Parameters(two));
        foreach (var (name, value) in parametersOfOne)
            if (parametersOfTwo.TryGetValue(name, out double other)) Close(value, other, $"parameter {name}");
        var (start, startOfTwo) = (Start(one), Start(two));
        foreach (var (name, value) in start) Close(value, startOfTwo[name], $"start of {name}");

        var random = new Random(one.States.Length);
        var point = start.ToDictionary(s => s.Key, s => (s.Value == 0 || !double.IsFinite(s.Value) ? 1 : s.Value) * (0.5 + random.NextDouble()), StringComparer.Ordinal);
        double time = 3 * random.NextDouble();
        double One(Expression formula) => Value(formula, one, point, parametersOfOne, time);
        double Two(Expression formula) => Value(formula, two, point, parametersOfTwo, time);
        foreach (var state in one.States) Close(One(state.Rate), Two(two.States.Single(s => s.Name == state.Name).Rate), $"rate of {state.Name}");
        foreach (var observable in one.Observables)
            if (two.Observables.FirstOrDefault(o => o.Name == observable.Name) is { } other) Close(One(observable.Value), Two(other.Value), observable.Name);
        Assert.Equal(one.Events.Length, two.Events.Length);
        foreach (var (e, f) in one.Events.Zip(two.Events))
        {
            Close(One(e.Trigger), Two(f.Trigger), $"trigger of {e.Name}");
            Assert.Equal(e.TrueBeforeStart, f.TrueBeforeStart);
            Assert.Equal(e.Assignments.Select(a => a.Target), f.Assignments.Select(a => a.Target));
            foreach (var (a, b) in e.Assignments.Zip(f.Assignments)) Close(One(a.Value), Two(b.Value), $"event {e.Name}, {a.Target}");
        }
    }

    private static void Stoichiometry(Process process, Network returned)
    {
        var other = returned.Processes.Single(p => p.Name == process.Name);
        Assert.Equal(process.IsReversible, other.IsReversible);
        Assert.Equal(process.IsFast, other.IsFast);
        Assert.Equal(process.Stoichiometry.Where(p => p.Store is Species && p.Coefficient.IsConstant).Select(p => (p.Store.Name, p.Coefficient.Value)),
            other.Stoichiometry.Where(p => p.Coefficient.IsConstant).Select(p => (p.Store.Name, p.Coefficient.Value)));
    }

    /// <summary>Every random number is the same one here, whatever its name.</summary>
    private static Dictionary<string, double> Drawn(EquationSystem system) => system.Parameters.Where(p => p.Draw is not null).ToDictionary(p => p.Name, _ => 0.7, StringComparer.Ordinal);

    private static Dictionary<string, double> Parameters(EquationSystem system)
    {
        var values = Kernel.Compile(system, KernelBackend.Interpreted).Parameters(Drawn(system));
        return system.Parameters.Select((p, i) => (p.Name, values[i])).ToDictionary(p => p.Name, p => p.Item2, StringComparer.Ordinal);
    }

    private static Dictionary<string, double> Start(EquationSystem system)
    {
        var kernel = Kernel.Compile(system, KernelBackend.Interpreted);
        var values = kernel.InitialState(kernel.Parameters(Drawn(system)));
        return system.States.Select((s, i) => (s.Name, values[i])).ToDictionary(s => s.Name, s => s.Item2, StringComparer.Ordinal);
    }

    private static double Value(Expression formula, EquationSystem system, Dictionary<string, double> point, Dictionary<string, double> parameters, double time)
    {
        double Symbol(string name) => point.TryGetValue(name, out double x) || parameters.TryGetValue(name, out x) ? x
            : system.Modes.FirstOrDefault(m => m.Name == name) is { } mode ? mode.Relation.Evaluate(Symbol, time)
            : 0.5 + (name.Sum(c => c) % 97 / 97.0);    // a delayed value: any number, the same on both sides
        return formula.Evaluate(Symbol, time);
    }

    private static void Close(double one, double two, string what) =>
        Assert.True(one.Equals(two) || Math.Abs(one - two) <= 1e-9 * (1e-6 + Math.Abs(one)), $"{what}: {one:r} was written and {two:r} read");
}
