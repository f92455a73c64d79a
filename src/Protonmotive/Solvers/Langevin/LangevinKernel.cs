using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers.Stochastic;
using Protonmotive.Symbolics;

namespace Protonmotive.Solvers.Langevin;

/// <summary>A network in a heat bath, made ready for paths. Immutable and safe for use from many threads.</summary>
public sealed class LangevinKernel
{
    private LangevinKernel(Network network, DiffusionSystem system, ImmutableArray<Observable> outputs)
    {
        (Network, System, Outputs) = (network, system, outputs);
        Noises = [.. Enumerable.Range(0, system.Processes.Length).Where(k => system.Processes[k].IsNoisy)];
        var bare = system.Equations with { Observables = [] };
        Motion = Kernel.Compile(bare with { Observables = [.. system.Processes.SelectMany((p, k) => Moved(p, k))] });
        var still = bare with { States = [.. bare.States.Select(s => s with { Rate = Expression.Zero })], Events = [] };
        Books = Kernel.Compile(still with
        {
            Observables = [new("energy", network.EnergyUnit, system.Energy), new("in time", "", system.TimeSlope),
                .. system.Drives.Select((d, i) => new Observable($"drive {i}", "", d.Slope)), .. system.Stores.Select((s, i) => new Observable($"potential {i}", "", s.Potential))],
        });
        Shown = Kernel.Compile(still with { Observables = outputs });

        var states = bare.States.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        bool IsFixed(Expression e) => !e.DependsOn(Expression.Time) && !e.Symbols().Any(states.Contains);
        IsAdditive = system.Processes.Where(p => p.IsNoisy).All(p => IsFixed(p.Amplitude) && p.Changes.All(c => IsFixed(c.Amount)));
        var slopes = bare.States.SelectMany(s => s.Rate.Symbols().Where(states.Contains).Select(name => s.Rate.Derivative(Expression.Symbol(name)).Simplify())).ToList();
        IsLinear = slopes.TrueForAll(s => !s.Symbols().Any(states.Contains));
        IsSteady = slopes.TrueForAll(IsFixed);
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>Its diffusion.</summary>
    public DiffusionSystem System { get; }

    /// <summary>What is tabulated, in states, parameters and time.</summary>
    public ImmutableArray<Observable> Outputs { get; }

    /// <summary>Whether the noise is the same at every state and time.</summary>
    public bool IsAdditive { get; }

    /// <summary>Whether the drift is linear in the state.</summary>
    public bool IsLinear { get; }

    /// <summary>Whether the drift's derivative is the same at every state and time.</summary>
    internal bool IsSteady { get; }

    /// <summary>Indices of the processes that have noise.</summary>
    internal ImmutableArray<int> Noises { get; }

    /// <summary>Drift, its derivative and events; its observables are rate, amplitude and coefficients of each process in turn.</summary>
    internal Kernel Motion { get; }

    /// <summary>Its observables are G, ∂G/∂t, the slopes of the drives and the potentials of the stores.</summary>
    internal Kernel Books { get; }

    /// <summary>Its observables are the outputs.</summary>
    internal Kernel Shown { get; }

    /// <summary>Puts a network into a heat bath.</summary>
    /// <param name="network">Stores, processes linear in their affinity (<see cref="FluxLaw.Ohm"/>), gyrators, moving parameters, events.</param>
    /// <param name="thermalEnergy">k_BT in the network's unit of energy: a number, or a formula of parameters and time.</param>
    /// <param name="outputs">Names of observables, states or parameters to tabulate; all stores where left out.</param>
    /// <exception cref="NetworkException">A dissipating process is not linear in its affinity, a potential is unknown, or something else in it has no diffusion.</exception>
    /// <exception cref="StochasticException">An output is not there.</exception>
    public static LangevinKernel Compile(Network network, Expression thermalEnergy, params ImmutableArray<string> outputs)
    {
        ArgumentNullException.ThrowIfNull(network);
        var system = network.ToDiffusion(thermalEnergy);
        return new LangevinKernel(network, system, Tabulated(network, system.Equations, outputs.IsDefault ? [] : outputs));
    }

    private static IEnumerable<Observable> Moved(DiffusionProcess process, int k) =>
        [new($"rate {k}", "", process.Rate), new($"amplitude {k}", "", process.Amplitude), .. process.Changes.Select((c, i) => new Observable($"amount {k} {i}", "", c.Amount))];

    private static ImmutableArray<Observable> Tabulated(Network network, EquationSystem equations, ImmutableArray<string> names)
    {
        var known = new Dictionary<string, Observable>(StringComparer.Ordinal);
        foreach (var observable in equations.Observables) known[observable.Name] = observable;
        foreach (var parameter in equations.Parameters) known.TryAdd(parameter.Name, new Observable(parameter.Name, parameter.Unit, Expression.Symbol(parameter.Name)));
        foreach (var state in equations.States) known.TryAdd(state.Name, new Observable(state.Name, state.Unit, Expression.Symbol(state.Name)));
        var asked = names.IsEmpty ? network.Stores.Select(s => s.Name).Where(known.ContainsKey) : names;
        return [.. asked.Select(name => known.TryGetValue(name, out var found) ? found : throw new StochasticException(
            $"There is no quantity '{name}' to tabulate.", $"network {network.Name}, outputs", $"Choose among {string.Join(", ", known.Keys.Order(StringComparer.Ordinal).Take(12))}."))];
    }
}
