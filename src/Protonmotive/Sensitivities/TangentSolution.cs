using Protonmotive.Kernels;
using Protonmotive.Solvers;

namespace Protonmotive.Sensitivities;

/// <summary>A solution with its derivatives along some directions, at the times asked for and at the end.</summary>
public sealed class TangentSolution
{
    private readonly double[] states, stateTangents, observables, observableTangents, endState, endTangents, endParameters, endParameterTangents;
    private readonly int n, outputs;

    internal TangentSolution(Kernel kernel, int directions, double[] times)
    {
        Kernel = kernel;
        Directions = directions;
        Times = times;
        n = kernel.Count;
        outputs = kernel.System.Observables.Length;
        states = new double[times.Length * n];
        stateTangents = new double[times.Length * directions * n];
        observables = new double[times.Length * outputs];
        observableTangents = new double[times.Length * directions * outputs];
        RowParameters = new double[times.Length][];
        endState = new double[n];
        endTangents = new double[directions * n];
        endParameters = new double[kernel.ParameterCount + kernel.ModeCount];
        endParameterTangents = new double[directions * kernel.ParameterCount];
    }

    /// <summary>The system.</summary>
    public Kernel Kernel { get; }

    /// <summary>Number of directions.</summary>
    public int Directions { get; }

    /// <summary>Times of the rows, ascending.</summary>
    public IReadOnlyList<double> Times { get; }

    /// <summary>What the solve cost, without its derivatives.</summary>
    public WorkCounts Work { get; internal set; }

    /// <summary>Largest ratio of a tangent's own local error to what the tolerance allows it (1 is the limit); NaN where it was not asked for.</summary>
    public double TangentError { get; internal set; } = double.NaN;

    /// <summary>The limits on steps under which the tangents' errors were met: an adjoint with them is as accurate. Null where there were none.</summary>
    public StepLimits? StepLimits { get; internal set; }

    /// <summary>States, then quadratures, of a row, shape [Count].</summary>
    public ReadOnlySpan<double> State(int row) => states.AsSpan(row * n, n);

    /// <summary>∂state of a row along a direction, shape [Count].</summary>
    public ReadOnlySpan<double> StateTangent(int row, int direction) => stateTangents.AsSpan(((row * Directions) + direction) * n, n);

    /// <summary>Observables of a row.</summary>
    public ReadOnlySpan<double> Observables(int row) => observables.AsSpan(row * outputs, outputs);

    /// <summary>∂observables of a row along a direction.</summary>
    public ReadOnlySpan<double> ObservableTangent(int row, int direction) => observableTangents.AsSpan(((row * Directions) + direction) * outputs, outputs);

    /// <summary>The state at the end, shape [Count].</summary>
    public ReadOnlySpan<double> EndState => endState;

    /// <summary>∂state at the end along a direction, shape [Count].</summary>
    public ReadOnlySpan<double> EndTangent(int direction) => endTangents.AsSpan(direction * n, n);

    /// <summary>A start from where this ends: with the parameters as events have left them.</summary>
    public TangentStart GoOn()
    {
        var start = new TangentStart(Kernel, Directions, [.. endParameters], [.. endState]);
        endTangents.CopyTo(start.StateTangents, 0);
        endParameterTangents.CopyTo(start.ParameterTangents, 0);
        return start;
    }

    // Parameters and modes of each row as they were there, shape [rows][ParameterCount + ModeCount].
    internal double[][] RowParameters { get; }

    internal Span<double> RowState(int row) => states.AsSpan(row * n, n);

    internal Span<double> RowTangent(int row, int direction) => stateTangents.AsSpan(((row * Directions) + direction) * n, n);

    internal Span<double> RowObservables(int row) => observables.AsSpan(row * outputs, outputs);

    internal Span<double> RowObservableTangent(int row, int direction) => observableTangents.AsSpan(((row * Directions) + direction) * outputs, outputs);

    internal (double[] State, double[] Parameters) End => (endState, endParameters);

    internal (double[] State, double[] Parameters) EndTangents => (endTangents, endParameterTangents);
}
