using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Protonmotive.Kernels.Derivatives;
using Protonmotive.Kernels.Lanes;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;

namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>The derivative of a step of an explicit pair: kᵢ = f(t + cᵢ h, y + h Σ aᵢⱼ kⱼ), y(t + h) = y + h Σ bⱼ kⱼ.</summary>
internal sealed unsafe class ExplicitDerivative<TLanes, TVector> : StepDerivative<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly ButcherTableau tableau;
    private readonly double[] a, weights, scaled;

    public ExplicitDerivative(DerivativeLanes<TLanes, TVector> lanes, ButcherTableau tableau)
        : base(lanes, tableau.StageCount, tableau.Dense.AsSpan())
    {
        this.tableau = tableau;
        (a, weights) = ([.. tableau.A], [.. tableau.Weights]);
        scaled = new double[StageCount];
    }

    public override double DenseScale(double h) => h;

    public override ReadOnlySpan<double> EndWeights(double h) => Scaled(weights, h);

    public override ReadOnlySpan<double> ErrorWeights(double h) => Scaled(tableau.ErrorWeights.AsSpan(), h);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(TVector t, TVector h, double* y, double* stages, double* tangent, double* next)
    {
        var system = Lanes.System;
        fixed (double* aᵢ = a, b = weights)
        {
            for (int i = 0; i < StageCount; i++)
            {
                Place(i, t, h, y, stages, aᵢ);
                LaneSums<TLanes, TVector>.Add(tangent, aᵢ + (i * StageCount), i, h, StageShadows, Stride, Lanes.StateShadows, StateCount);
                Lanes.RatesTangent();
                Copy(Lanes.RateShadows, StageShadows + (i * Stride), Count);
            }
            LaneSums<TLanes, TVector>.Add(tangent, b, StageCount, h, StageShadows, Stride, next, Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Back(TVector t, TVector h, double* y, double* stages, double* adjoint, uint? pivoted = null)
    {
        for (int i = 0; i < StageCount; i++)
        {
            if (weights[i] != 0) Add(TLanes.Multiply(h, TLanes.Broadcast(weights[i])), adjoint, StageShadows + (i * Stride), Count);
        }
        fixed (double* aᵢ = a)
        {
            for (int i = StageCount - 1; i >= 0; i--)
            {
                Place(i, t, h, y, stages, aᵢ);
                Copy(StageShadows + (i * Stride), Lanes.RateShadows, Count);
                Lanes.RatesAdjoint();
                Add(Lanes.StateShadows, adjoint, StateCount);
                for (int j = 0; j < i; j++)
                {
                    if (a[(i * StageCount) + j] != 0) Add(TLanes.Multiply(h, TLanes.Broadcast(a[(i * StageCount) + j])), Lanes.StateShadows, StageShadows + (j * Stride), StateCount);
                }
            }
        }
        NativeMemory.Clear(StageShadows, (nuint)(StageCount * Stride * sizeof(double)));
    }

    private ReadOnlySpan<double> Scaled(ReadOnlySpan<double> of, double h)
    {
        for (int i = 0; i < StageCount; i++) scaled[i] = h * of[i];
        return scaled;
    }

    // Time and states of a stage.
    private void Place(int i, TVector t, TVector h, double* y, double* stages, double* coefficients)
    {
        LaneSums<TLanes, TVector>.Add(y, coefficients + (i * StageCount), i, h, stages, Stride, Lanes.System.States, StateCount);
        TLanes.Store(TLanes.MultiplyAdd(h, TLanes.Broadcast(tableau.Nodes[i]), t), Lanes.System.Time);
    }
}
