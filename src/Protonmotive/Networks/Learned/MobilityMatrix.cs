using System.Collections.Immutable;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Networks;

/// <summary>
/// A mobility of several processes that drive each other: J = L Lᵀ A with L lower-triangular from a neural network, symmetric and positive
/// semidefinite by its form for every weight.
/// </summary>
/// <remarks>
/// Σ Jᵢ Aᵢ = |Lᵀ A|² ≥ 0: the processes together obey the second law, while one of them may run uphill, driven by the others. The symmetry is
/// Onsager's. L's entries are the network's outputs, row by row, times √(scaleᵢ) of their row.
/// </remarks>
public sealed class MobilityMatrix
{
    /// <summary>A mobility.</summary>
    /// <param name="network">With n(n + 1)/2 outputs.</param>
    /// <param name="processes">Names of the n processes, all with known potentials.</param>
    /// <param name="scales">Flux per affinity of each process at an entry of 1, in the unit of the flux over that of the affinity; positive.</param>
    /// <exception cref="NetworkException">The numbers of outputs, processes and scales do not fit, or a scale is not positive.</exception>
    public MobilityMatrix(Perceptron network, ImmutableArray<string> processes, ImmutableArray<double> scales)
    {
        ArgumentNullException.ThrowIfNull(network);
        int n = processes.Length;
        if (n < 1 || scales.Length != n || network.Outputs.Length != n * (n + 1) / 2 || processes.Distinct().Count() != n) throw new NetworkException(
            $"A mobility of {n} processes takes {n} different names, {n} scales and {n * (n + 1) / 2} outputs, but has {scales.Length} scales and {network.Outputs.Length} outputs.",
            $"perceptron {network.Name}", "Give the perceptron n(n + 1)/2 outputs, and a scale for each process.");
        if (scales.Any(s => !(s > 0) || !double.IsFinite(s)))
            throw new NetworkException("A scale of a mobility is not positive.", $"perceptron {network.Name}", "Give positive numbers.");
        (Network, Processes) = (network, processes);
        Factor = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, i + 1).Select(k => Math.Sqrt(scales[i]) * network.Outputs[(i * (i + 1) / 2) + k]).ToImmutableArray())];
    }

    /// <summary>The neural network.</summary>
    public Perceptron Network { get; }

    /// <summary>Names of the processes, in the order of rows.</summary>
    public ImmutableArray<string> Processes { get; }

    /// <summary>L: row i has the entries 0 … i.</summary>
    public ImmutableArray<ImmutableArray<Expression>> Factor { get; }

    /// <summary>The flux of a process: (L Lᵀ A)ᵢ, with the affinities' symbols.</summary>
    /// <exception cref="NetworkException">The process is none of this mobility's.</exception>
    public Expression Flux(string process)
    {
        int i = Processes.IndexOf(process);
        if (i < 0) throw new NetworkException($"The learned mobility of {string.Join(", ", Processes)} has no row for '{process}'.", $"process {process}", "Name the process in the mobility.");
        return Sum(Enumerable.Range(0, i + 1).Select(k => Factor[i][k] * Sum(Enumerable.Range(k, Processes.Length - k).Select(j => Factor[j][k] * Symbol(Lowering.AffinityName(Processes[j]))))));
    }
}
