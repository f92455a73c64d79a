using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Networks;

namespace Protonmotive.Thermodynamics;

/// <summary>Flux and affinity of a process at states given one by one: how often, and how far, it runs uphill.</summary>
/// <param name="Process">The process.</param>
/// <param name="Affinities">A of each state, J/mol or the model's unit.</param>
/// <param name="Fluxes">J of each state.</param>
public sealed record PowerSample(string Process, ImmutableArray<double> Affinities, ImmutableArray<double> Fluxes)
{
    /// <summary>Number of states.</summary>
    public int Count => Affinities.Length;

    /// <summary>States at which A·J &lt; 0, or is no number.</summary>
    public int Violations => Enumerable.Range(0, Count).Count(i => !(Affinities[i] * Fluxes[i] >= 0));

    /// <summary>Least A·J.</summary>
    public double LeastPower => Enumerable.Range(0, Count).Min(i => Affinities[i] * Fluxes[i]);

    /// <summary>Evaluates a process through the compiled kernel, whose numbers a solver sees.</summary>
    /// <param name="kernel">The network, lowered and compiled.</param>
    /// <param name="process">The process.</param>
    /// <param name="parameters">Parameters with modes, from <see cref="Kernel.Parameters"/>.</param>
    /// <param name="states">States, each of shape [Count].</param>
    /// <exception cref="NetworkException">The process has no known affinity.</exception>
    public static PowerSample Of(Kernel kernel, string process, double[] parameters, IEnumerable<double[]> states)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(states);
        var observables = kernel.System.Observables.Select((o, i) => (o.Name, i)).ToDictionary(o => o.Name, o => o.i, StringComparer.Ordinal);
        if (!observables.TryGetValue(process, out int flux) || !observables.TryGetValue(Lowering.AffinityName(process), out int affinity))
            throw new NetworkException($"The affinity of '{process}' is not known.", $"process {process}", "Declare the standard potentials of its species.");
        var instance = kernel.Bind(parameters);
        var values = new double[kernel.System.Observables.Length];
        var (affinities, fluxes) = (ImmutableArray.CreateBuilder<double>(), ImmutableArray.CreateBuilder<double>());
        foreach (double[] state in states)
        {
            instance.Observables(0, state, values);
            affinities.Add(values[affinity]);
            fluxes.Add(values[flux]);
        }
        return new PowerSample(process, affinities.ToImmutable(), fluxes.ToImmutable());
    }
}
