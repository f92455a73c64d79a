using System.Runtime.InteropServices;
using Protonmotive.Kernels;
using Protonmotive.Kernels.Derivatives;
using Protonmotive.Kernels.Lanes;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;

namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>Carries tangents along a path, as many directions at once as there are lanes.</summary>
internal sealed unsafe class TangentSweep<TLanes, TVector> : IDisposable
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly SolvePath path;
    private readonly Kernel kernel;
    private readonly int n;
    private readonly bool controls;
    private readonly DerivativeLanes<TLanes, TVector> lanes;
    private readonly DerivativeLanes<OneLane, double> stopLanes;
    private readonly StopSlopes slopes;
    private readonly Dictionary<StopRecord, StopDerivative> stops = [];
    private readonly Dictionary<Method, StepDerivative<TLanes, TVector>> steps = [];
    private readonly StopShadow[] shadows = new StopShadow[TLanes.Count];
    private double* y, tangent, next, inside, stages;
    private int stageRoom;
    private double[] parameters = [];
    private readonly double[] reaches = new double[TLanes.Count];
    private readonly List<StepError> errors = [];
    private int step;

    public TangentSweep(SolvePath path, SensitivityOptions options)
    {
        this.path = path;
        controls = options.ControlsTangents;
        kernel = path.Kernel;
        n = kernel.Count;
        lanes = new DerivativeLanes<TLanes, TVector>(kernel);
        stopLanes = new DerivativeLanes<OneLane, double>(kernel);
        slopes = new StopSlopes(stopLanes);
        y = LaneMemory.Allocate(n, TLanes.Count);
        tangent = LaneMemory.Allocate(n, TLanes.Count);
        next = LaneMemory.Allocate(n, TLanes.Count);
        inside = LaneMemory.Allocate(n, TLanes.Count);
    }

    ~TangentSweep() => Free();

    /// <summary>Carries the directions from <paramref name="first"/> on.</summary>
    public void Run(TangentStart start, int first, TangentSolution solution)
    {
        int used = Math.Min(TLanes.Count, start.Directions - first);
        step = 0;
        for (int l = 0; l < TLanes.Count; l++)
        {
            shadows[l] = new StopShadow(n, kernel.ParameterCount);
            for (int i = 0; i < n; i++) tangent[(i * TLanes.Count) + l] = l < used ? start.StateTangents[((first + l) * n) + i] : 0;
            reaches[l] = l < used ? start.Reach(first + l) : 1;
            if (l < used) start.ParameterTangents.AsSpan((first + l) * kernel.ParameterCount, kernel.ParameterCount).CopyTo(shadows[l].Parameters);
        }
        SetParameters(path.Log.FirstParameters);
        var state = start.State;
        var log = path.Log;
        int row = 0;
        for (int item = 0; item < log.Items.Count; item++)
        {
            if (log.Items[item].Stop is { } stop)
            {
                for (; row < log.Rows.Count && log.Rows[row].Item == item; row++) Write(solution, row, first, used, stop.State, tangent);
                Pass(stop);
                state = stop.StateAfter;
                continue;
            }
            var block = log.Items[item].Block!;
            var derivative = Derivative(block.Method);
            double[] numbers = block.Numbers(kernel, parameters, path.Norm);
            int size = (derivative.StageCount + 1) * n;
            Room(derivative.StageCount);
            for (int k = 0; k < block.Count; k++)
            {
                var place = numbers.AsSpan(k * size, size);
                var (t, h) = block.Span(k);
                Broadcast(place[..n], y);
                Broadcast(place[n..], stages);
                derivative.Forward(TLanes.Broadcast(t), TLanes.Broadcast(h), y, stages, tangent, next);
                if (controls) Measure(derivative, block.Method, place[..n], t, h);
                for (; row < log.Rows.Count && log.Rows[row].Item == item && log.Rows[row].Step == k; row++) WriteInside(solution, row, first, used, derivative, place, h, log.Rows[row].Theta);
                double* before = tangent;
                tangent = next;
                next = before;
            }
        }
        var end = path.Solution.FinalState;
        for (; row < log.Rows.Count; row++) Write(solution, row, first, used, end, tangent);
        end.CopyTo(solution.End.State);
        parameters.CopyTo(solution.End.Parameters);
        for (int l = 0; l < used; l++)
        {
            for (int i = 0; i < n; i++) solution.EndTangents.State[((first + l) * n) + i] = tangent[(i * TLanes.Count) + l];
            shadows[l].Parameters.CopyTo(solution.EndTangents.Parameters.AsSpan((first + l) * kernel.ParameterCount));
        }
    }

    /// <summary>The tangents' own local errors, step by step, the largest of all directions so far.</summary>
    public IReadOnlyList<StepError> Errors => errors;

    /// <summary>The rows alone, without tangents.</summary>
    public void Rows(TangentStart start, TangentSolution solution)
    {
        SetValues(path.Log.FirstParameters);
        var log = path.Log;
        int row = 0;
        for (int item = 0; item < log.Items.Count; item++)
        {
            if (log.Items[item].Stop is { } stop)
            {
                SetValues(stop.ParametersAfter);
                continue;
            }
            var block = log.Items[item].Block!;
            if (row == log.Rows.Count || log.Rows[row].Item != item) continue;
            var derivative = Derivative(block.Method);
            double[] numbers = block.Numbers(kernel, parameters, path.Norm);
            int size = (derivative.StageCount + 1) * n;
            for (; row < log.Rows.Count && log.Rows[row].Item == item; row++)
            {
                int k = log.Rows[row].Step;
                WriteInside(solution, row, 0, 0, derivative, numbers.AsSpan(k * size, size), block.Span(k).Length, log.Rows[row].Theta);
            }
        }
        for (; row < log.Rows.Count; row++) Write(solution, row, 0, 0, path.Solution.FinalState, tangent);
        path.Solution.FinalState.CopyTo(solution.End.State, 0);
        parameters.CopyTo(solution.End.Parameters, 0);
    }

    public void Dispose()
    {
        lanes.Dispose();
        stopLanes.Dispose();
        foreach (var step in steps.Values) step.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    private void Pass(StopRecord stop)
    {
        if (!stops.TryGetValue(stop, out var derivative)) stops.Add(stop, derivative = new StopDerivative(kernel, stop, slopes));
        for (int l = 0; l < TLanes.Count; l++)
        {
            for (int i = 0; i < n; i++) shadows[l].State[i] = tangent[(i * TLanes.Count) + l];
            derivative.Forward(shadows[l]);
            for (int i = 0; i < n; i++) tangent[(i * TLanes.Count) + l] = shadows[l].State[i];
        }
        SetParameters(stop.ParametersAfter);
    }

    private void SetValues(double[] values)
    {
        parameters = values;
        for (int l = 0; l < TLanes.Count; l++) lanes.System.SetParameters(l, values);
        lanes.System.EvaluatePrologue();
    }

    private void SetParameters(double[] values)
    {
        SetValues(values);
        for (int l = 0; l < TLanes.Count; l++)
        {
            for (int p = 0; p < kernel.ParameterCount; p++) lanes.ParameterShadows[(p * TLanes.Count) + l] = shadows[l].Parameters[p];
        }
        lanes.PrologueTangent();
    }

    private StepDerivative<TLanes, TVector> Derivative(Method method)
    {
        if (!steps.TryGetValue(method, out var derivative)) steps.Add(method, derivative = StepDerivative<TLanes, TVector>.Of(method, lanes));
        return derivative;
    }

    private void Room(int count)
    {
        if (count <= stageRoom) return;
        NativeMemory.AlignedFree(stages);
        stages = LaneMemory.Allocate(count * n, TLanes.Count);
        stageRoom = count;
    }

    private static void Broadcast(ReadOnlySpan<double> values, double* to)
    {
        for (int i = 0; i < values.Length; i++) TLanes.Store(TLanes.Broadcast(values[i]), to + ((long)i * TLanes.Count));
    }

    private void WriteInside(TangentSolution solution, int row, int first, int used, StepDerivative<TLanes, TVector> derivative, ReadOnlySpan<double> step, double h, double θ)
    {
        Span<double> weights = stackalloc double[derivative.StageCount];
        derivative.DenseWeights(θ, h, weights);
        var state = new double[n];
        // y(t + h) from the stages, as the tangents have it.
        ReadOnlySpan<double> ends = derivative.EndWeights(h);
        for (int i = 0; i < n; i++)
        {
            double sum = step[i];
            for (int j = 0; j < derivative.StageCount; j++) sum += (weights[j] + (θ * ends[j])) * step[((j + 1) * n) + i];
            state[i] = sum;
        }
        long stride = (long)n * TLanes.Count;
        for (long k = 0; k < stride; k += TLanes.Count)
        {
            var sum = TLanes.MultiplyAdd(TLanes.Broadcast(θ), TLanes.Load(next + k), TLanes.Multiply(TLanes.Broadcast(1 - θ), TLanes.Load(tangent + k)));
            for (int j = 0; j < derivative.StageCount; j++) sum = TLanes.MultiplyAdd(TLanes.Broadcast(weights[j]), TLanes.Load(derivative.StageShadows + (j * stride) + k), sum);
            TLanes.Store(sum, inside + k);
        }
        Write(solution, row, first, used, state, inside);
    }

    private void Write(TangentSolution solution, int row, int first, int used, ReadOnlySpan<double> state, double* slopesOfState)
    {
        for (int i = 0; i < kernel.StateCount; i++) TLanes.Store(TLanes.Broadcast(state[i]), lanes.System.States + ((long)i * TLanes.Count));
        TLanes.Store(TLanes.Broadcast(path.Log.Asked[row]), lanes.System.Time);
        Buffer.MemoryCopy(slopesOfState, lanes.StateShadows, (long)kernel.StateCount * TLanes.Count * sizeof(double), (long)kernel.StateCount * TLanes.Count * sizeof(double));
        lanes.ObservablesTangent();
        if (first == 0) // the first block of directions writes the rows too
        {
            state.CopyTo(solution.RowState(row));
            solution.RowParameters[row] = parameters;
            var values = solution.RowObservables(row);
            for (int o = 0; o < values.Length; o++) values[o] = lanes.Observables[o * TLanes.Count];
        }
        for (int l = 0; l < used; l++)
        {
            var of = solution.RowTangent(row, first + l);
            for (int i = 0; i < n; i++) of[i] = slopesOfState[(i * TLanes.Count) + l];
            var outputs = solution.RowObservableTangent(row, first + l);
            for (int o = 0; o < outputs.Length; o++) outputs[o] = lanes.ObservableShadows[(o * TLanes.Count) + l];
        }
    }

    // The tangents' own local error: allowed is the tolerance of the tangent itself, and of the state for a move of the parameters by their own size.
    private void Measure(StepDerivative<TLanes, TVector> derivative, Method method, ReadOnlySpan<double> state, double t, double h)
    {
        double worst = 0;
        ReadOnlySpan<double> weights = derivative.ErrorWeights(h);
        long stride = (long)n * TLanes.Count;
        for (int l = 0; l < TLanes.Count; l++)
        {
            double sum = 0;
            for (int i = 0; i < n; i++)
            {
                long at = ((long)i * TLanes.Count) + l;
                double error = 0;
                for (int j = 0; j < weights.Length; j++) error += weights[j] * derivative.StageShadows[(j * stride) + at];
                double allowed = (path.Norm.Relative * Math.Max(Math.Abs(tangent[at]), Math.Abs(next[at]))) + (path.Norm.Weight(i, state) / reaches[l]);
                sum += error / allowed * (error / allowed);
            }
            worst = Math.Max(worst, Math.Sqrt(sum / n));
        }
        if (step == errors.Count) errors.Add(new StepError(t, h, method.EmbeddedOrder + 1, worst));
        else errors[step] = errors[step] with { Size = Math.Max(errors[step].Size, worst) };
        step++;
    }

    private void Free()
    {
        NativeMemory.AlignedFree(y);
        NativeMemory.AlignedFree(tangent);
        NativeMemory.AlignedFree(next);
        NativeMemory.AlignedFree(inside);
        NativeMemory.AlignedFree(stages);
        y = tangent = next = inside = stages = null;
    }
}
