using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;

namespace Protonmotive.Atlas.Biology;

/// <summary>Steady states of the protocell over its parameters, each sought from the one before.</summary>
internal sealed class ProtocellScan
{
    private static readonly Tolerance tolerance = new(1e-6, 1e-12);
    private readonly Kernel kernel;
    private readonly SteadyStateOptions options;
    private readonly string[] names;
    private readonly (int Affinity, int Flux)[] processes;
    private readonly CancellationToken cancellation;

    public ProtocellScan(Network network, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        kernel = Kernel.Compile(network.Lower());
        names = [.. kernel.System.Observables.Select(o => o.Name)];
        processes = [.. network.Processes.Select(p => (Index("affinity." + p.Name), Index(p.Name)))];
        // Charge inside, less what the membrane has let out, is what it was at the start.
        var law = new double[1, kernel.StateCount];
        foreach (var store in network.Stores)
        {
            int state = kernel.System.States.Select(s => s.Name).ToList().IndexOf(store.ContentName);
            if (state >= 0) law[0, state] = store is Membrane ? 1 / PhysicalConstants.CodataFaraday : store.ChargeNumber ?? 0;
        }
        options = new SteadyStateOptions { ConservationLaws = law, Horizon = 1e12 };
    }

    /// <summary>Steady states found.</summary>
    public int Count { get; private set; }

    /// <summary>Processes that ran up their affinity in them, by more than what the tolerance leaves of one at rest.</summary>
    public int Uphill { get; private set; }

    /// <summary>The steady state at some parameters.</summary>
    /// <param name="setting">Parameters other than the system's own.</param>
    /// <param name="near">A state to seek it from, with the same charge; the start by default.</param>
    /// <exception cref="SolverException">There is none, which says why.</exception>
    public ProtocellState At(ImmutableDictionary<string, double> setting, ImmutableArray<double> near = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var found = SteadyState.Find(new InitialValueProblem(kernel, 0, 1) { Overrides = setting, InitialState = near }, tolerance, options, null, cancellation);
        if (!found.Found) throw new SolverException(found.Explanation, string.Join(", ", setting.Select(s => $"{s.Key} = {s.Value:g4}")), "Start nearer, or at another permeability.");
        var values = new double[names.Length];
        kernel.Bind(found.Parameters.AsSpan()).Observables(0, found.State.AsSpan(), values);
        double most = processes.Sum(p => Math.Abs(values[p.Affinity] * values[p.Flux]));
        Count++;
        Uphill += processes.Count(p => values[p.Affinity] * values[p.Flux] < -1e-9 * most);
        return new ProtocellState(found.State, values[Index("dmu_H")] / 1e3, values[Index("dmu_Na")] / 1e3, values[Index("power")], values[Index("pH_in")], values[Index("potential")] * 1e3);
    }

    private int Index(string name) => Array.IndexOf(names, name);
}

/// <summary>A steady state of the protocell.</summary>
/// <param name="State">Contents of its stores.</param>
/// <param name="Proton">What a proton releases as it enters from the acid side, kJ/mol.</param>
/// <param name="Sodium">What a sodium ion releases, kJ/mol.</param>
/// <param name="Power">ATP made over the most the synthases can make.</param>
/// <param name="Inside">pH inside.</param>
/// <param name="Potential">Inside less outside, mV.</param>
internal sealed record ProtocellState(ImmutableArray<double> State, double Proton, double Sodium, double Power, double Inside, double Potential);
