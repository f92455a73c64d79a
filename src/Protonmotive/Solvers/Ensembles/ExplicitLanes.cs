using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Solvers.Ensembles;

/// <summary>Steps an explicit pair in lanes; see <see cref="ButcherTableau"/> for its formula.</summary>
internal sealed unsafe class ExplicitLanes<TLanes, TVector> : LaneMethod<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly ButcherTableau tableau;
    private readonly double[] a, errorWeights;

    public ExplicitLanes(LaneSystem<TLanes, TVector> system, ButcherTableau tableau)
        : base(system, tableau.StageCount, [.. tableau.Dense])
    {
        this.tableau = tableau;
        (a, errorWeights) = ([.. tableau.A], [.. tableau.ErrorWeights]);
    }

    public override double* Step(TVector t, double* y, TVector h, double* next)
    {
        int s = StageCount;
        long stateBytes = (long)StateCount * TLanes.Count * sizeof(double);
        fixed (double* aᵢ = a, e = errorWeights)
        {
            for (int i = 1; i < s; i++)
            {
                if (i == s - 1)
                {
                    LaneSums<TLanes, TVector>.Add(y, aᵢ + (i * s), i, h, Stages, Stride, next, Count);
                    Buffer.MemoryCopy(next, System.States, stateBytes, stateBytes);
                }
                else
                {
                    LaneSums<TLanes, TVector>.Add(y, aᵢ + (i * s), i, h, Stages, Stride, System.States, StateCount);
                }
                TLanes.Store(TLanes.MultiplyAdd(h, TLanes.Broadcast(tableau.Nodes[i]), t), System.Time);
                System.EvaluateRates();
                Buffer.MemoryCopy(System.Rates, Stages + (i * Stride), Stride * sizeof(double), Stride * sizeof(double));
            }
            LaneSums<TLanes, TVector>.Add(null, e, s, h, Stages, Stride, DenseVectors, Count);
        }
        return DenseVectors; // not needed for dense output yet
    }

    // k of the last stage is f at the end of the step.
    public override void Advance(TVector accepted) => Take(Stages + ((StageCount - 1) * Stride), accepted);

    public override void Restart(TVector started) => Take(System.Rates, started);

    protected override TVector DenseScale(TVector h) => h;

    private void Take(double* rates, TVector mask)
    {
        for (long k = 0; k < Stride; k += TLanes.Count) TLanes.Store(TLanes.Choose(mask, TLanes.Load(rates + k), TLanes.Load(Stages + k)), Stages + k);
    }
}
