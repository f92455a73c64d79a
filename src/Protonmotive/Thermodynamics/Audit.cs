using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Thermodynamics;

/// <summary>
/// The audit of a model before any run: does every law run down its affinity, does every cycle of rate constants close, are
/// charge and atoms conserved.
/// </summary>
public static class Audit
{
    /// <summary>Audits a network.</summary>
    /// <param name="network">The model.</param>
    /// <param name="samples">Number of states tried for each law that its form does not prove.</param>
    /// <param name="seed">Seed of the sampled states.</param>
    /// <param name="overrides">Parameters other than the model's own.</param>
    public static AuditReport Check(Network network, int samples = 2000, ulong seed = 1, IReadOnlyDictionary<string, double>? overrides = null)
    {
        var kernel = Kernel.Compile(network.Lower(), KernelBackend.Interpreted);
        var parameters = kernel.Parameters(overrides);
        var laws = new LawSampling(network, kernel, parameters, samples, seed);
        return new AuditReport
        {
            System = network.Name,
            Processes = [.. network.Processes.Select(laws.Judge)],
            Wegscheider = Wegscheider.Check(MassActionSteps(network, kernel, parameters), Temperature(network, kernel, parameters)),
            Balance = [.. Conservation.Faults(network)],
            ConservedTotals = Conservation.Totals(network),
            Samples = samples,
        };
    }

    private static List<(string, IReadOnlyDictionary<string, double>, double)> MassActionSteps(Network network, Kernel kernel, double[] parameters)
    {
        var steps = new List<(string, IReadOnlyDictionary<string, double>, double)>();
        var values = kernel.System.Parameters.Select((p, i) => (p.Name, Value: parameters[i])).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        var lowering = new Lowering(network);
        foreach (var process in network.Processes)
        {
            if (process.Law is not MassActionLaw { Backward: { } backward } law || process.Stoichiometry.Any(p => !p.Coefficient.IsConstant)) continue;
            double ratio = lowering.Resolve(law.Forward / backward).Evaluate(name => values.GetValueOrDefault(name, double.NaN));
            if (double.IsFinite(ratio) && ratio > 0)
                steps.Add((process.Name, process.Stoichiometry.ToDictionary(p => p.Store.Name, p => p.Coefficient.Value, StringComparer.Ordinal), Math.Log(ratio)));
        }
        return steps;
    }

    /// <summary>RT in the model's energy unit, null where there is no temperature.</summary>
    private static double? Temperature(Network network, Kernel kernel, double[] parameters)
    {
        if (network.Constants.Temperature is null) return null;
        var values = kernel.System.Parameters.Select((p, i) => (p.Name, Value: parameters[i])).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        double RT = new Lowering(network).Resolve(network.Constants.ThermalEnergy).Evaluate(name => values.GetValueOrDefault(name, double.NaN));
        return double.IsFinite(RT) ? RT : null;
    }
}
