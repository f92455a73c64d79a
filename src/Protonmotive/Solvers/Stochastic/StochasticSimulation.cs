using System.Collections.Immutable;
using Protonmotive.Networks;

namespace Protonmotive.Solvers.Stochastic;

/// <summary>Stochastic simulation of single runs; <see cref="StochasticEnsemble"/> makes many.</summary>
public static class StochasticSimulation
{
    /// <summary>One run of a network.</summary>
    /// <param name="network">The model; amounts are counts.</param>
    /// <param name="seed">Seed of the ensemble it belongs to.</param>
    /// <param name="times">Output times, ascending, in the model's unit; the first is the start.</param>
    /// <param name="member">Index of the run: another member, other random numbers.</param>
    /// <param name="options">Method, outputs, limits.</param>
    /// <exception cref="StochasticException">It can't be started, or a propensity is negative or not a number, or it runs beyond a limit.</exception>
    /// <exception cref="NetworkException">Something in the network has no stochastic meaning.</exception>
    public static StochasticSolution Run(Network network, ulong seed, IEnumerable<double> times, ulong member = 0, StochasticOptions? options = null) =>
        Run(StochasticKernel.Compile(network, options), seed, times, member, options);

    /// <summary>One run of a compiled network.</summary>
    /// <inheritdoc cref="Run(Network, ulong, IEnumerable{double}, ulong, StochasticOptions?)"/>
    public static StochasticSolution Run(StochasticKernel kernel, ulong seed, IEnumerable<double> times, ulong member = 0, StochasticOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ImmutableArray<double> at = [.. times];
        var run = new StochasticRun(kernel, seed, at, options ?? StochasticOptions.Default);
        var values = new double[at.Length * kernel.Outputs.Length];
        run.Run(member, values);
        return new StochasticSolution(kernel, at, values, seed, member, run.Firings);
    }
}
