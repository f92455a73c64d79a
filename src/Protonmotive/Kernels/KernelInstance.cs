using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Protonmotive.Kernels;

/// <summary>A kernel with its own workspace and parameters, for one thread at a time. Nothing is allocated after the first call.</summary>
public sealed unsafe class KernelInstance : IDifferentialSystem
{
    private readonly double[] workspace; // pinned: compiled code keeps its address
    private readonly double* w;
    private readonly double[] parametersSeen;
    private readonly ShiftedMatrix matrix;
    private readonly RunPrograms programs;
    private double[]? delayValues;
    private bool isFresh = true, isPlacingDelays;

    internal KernelInstance(Kernel kernel, ReadOnlySpan<double> parameters)
    {
        Kernel = kernel;
        programs = kernel.Programs;
        workspace = GC.AllocateArray<double>(programs.WorkspaceSize, pinned: true);
        w = (double*)Marshal.UnsafeAddrOfPinnedArrayElement(workspace, 0);
        foreach (var (slot, value) in programs.Layout.Constants) w[slot] = value;
        parameters.CopyTo(Parameters);
        w[programs.StartedSlot] = 1;
        parametersSeen = new double[Parameters.Length];
        matrix = new ShiftedMatrix(programs, w);
    }

    /// <summary>What is run.</summary>
    public Kernel Kernel { get; }

    /// <summary>
    /// The parameter vector in use, modes last; write to it and the next call follows. Shape [ParameterCount + ModeCount].
    /// </summary>
    public Span<double> Parameters => workspace.AsSpan(programs.Layout.Parameters, Kernel.ParameterCount + Kernel.ModeCount);

    /// <inheritdoc/>
    public int Count => Kernel.Count;

    /// <inheritdoc/>
    public bool IsMassIdentity => Kernel.System.Mass.IsEmpty;

    /// <summary>Whether a stepper may work in the workspace itself: nothing but time, states and parameters has to be placed.</summary>
    internal bool IsPlain => Kernel.System.Delays.IsEmpty;

    /// <summary>Whether f depends on time.</summary>
    internal bool DependsOnTime => programs.TimeDerivative.Text.Tape.Count > 0;

    /// <summary>The states that programs read, shape [StateCount].</summary>
    internal Span<double> PlacedStates => new(w + programs.Layout.States, Kernel.StateCount);

    /// <summary>f where it was evaluated last, shape [Count].</summary>
    internal Span<double> PlacedRates => new(w + programs.Rates.First, Count);

    /// <summary>The right-hand side that <see cref="SolvePlaced"/> reads, shape [Count].</summary>
    internal Span<double> PlacedRight => new(w + programs.Slots.Right, Count);

    /// <summary>The solution it leaves, shape [Count].</summary>
    internal Span<double> PlacedSolution => new(w + programs.Slots.Solution, Count);

    /// <summary>f at a time and the placed states, with the parameters of the last call that took a point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void EvaluatePlaced(double t)
    {
        w[programs.Layout.Time] = t;
        programs.Rates.Program.Run(w);
    }

    /// <summary>Solves W x = b from the right-hand side's place to the solution's.</summary>
    internal void SolvePlaced() => matrix.Solve();

    /// <summary>Places of W = shift·M − ∂f/∂y over the states.</summary>
    internal CompressedRows ShiftedPattern => programs.Plan.Pattern;

    /// <summary>The entries of W, with the Jacobian evaluated last, in the order of <see cref="ShiftedPattern"/>.</summary>
    internal void ShiftedEntries(double shift, Span<double> entries)
    {
        var plan = programs.Plan;
        for (int e = 0; e < entries.Length; e++)
        {
            entries[e] = shift * plan.Mass[e];
            if (plan.FromJacobian[e] >= 0) entries[e] -= w[programs.Slots.Jacobian + plan.FromJacobian[e]];
        }
    }

    /// <summary>Whether the last factorisation had to leave the fixed order of pivots.</summary>
    internal bool IsPivoted => matrix.IsPivoted;

    /// <inheritdoc/>
    /// <exception cref="ShapeException">A span is not of length Count.</exception>
    public void Rates(double t, ReadOnlySpan<double> y, Span<double> rates) => Run(programs.Rates, t, y, rates);

