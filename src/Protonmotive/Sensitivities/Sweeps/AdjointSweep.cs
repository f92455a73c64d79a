using System.Runtime.InteropServices;
using Protonmotive.Kernels;
using Protonmotive.Kernels.Derivatives;
using Protonmotive.Kernels.Lanes;
using Protonmotive.Solvers;

namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>Carries one adjoint back along a path.</summary>
internal sealed unsafe class AdjointSweep : IDisposable
{
    private readonly SolvePath path;
    private readonly Kernel kernel;
    private readonly int n, outputs;
    private readonly DerivativeLanes<OneLane, double> lanes, stopLanes;
    private readonly StopSlopes slopes;
    private readonly Dictionary<Method, StepDerivative<OneLane, double>> steps = [];
    private readonly StopShadow shadow;
    private double* adjoint;
    private double[] parameters = [];

    public AdjointSweep(SolvePath path)
    {
        this.path = path;
        kernel = path.Kernel;
        n = kernel.Count;
        outputs = kernel.System.Observables.Length;
        lanes = new DerivativeLanes<OneLane, double>(kernel);
        stopLanes = new DerivativeLanes<OneLane, double>(kernel);
        slopes = new StopSlopes(stopLanes);
        shadow = new StopShadow(n, kernel.ParameterCount);
        adjoint = LaneMemory.Allocate(n, 1);
    }

    ~AdjointSweep() => Free();

    /// <summary>From the gradients of a loss by what was asked for, to those by parameters and initial state.</summary>
    /// <param name="byStates">By the states of each row, shape [rows·count]; empty for none.</param>
    /// <param name="byObservables">By the observables of each row, shape [rows·observables]; empty for none.</param>
    /// <param name="byEnd">By the state at the end, shape [count]; empty for none.</param>
    public (double[] Parameters, double[] State) Run(ReadOnlySpan<double> byStates, ReadOnlySpan<double> byObservables, ReadOnlySpan<double> byEnd)
    {
        var log = path.Log;
        var segments = Segments(log);
        Array.Clear(shadow.Parameters);
        new Span<double>(adjoint, n).Clear();
        lanes.ClearAccumulated();
        byEnd.CopyTo(new Span<double>(adjoint, n));
        Use(segments[^1]);
        int row = log.Rows.Count - 1;
        var end = path.Solution.FinalState;
        for (; row >= 0 && log.Rows[row].Item == log.Items.Count; row--) Seed(row, end, byStates, byObservables, new Span<double>(adjoint, n));
        var direct = new double[n];
        for (int item = log.Items.Count - 1; item >= 0; item--)
        {
            if (log.Items[item].Stop is { } stop)
            {
                Pass(stop);
                Use(segments[item]);
                continue;
            }
            var block = log.Items[item].Block!;
            var derivative = Derivative(block.Method);
            double[] numbers = block.Numbers(kernel, parameters, path.Norm);
            int size = (derivative.StageCount + 1) * n;
            fixed (double* all = numbers)
            {
                for (int k = block.Count - 1; k >= 0; k--)
                {
                    double* y = all + ((long)k * size);
                    var (t, h) = block.Span(k);
                    bool isSeeded = false;
                    for (; row >= 0 && log.Rows[row].Item == item && log.Rows[row].Step == k; row--)
                    {
                        if (!isSeeded) Array.Clear(direct);
                        isSeeded = true;
                        SeedInside(row, derivative, y, h, byStates, byObservables, direct);
                    }
                    derivative.Back(t, h, y, y + n, adjoint);
                    if (isSeeded) for (int i = 0; i < n; i++) adjoint[i] += direct[i];
                }
            }
        }
        Flush();
        return ([.. shadow.Parameters], new ReadOnlySpan<double>(adjoint, n).ToArray());
    }

    public void Dispose()
    {
        lanes.Dispose();
        stopLanes.Dispose();
        foreach (var step in steps.Values) step.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    // The parameters that hold during each item (before it, for a stop), and at the end.
    private static double[][] Segments(RunLog log)
    {
        var segments = new double[log.Items.Count + 1][];
        double[] now = log.FirstParameters;
        for (int item = 0; item < log.Items.Count; item++)
        {
            segments[item] = now;
            if (log.Items[item].Stop is { } stop) now = stop.ParametersAfter;
        }
        segments[^1] = now;
        return segments;
    }

    private void Use(double[] values)
    {
        if (ReferenceEquals(parameters, values)) return;
        parameters = values;
        lanes.System.SetParameters(0, values);
        lanes.System.EvaluatePrologue();
    }

    // What was added up in a segment becomes the adjoint of its parameters.
    private void Flush()
    {
        lanes.PrologueAdjoint();
        for (int p = 0; p < kernel.ParameterCount; p++) shadow.Parameters[p] += lanes.ParameterShadows[p];
        lanes.ClearAccumulated();
    }

    private void Pass(StopRecord stop)
    {
        Flush();
        var state = new Span<double>(adjoint, n);
        state.CopyTo(shadow.State);
        new StopDerivative(kernel, stop, slopes).Back(shadow);
        shadow.State.CopyTo(state);
    }

    private StepDerivative<OneLane, double> Derivative(Method method)
    {
        if (!steps.TryGetValue(method, out var derivative)) steps.Add(method, derivative = StepDerivative<OneLane, double>.Of(method, lanes));
        return derivative;
    }

    // The adjoint of a row's state, from those of its states and observables, is added.
    private void Seed(int row, ReadOnlySpan<double> state, ReadOnlySpan<double> byStates, ReadOnlySpan<double> byObservables, Span<double> target)
    {
        if (!byStates.IsEmpty) for (int i = 0; i < n; i++) target[i] += byStates[(row * n) + i];
        if (byObservables.IsEmpty || outputs == 0) return;
        state[..kernel.StateCount].CopyTo(new Span<double>(lanes.System.States, kernel.StateCount));
        *lanes.System.Time = path.Log.Asked[row];
        byObservables.Slice(row * outputs, outputs).CopyTo(new Span<double>(lanes.ObservableShadows, outputs));
        lanes.ObservablesAdjoint();
        for (int i = 0; i < kernel.StateCount; i++) target[i] += lanes.StateShadows[i];
    }

    // y(t + θh) = y + Σ wⱼ(θ) Uⱼ: the stages take their parts, the start of the step the rest.
    private void SeedInside(int row, StepDerivative<OneLane, double> derivative, double* y, double h, ReadOnlySpan<double> byStates, ReadOnlySpan<double> byObservables, double[] direct)
    {
        double θ = path.Log.Rows[row].Theta;
        int stages = derivative.StageCount;
        Span<double> weights = stackalloc double[stages];
        derivative.DenseWeights(θ, h, weights);
        ReadOnlySpan<double> ends = derivative.EndWeights(h);
        for (int j = 0; j < stages; j++) weights[j] += θ * ends[j];
        var state = new double[n];
        var own = new double[n];
        for (int i = 0; i < n; i++)
        {
            double sum = y[i];
            for (int j = 0; j < stages; j++) sum += weights[j] * y[((long)(j + 1) * n) + i];
            state[i] = sum;
        }
        Seed(row, state, byStates, byObservables, own);
        for (int i = 0; i < n; i++)
        {
            direct[i] += own[i];
            for (int j = 0; j < stages; j++) derivative.StageShadows[((long)j * n) + i] += weights[j] * own[i];
        }
    }

    private void Free()
    {
        NativeMemory.AlignedFree(adjoint);
        adjoint = null;
    }
}
