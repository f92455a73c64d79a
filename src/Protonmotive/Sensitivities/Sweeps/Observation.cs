using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Protonmotive.Kernels;
using Protonmotive.Kernels.Derivatives;
using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>
/// Observes a solution again with other parameters, where these change nothing but what is observed: its rows' observables and their
/// tangents, without a new solve. For one thread.
/// </summary>
internal abstract class Observation : IDisposable
{
    /// <summary>A workspace for a system.</summary>
    public static Observation Of(Kernel kernel) => LaneWidth.For(kernel.Programs.Plan) switch
    {
        8 => new LaneObservation<EightLanes, Vector512<double>>(kernel),
        4 => new LaneObservation<FourLanes, Vector256<double>>(kernel),
        _ => new LaneObservation<OneLane, double>(kernel),
    };

    /// <summary>Observes all rows of a solution.</summary>
    /// <param name="solution">What was solved.</param>
    /// <param name="changes">Parameters with their other values, by index.</param>
    /// <param name="stateDirections">For each direction the one of the solution's that moves the states; −1 where they do not move.</param>
    /// <param name="parameterTangents">∂parameters, shape [directions·ParameterCount].</param>
    /// <param name="observables">Filled, shape [rows·observables].</param>
    /// <param name="tangents">Filled, shape [rows·directions·observables].</param>
    public abstract void Run(TangentSolution solution, IReadOnlyList<(int Parameter, double Value)> changes, ReadOnlySpan<int> stateDirections, ReadOnlySpan<double> parameterTangents, Span<double> observables, Span<double> tangents);

    /// <inheritdoc/>
    public abstract void Dispose();

    private sealed unsafe class LaneObservation<TLanes, TVector>(Kernel kernel) : Observation
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        private readonly DerivativeLanes<TLanes, TVector> lanes = new(kernel);

        public override void Run(TangentSolution solution, IReadOnlyList<(int Parameter, double Value)> changes, ReadOnlySpan<int> stateDirections, ReadOnlySpan<double> parameterTangents, Span<double> observables, Span<double> tangents)
        {
            int outputs = kernel.System.Observables.Length;
            for (int first = 0; first == 0 || first < stateDirections.Length; first += TLanes.Count)
            {
                int used = Math.Min(TLanes.Count, stateDirections.Length - first);
                double[]? known = null;
                for (int row = 0; row < solution.Times.Count; row++)
                {
                    if (solution.RowParameters[row] != known) SetParameters(known = solution.RowParameters[row], changes, parameterTangents[(first * kernel.ParameterCount)..], used);
                    SetStates(solution, row, stateDirections[first..], used);
                    lanes.ObservablesTangent();
                    if (first == 0) for (int o = 0; o < outputs; o++) observables[(row * outputs) + o] = lanes.Observables[o * TLanes.Count];
                    for (int l = 0; l < used; l++)
                    {
                        var of = tangents.Slice(((row * stateDirections.Length) + first + l) * outputs, outputs);
                        for (int o = 0; o < outputs; o++) of[o] = lanes.ObservableShadows[(o * TLanes.Count) + l];
                    }
                }
            }
        }

        public override void Dispose() => lanes.Dispose();

        private void SetParameters(double[] solved, IReadOnlyList<(int Parameter, double Value)> changes, ReadOnlySpan<double> slopes, int used)
        {
            double[] values = [.. solved];
            foreach (var (parameter, value) in changes) values[parameter] = value;
            for (int l = 0; l < TLanes.Count; l++) lanes.System.SetParameters(l, values);
            lanes.System.EvaluatePrologue();
            for (int p = 0; p < kernel.ParameterCount; p++)
            {
                for (int l = 0; l < TLanes.Count; l++) lanes.ParameterShadows[(p * TLanes.Count) + l] = l < used ? slopes[(l * kernel.ParameterCount) + p] : 0;
            }
            lanes.PrologueTangent();
        }

        private void SetStates(TangentSolution solution, int row, ReadOnlySpan<int> directions, int used)
        {
            var state = solution.State(row);
            for (int i = 0; i < kernel.StateCount; i++) TLanes.Store(TLanes.Broadcast(state[i]), lanes.System.States + ((long)i * TLanes.Count));
            TLanes.Store(TLanes.Broadcast(solution.Times[row]), lanes.System.Time);
            NativeMemory.Clear(lanes.StateShadows, (nuint)(kernel.StateCount * TLanes.Count * sizeof(double)));
            for (int l = 0; l < used; l++)
            {
                if (directions[l] < 0) continue;
                var tangent = solution.StateTangent(row, directions[l]);
                for (int i = 0; i < kernel.StateCount; i++) lanes.StateShadows[(i * TLanes.Count) + l] = tangent[i];
            }
        }
    }
}
