using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Solvers.Stochastic;

/// <summary>A network made ready for stochastic runs. Immutable and safe for use from many threads.</summary>
public sealed class StochasticKernel
{
    // Propensities are tried at these values of everything else, to see whether they vanish where a reactant is missing.
    private const double FirstTrial = 1.37, TrialStep = 0.61;

    private StochasticKernel(Network network, StochasticOptions options)
    {
        Network = network;
        System = network.ToChannels(options.Observables);
        Outputs = Tabulated(network, System.Equations, options);
        Programs = new ChannelPrograms(System, [.. Outputs.Select(o => (o.Name, o.Value))], options.Compiles, options.Method is StochasticMethod.TauLeaping);
        Base = Kernel.Compile(System.Equations with { Observables = [] }, KernelBackend.Interpreted);
        Guards = [.. System.Channels.Select(Guard)];
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>Its channels.</summary>
    public ChannelSystem System { get; }

    /// <summary>What is tabulated, with formulas in states, parameters and time.</summary>
    public ImmutableArray<Observable> Outputs { get; }

    internal ChannelPrograms Programs { get; }

    /// <summary>What moves without channels: start values, events.</summary>
    internal Kernel Base { get; }

    /// <summary>For each channel the counted states that a firing might bring below 0; null where its propensity vanishes first.</summary>
    internal int[]?[] Guards { get; }

    /// <summary>Compiles a network.</summary>
    /// <param name="network">The model.</param>
    /// <param name="options">Its outputs and observables are what is tabulated.</param>
    /// <exception cref="NetworkException">Something in it has no stochastic meaning.</exception>
    /// <exception cref="StochasticException">An output is not there.</exception>
    public static StochasticKernel Compile(Network network, StochasticOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new StochasticKernel(network, options ?? StochasticOptions.Default);
    }

    private static ImmutableArray<Observable> Tabulated(Network network, EquationSystem equations, StochasticOptions options)
    {
        var known = new Dictionary<string, Observable>(StringComparer.Ordinal);
        foreach (var observable in equations.Observables) known[observable.Name] = observable;
        foreach (var parameter in equations.Parameters) known[parameter.Name] = new Observable(parameter.Name, parameter.Unit, Expression.Symbol(parameter.Name));
        foreach (var state in equations.States) known[state.Name] = new Observable(state.Name, state.Unit, Expression.Symbol(state.Name));
        var names = options.Outputs.IsEmpty
            ? network.Stores.Select(s => s.Name).Concat(network.Variables.Select(v => v.Name)).Where(known.ContainsKey)
            : options.Outputs;
        return [.. names.Concat(options.Observables.Select(o => o.Name)).Select(name => known.TryGetValue(name, out var found) ? found : throw new StochasticException(
            $"There is no quantity '{name}' to tabulate.", $"network {network.Name}, outputs", $"Choose among {string.Join(", ", known.Keys.Order(StringComparer.Ordinal).Take(12))}."))];
    }

    private int[]? Guard(Channel channel)
    {
        var unsafeStates = channel.Changes.Where(c => System.IsCounted[c.State] && !CannotOverdraw(channel, c)).Select(c => c.State).ToArray();
        return unsafeStates.Length == 0 ? null : unsafeStates;
    }

    private bool CannotOverdraw(Channel channel, ChannelChange change)
    {
        if (!change.Amount.IsConstant || change.Amount.Value < -100) return false;
        string name = System.Equations.States[change.State].Name;
        for (int left = 0; left < -change.Amount.Value; left++)
        {
            for (int trial = 0; trial < 3; trial++)
            {
                double next = FirstTrial + trial;
                if (channel.Propensity.Evaluate(symbol => symbol == name ? left : next += TrialStep, 0.5) != 0) return false;
            }
        }
        return true;
    }
}