    /// <inheritdoc/>
    /// <exception cref="ShapeException">A span is not of length Count.</exception>
    public void TimeDerivative(double t, ReadOnlySpan<double> y, Span<double> derivative) => Run(programs.TimeDerivative, t, y, derivative);

    /// <summary>The function of each mode whose sign change flips it: left − right of its relation.</summary>
    /// <param name="t">Time.</param>
    /// <param name="y">State, shape [Count] or [StateCount].</param>
    /// <param name="g">Receives the values, shape [ModeCount].</param>
    public void Roots(double t, ReadOnlySpan<double> y, Span<double> g) => Run(programs.Roots, t, y, g);

    /// <summary>The truth value of each event's trigger.</summary>
    /// <param name="t">Time.</param>
    /// <param name="y">State, shape [Count] or [StateCount].</param>
    /// <param name="values">Receives 0 or 1, shape [number of events].</param>
    public void Triggers(double t, ReadOnlySpan<double> y, Span<double> values) => Run(programs.Triggers, t, y, values);

    /// <summary>The new values an event assigns, from the state before it.</summary>
    /// <param name="index">Which event.</param>
    /// <param name="t">Time.</param>
    /// <param name="y">State, shape [Count] or [StateCount].</param>
    /// <param name="values">Receives one value for each assignment of the event.</param>
    public void Assignments(int index, double t, ReadOnlySpan<double> y, Span<double> values) => Run(programs.Assignments[index], t, y, values);

    /// <summary>What an event makes of the targets whose assignment has a result of its own (<see cref="Networks.EventAssignment.Result"/>).</summary>
    /// <param name="index">Which event.</param>
    /// <param name="t">Time.</param>
    /// <param name="y">State before the jump, shape [Count] or [StateCount].</param>
    /// <param name="assigned">The value of each assignment of the event.</param>
    /// <param name="values">Receives one value for each assignment with a result.</param>
    public void Results(int index, double t, ReadOnlySpan<double> y, ReadOnlySpan<double> assigned, Span<double> values)
    {
        assigned.CopyTo(Slots(programs.AssignedSlots, assigned.Length));
        Run(programs.Results[index], t, y, values);
    }

    /// <summary>The delay of each event, 0 for none; shape [number of events].</summary>
    public void EventDelays(double t, ReadOnlySpan<double> y, Span<double> values) => Run(programs.EventDelays, t, y, values);

    /// <summary>The priority of each event, −∞ for none; shape [number of events].</summary>
    public void Priorities(double t, ReadOnlySpan<double> y, Span<double> values) => Run(programs.Priorities, t, y, values);

    /// <summary>For each random number of an event its arguments, lowest and highest value, one after the other.</summary>
    public void EventDraws(int index, double t, ReadOnlySpan<double> y, Span<double> values) => Run(programs.EventDraws[index], t, y, values);

    /// <summary>Where delayed values come from; where null, the past was as the present is (as at a steady state).</summary>
    public IDelaySource? DelaySource { get; set; }

    /// <summary>The lag of each delayed value, shape [number of delays].</summary>
    public void Lags(double t, ReadOnlySpan<double> y, Span<double> values) => Run(programs.Lags, t, y, values);

    /// <summary>The formula of one delayed value at a point, with the delayed values that it holds itself.</summary>
    /// <param name="index">Which delay.</param>
    /// <param name="t">Time.</param>
    /// <param name="y">State, shape [Count] or [StateCount].</param>
    /// <param name="inner">Values of all delays at the point; only those inside the formula are read.</param>
    /// <param name="isBeforeStart">Whether the point is before the start, where nothing moves.</param>
    public double DelayedValue(int index, double t, ReadOnlySpan<double> y, ReadOnlySpan<double> inner, bool isBeforeStart = false)
    {
        PlacePoint(t, y);
        w[programs.StartedSlot] = isBeforeStart ? 0 : 1;
        inner.CopyTo(Slots(programs.DelaySlots, inner.Length));
        var program = programs.DelayedValues[index];
        program.Program.Run(w);
        GC.KeepAlive(workspace);
        return w[program.First];
    }

