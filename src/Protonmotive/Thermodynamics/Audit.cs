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
    /// <summary>Temperature in K that energies are given for where the model declares none.</summary>
    public const double StandardTemperature = 298.15;

    /// <summary>Audits a network.</summary>
    /// <param name="network">The model.</param>
    /// <param name="samples">Number of states tried for each law that its form does not prove.</param>
    /// <param name="seed">Seed of the sampled states.</param>
    /// <param name="overrides">Parameters other than the model's own.</param>
    public static AuditReport Check(Network network, int samples = 2000, ulong seed = 1, IReadOnlyDictionary<string, double>? overrides = null)
    {
        var steps = ReactionSteps.Of(network, overrides);
        var kernel = Kernel.Compile(network.Lower(), KernelBackend.Interpreted);
        var parameters = kernel.Parameters(overrides);
        var laws = new LawSampling(network, kernel, parameters, samples, seed);
        var thermalEnergy = ThermalEnergy(network, kernel, parameters);
        var wegscheider = Wegscheider.Check(steps, thermalEnergy ?? PhysicalConstants.CodataGasConstant * StandardTemperature);
        return new AuditReport
        {
            System = network.Name,
            Processes = [.. network.Processes.Select((p, i) => laws.Judge(p, steps[i]))],
            Wegscheider = wegscheider is null || thermalEnergy is not null ? wegscheider : wegscheider with { AssumedTemperature = StandardTemperature },
            Balance = [.. Conservation.Faults(network)],
            BalanceChecked = network.Processes.Count(Conservation.IsDeclared),
            ConservedTotals = Conservation.Totals(network),
            Samples = samples,
        };
    }

    /// <summary>RT in J/mol, null where there is no temperature.</summary>
    private static double? ThermalEnergy(Network network, Kernel kernel, double[] parameters)
    {
        if (network.Constants.Temperature is null) return null;
        var values = kernel.System.Parameters.Select((p, i) => (p.Name, Value: parameters[i])).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        double RT = new Lowering(network).Resolve(network.Constants.ThermalEnergy).Evaluate(name => values.GetValueOrDefault(name, double.NaN));
        return double.IsFinite(RT) ? RT : null;
    }
}
