using System.Runtime.CompilerServices;
using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Solvers.Ensembles;

/// <summary>Steps a Rosenbrock method in lanes; see <see cref="RosenbrockTableau"/> for its formula.</summary>
internal sealed unsafe class RosenbrockLanes<TLanes, TVector> : LaneMethod<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly RosenbrockTableau tableau;
    private readonly double[] a, c, weights;
    private readonly bool[] extends;

    public RosenbrockLanes(LaneSystem<TLanes, TVector> system, RosenbrockTableau tableau)
        : base(system, tableau.StageCount, [.. tableau.Dense])
    {
        this.tableau = tableau;
        extends = [.. Enumerable.Range(0, tableau.StageCount).Select(tableau.Extends)];
        (a, c, weights) = ([.. tableau.A], [.. tableau.C], [.. tableau.Weights]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double* Step(TVector t, double* y, TVector h, double* next)
    {
        int s = StageCount;
        var one = TLanes.Broadcast(1);
        var inverse = TLanes.Divide(one, h);
        long stateBytes = (long)StateCount * TLanes.Count * sizeof(double);
        Buffer.MemoryCopy(y, System.States, stateBytes, stateBytes);
        TLanes.Store(t, System.Time);
        System.EvaluateRates();
        System.EvaluateTimeDerivative();
        System.EvaluateJacobian();
        System.Factorize(TLanes.Multiply(inverse, TLanes.Broadcast(1 / tableau.Gamma)));
        fixed (double* aᵢ = a, cᵢ = c)
        {
            for (int i = 0; i < s; i++)
            {
                if (i > 0)
                {
                    if (extends[i]) LaneSums<TLanes, TVector>.Add(System.States, aᵢ + (i * s) + i - 1, 1, one, Stages + ((i - 1) * Stride), Stride, System.States, StateCount);
                    else LaneSums<TLanes, TVector>.Add(y, aᵢ + (i * s), i, one, Stages, Stride, System.States, StateCount);
                    TLanes.Store(TLanes.MultiplyAdd(h, TLanes.Broadcast(tableau.Nodes[i]), t), System.Time);
                    System.EvaluateRates();
                }
                LaneSums<TLanes, TVector>.Add(System.Rates, cᵢ + (i * s), i, inverse, Stages, Stride, System.Right, Count);
                if (System.DependsOnTime && tableau.TimeWeights[i] != 0) AddTimeDerivative(TLanes.Multiply(h, TLanes.Broadcast(tableau.TimeWeights[i])));
                System.Solve();
                Buffer.MemoryCopy(System.Solution, Stages + (i * Stride), Stride * sizeof(double), Stride * sizeof(double));
            }
        }
        fixed (double* m = weights)
        {
            // The solution is the argument of the last stage plus that stage (stiff accuracy).
            long states = (long)StateCount * TLanes.Count;
            LaneSums<TLanes, TVector>.Add(System.States, m + s - 1, 1, one, Stages + ((s - 1) * Stride), Stride, next, StateCount);
            if (Count > StateCount) LaneSums<TLanes, TVector>.Add(y + states, m, s, one, Stages + states, Stride, next + states, Count - StateCount);
        }
        return Stages + ((s - 1) * Stride);
    }

    public override void Advance(TVector accepted)
    {
    }

    public override void Restart(TVector started)
    {
    }

    protected override TVector DenseScale(TVector h) => TLanes.Broadcast(1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddTimeDerivative(TVector factor)
    {
        double* right = System.Right, slope = System.TimeDerivative;
        for (long k = 0; k < Stride; k += TLanes.Count) TLanes.Store(TLanes.MultiplyAdd(factor, TLanes.Load(slope + k), TLanes.Load(right + k)), right + k);
    }
}
