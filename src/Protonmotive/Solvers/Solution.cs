using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>
/// What a solve found: a value that owns its columns. Rows stand in the order of time; at a jump the time stands twice, before
/// and after.
/// </summary>
public sealed class Solution
{
    private readonly double[] columns;
    private readonly int[] rowSegments;
    private readonly DenseOutput? dense;
    private readonly DelayHistory? history;
    private readonly Lazy<Dictionary<string, int>> indices;
    private readonly Lazy<double[]> observables;
    private readonly double[] finalState;

    internal Solution(InitialValueProblem problem, Method method, ImmutableArray<MethodChoice> choices, Tolerance tolerance, SolutionRecorder recorder, DelayHistory? history, double[] finalState, double finalTime, WorkCounts work, StopReason reason)
    {
        Problem = problem;
        Method = method;
        Choices = choices;
        Tolerance = tolerance;
        FinalTime = finalTime;
        Work = work;
        Stop = reason;
        this.finalState = finalState;
        (double[] times, columns, rowSegments) = recorder.Columns();
        Times = ImmutableCollectionsMarshal.AsImmutableArray(times);
        dense = recorder.Dense;
        this.history = history;
        Events = [.. recorder.Events];
        ParameterSegments = [.. recorder.Segments.Select(segment => segment.ToImmutableArray())];
        indices = new(() => Names(Problem.Kernel).Select((name, i) => (name, i)).ToDictionary(x => x.name, x => x.i));
        observables = new Lazy<double[]>(EvaluateObservables);
    }

    /// <summary>What was solved.</summary>
    public InitialValueProblem Problem { get; }

    /// <summary>By which method; the last, where <see cref="Automatic"/> changed it.</summary>
    public Method Method { get; }

    /// <summary>Which methods were used from when on, and why.</summary>
    public ImmutableArray<MethodChoice> Choices { get; }

    /// <summary>To which tolerance.</summary>
    public Tolerance Tolerance { get; }

    /// <summary>The kernel of the problem.</summary>
    public Kernel Kernel => Problem.Kernel;

    /// <summary>Time of each row.</summary>
    public ImmutableArray<double> Times { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount => Times.Length;

    /// <summary>The state where the solve ended, quadratures included, shape [n]; after a jump at the end.</summary>
    public double[] FinalState => [.. finalState];

    /// <summary>The time where the solve ended.</summary>
    public double FinalTime { get; }

    /// <summary>The jumps, in order.</summary>
    public ImmutableArray<EventRecord> Events { get; }

    /// <summary>Parameters and modes of every stretch of time in which they are constant, shape [segments][parameters + modes].</summary>
    public ImmutableArray<ImmutableArray<double>> ParameterSegments { get; }

    /// <summary>What it cost.</summary>
    public WorkCounts Work { get; }

    /// <summary>Why it ended.</summary>
    public StopReason Stop { get; }

    /// <summary>A state or quadrature over the rows.</summary>
    /// <param name="component">Index: states first, then quadratures.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such component.</exception>
    public ReadOnlySpan<double> Column(int component)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(component);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(component, finalState.Length);
        return columns.AsSpan(component * RowCount, RowCount);
    }

    /// <summary>A state or quadrature over the rows.</summary>
    /// <exception cref="SolverException">No state or quadrature has that name.</exception>
    public ReadOnlySpan<double> Column(string name) =>
        indices.Value.TryGetValue(name, out int i) ? Column(i) : throw Unknown(name, "state or quadrature", indices.Value.Keys);

    /// <summary>The state at a row, quadratures included, shape [n].</summary>
    public double[] State(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
        var state = new double[finalState.Length];
        for (int i = 0; i < state.Length; i++) state[i] = columns[i * RowCount + row];
        return state;
    }

    /// <summary>Index into <see cref="ParameterSegments"/> of the parameters and modes at a row.</summary>
    public int Segment(int row) => rowSegments[row];

    /// <summary>An observable over the rows, with the parameters and modes of each row's segment.</summary>
    /// <exception cref="SolverException">No observable has that name.</exception>
    public double[] ObservableColumn(string name)
    {
        var all = Kernel.System.Observables;
        for (int i = 0; i < all.Length; i++)
            if (all[i].Name == name) return observables.Value[(i * RowCount)..((i + 1) * RowCount)];
        throw Unknown(name, "observable", all.Select(o => o.Name));
    }

    /// <summary>The state at any time of the solve by dense output, to the order <see cref="Method.DenseOrder"/>; at a jump the state after it.</summary>
    /// <exception cref="SolverException">Dense output was not kept, or the time is outside the solve.</exception>
    public double[] At(double time)
    {
        if (dense is null)
            throw new SolverException("This solution kept no dense output.", $"t = {time:g6}.", "Solve with SolveOptions.KeepsDenseOutput, or ask for this time as output.");
        if (!(time >= Problem.Start && time <= FinalTime))
            throw new SolverException($"The time {time:g6} is outside the solution.", $"It runs from {Problem.Start:g6} to {FinalTime:g6}.", "Ask for a time inside.");
        if (time == FinalTime) return FinalState;
        var state = new double[finalState.Length];
        dense.Evaluate(time, state);
        return state;
    }

    /// <summary>System, method, span and work in one line.</summary>
    public override string ToString() =>
        $"{Kernel.System.Name}: {Method.Name}, t = {Problem.Start:g6} to {FinalTime:g6} {Kernel.System.TimeUnit}, {RowCount} rows, {Work.Steps} steps ({Work.Rejected} rejected), {Events.Length} jumps";

    internal static IEnumerable<string> Names(Kernel kernel) =>
        kernel.System.States.Select(state => state.Name).Concat(kernel.System.Quadratures.Select(q => q.Name));

    private static SolverException Unknown(string name, string kind, IEnumerable<string> known) => new(
        $"There is no {kind} '{name}' in this solution.",
        $"Known: {string.Join(", ", known.Take(20))}{(known.Skip(20).Any() ? ", …" : "")}.",
        "Use one of these names.");

    private double[] EvaluateObservables()
    {
        int count = Kernel.System.Observables.Length, rows = RowCount, segment = -1;
        var all = new double[count * rows];
        var values = new double[count];
        KernelInstance? instance = null;
        for (int row = 0; row < rows; row++)
        {
            if (instance is null || segment != rowSegments[row])
            {
                segment = rowSegments[row];
                instance = Kernel.Bind(ParameterSegments[segment].AsSpan());
                instance.DelaySource = history?.For(instance);
            }

            instance.Observables(Times[row], State(row), values);
            for (int i = 0; i < count; i++) all[i * rows + row] = values[i];
        }

        return all;
    }
}