    /// <summary>The values of all observables.</summary>
    /// <param name="t">Time.</param>
    /// <param name="y">State, shape [Count] or [StateCount].</param>
    /// <param name="values">Receives the values, shape [number of observables].</param>
    public void Observables(double t, ReadOnlySpan<double> y, Span<double> values) => Run(programs.Observables, t, y, values);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void EvaluateJacobian(double t, ReadOnlySpan<double> y)
    {
        Place(t, y);
        programs.JacobianValues.Program.Run(w);
        GC.KeepAlive(workspace);
    }

    /// <summary>Factorises W = shift·M − ∂f/∂y, with the Jacobian evaluated last.</summary>
    /// <remarks>With shift 0 the quadratures have no equation of their own: <see cref="Solve"/> then gives 0 for them.</remarks>
    /// <returns>False where W is singular to working precision.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Factorize(double shift)
    {
        bool isRegular = matrix.Factorize(shift);
        GC.KeepAlive(workspace);
        return isRegular;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Solve(Span<double> b)
    {
        ShapeException.Check(b.Length, Count, nameof(b));
        b.CopyTo(Slots(programs.Slots.Right, Count));
        matrix.Solve();
        Slots(programs.Slots.Solution, Count).CopyTo(b);
    }

    /// <inheritdoc/>
    public void MultiplyByMass(ReadOnlySpan<double> x, Span<double> result)
    {
        ShapeException.Check(x.Length, Count, nameof(x));
        ShapeException.Check(result.Length, Count, nameof(result));
        x.CopyTo(result);
        if (IsMassIdentity) return;
        result[..Kernel.StateCount].Clear();
        foreach (var entry in Kernel.System.Mass.AsSpan()) result[entry.Row] += entry.Value * x[entry.Column];
    }

    /// <inheritdoc/>
    public void MultiplyByJacobian(ReadOnlySpan<double> x, Span<double> result)
    {
        ShapeException.Check(x.Length, Count, nameof(x));
        ShapeException.Check(result.Length, Count, nameof(result));
        var places = programs.Plan.Jacobian;
        var values = Slots(programs.Slots.Jacobian, places.Count);
        for (int i = 0; i < places.RowCount; i++)
        {
            double sum = 0;
            for (int e = places.Starts[i]; e < places.Starts[i + 1]; e++) sum += values[e] * x[places.Columns[e]];
            result[i] = sum;
        }
    }

    private Span<double> Slots(int first, int count) => workspace.AsSpan(first, count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run(in PlacedProgram program, double t, ReadOnlySpan<double> y, Span<double> values)
    {
        ShapeException.Check(values.Length, program.Count, nameof(values));
        Place(t, y);
        program.Program.Run(w);
        Slots(program.First, program.Count).CopyTo(values);
    }

    /// <summary>Puts time, state and delayed values in their slots.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(double t, ReadOnlySpan<double> y)
    {
        PlacePoint(t, y);
        int delays = Kernel.System.Delays.Length;
        if (delays == 0 || isPlacingDelays) return;
        // The source may ask this instance for lags, which need no delayed values.
        isPlacingDelays = true;
        try
        {
            var values = delayValues ??= new double[2 * delays];
            if (DelaySource is { } source) source.Evaluate(t, y, values);
            else for (int k = 0; k < delays; k++) values[k] = DelayedValue(k, t, y, values.AsSpan(0, k));
            PlacePoint(t, y);
            values.CopyTo(Slots(programs.DelaySlots, 2 * delays));
        }
        finally
        {
            isPlacingDelays = false;
        }
    }

    /// <summary>Puts time and state in their slots, and reruns the prologue where a parameter or mode is not the number it was.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PlacePoint(double t, ReadOnlySpan<double> y)
    {
        int n = Kernel.StateCount;
        if (y.Length != n) ShapeException.Check(y.Length, Count, nameof(y));
        w[programs.Layout.Time] = t;
        y[..n].CopyTo(Slots(programs.Layout.States, n));
        var parameters = Parameters;
        if (!isFresh && MemoryMarshal.AsBytes(parameters).SequenceEqual(MemoryMarshal.AsBytes(parametersSeen.AsSpan()))) return;
        parameters.CopyTo(parametersSeen);
        programs.Prologue.Program.Run(w);
        isFresh = false;
    }
}
