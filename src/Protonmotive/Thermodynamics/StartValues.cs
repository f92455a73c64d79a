using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Thermodynamics;

/// <summary>Values of a network's symbols at its start, and which of them stay as they are in a run.</summary>
internal sealed class StartValues
{
    private readonly Dictionary<string, double> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> constants = new(StringComparer.Ordinal);

    public StartValues(Network network, IReadOnlyDictionary<string, double>? overrides)
    {
        var system = network.Lower();
        // Rates and laws are not needed: what is compiled is small however large the model.
        var stores = network.Stores.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        var kernel = Kernel.Compile(system with
        {
            States = [.. system.States.Select(s => s with { Rate = Expression.Zero })],
            Observables = [.. system.Observables.Where(o => stores.Contains(o.Name))],
            Quadratures = [],
            Events = [],
            Mass = [],
        }, KernelBackend.Interpreted);
        var parameters = kernel.Parameters(Known(overrides, kernel));
        var state = kernel.InitialState(parameters);
        var observed = new double[kernel.System.Observables.Length];
        kernel.Bind(parameters).Observables(0, state, observed);
        for (int i = 0; i < kernel.System.States.Length; i++) values[kernel.System.States[i].Name] = state[i];
        for (int i = 0; i < observed.Length; i++) values[kernel.System.Observables[i].Name] = observed[i];
        var switched = network.Events.SelectMany(e => e.Assignments.Select(a => a.Target)).ToHashSet(StringComparer.Ordinal);
        for (int i = 0; i < kernel.System.Parameters.Length; i++)
        {
            var name = kernel.System.Parameters[i].Name;
            values[name] = parameters[i];
            if (!switched.Contains(name) && !stores.Contains(name)) constants.Add(name);
        }
    }

    /// <summary>Overrides as the kernel names them: a store's is of its start. What it does not know is the run's affair.</summary>
    private static Dictionary<string, double> Known(IReadOnlyDictionary<string, double>? overrides, Kernel kernel)
    {
        var names = kernel.System.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        return (overrides ?? new Dictionary<string, double>()).Select(o => (Name: names.Contains(o.Key) ? o.Key : o.Key + ".initial", o.Value))
            .Where(o => names.Contains(o.Name)).ToDictionary(o => o.Name, o => o.Value, StringComparer.Ordinal);
    }

    /// <summary>Value at the start; null where there is none.</summary>
    public double? Start(string name) => values.TryGetValue(name, out double value) && double.IsFinite(value) ? value : null;

    /// <summary>Value of what does not change in a run and is no store; null for anything else.</summary>
    public double? Constant(string name) => constants.Contains(name) ? Start(name) : null;
}
