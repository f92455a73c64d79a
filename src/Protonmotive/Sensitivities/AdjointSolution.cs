using Protonmotive.Kernels;
using Protonmotive.Sensitivities.Sweeps;
using Protonmotive.Solvers;

namespace Protonmotive.Sensitivities;

/// <summary>A solution that can tell the gradient of any scalar function of it: the vector-Jacobian product of a solve.</summary>
public sealed class AdjointSolution
{
    private readonly SolvePath path;
    private readonly double[] states, observables;
    private readonly int n, outputs;

    internal AdjointSolution(SolvePath path, TangentStart start)
    {
        this.path = path;
        n = path.Kernel.Count;
        outputs = path.Kernel.System.Observables.Length;
        // Rows come from a sweep without directions, so that they are the ones whose gradients are taken.
        var rows = new TangentSolution(path.Kernel, 0, path.Log.Asked);
        using var sweep = new TangentSweep<Kernels.Lanes.OneLane, double>(path, SensitivityOptions.Default);
        sweep.Rows(start, rows);
        states = [.. Enumerable.Range(0, path.Log.Asked.Length).SelectMany(row => rows.State(row).ToArray())];
        observables = [.. Enumerable.Range(0, path.Log.Asked.Length).SelectMany(row => rows.Observables(row).ToArray())];
        EndState = path.Solution.FinalState;
    }

    /// <summary>The system.</summary>
    public Kernel Kernel => path.Kernel;

    /// <summary>Times of the rows, ascending.</summary>
    public IReadOnlyList<double> Times => path.Log.Asked;

    /// <summary>The state at the end, shape [Count].</summary>
    public double[] EndState { get; }

    /// <summary>What the solve cost, without its derivatives.</summary>
    public WorkCounts Work => path.Solution.Work;

    /// <summary>States, then quadratures, of a row, shape [Count].</summary>
    public ReadOnlySpan<double> State(int row) => states.AsSpan(row * n, n);

    /// <summary>Observables of a row.</summary>
    public ReadOnlySpan<double> Observables(int row) => observables.AsSpan(row * outputs, outputs);

    /// <summary>The gradient of a loss, from its gradients by what it reads. May be asked for again, with others.</summary>
    /// <param name="byStates">∂loss/∂states of each row, shape [rows·Count]; empty for none.</param>
    /// <param name="byObservables">∂loss/∂observables of each row, shape [rows·observables]; empty for none.</param>
    /// <param name="byEnd">∂loss/∂state at the end, shape [Count]; empty for none.</param>
    /// <exception cref="ShapeException">A vector is not of its length.</exception>
    /// <exception cref="SensitivityException">The solution has no derivative.</exception>
    public AdjointGradient Gradient(ReadOnlySpan<double> byStates, ReadOnlySpan<double> byObservables = default, ReadOnlySpan<double> byEnd = default)
    {
        int rows = Times.Count;
        if (!byStates.IsEmpty) ShapeException.Check(byStates.Length, rows * n, nameof(byStates));
        if (!byObservables.IsEmpty) ShapeException.Check(byObservables.Length, rows * outputs, nameof(byObservables));
        if (!byEnd.IsEmpty) ShapeException.Check(byEnd.Length, n, nameof(byEnd));
        using var sweep = new AdjointSweep(path);
        var (parameters, state) = sweep.Run(byStates, byObservables, byEnd);
        return new AdjointGradient(parameters, state);
    }
}

/// <summary>The gradient of a loss.</summary>
/// <param name="Parameters">By each parameter alone, initial state and other parameters held, shape [ParameterCount]; <see cref="TangentStart.PullBack"/> follows what depends on them.</param>
/// <param name="InitialState">By the state at the start, shape [Count].</param>
public sealed record AdjointGradient(double[] Parameters, double[] InitialState);
