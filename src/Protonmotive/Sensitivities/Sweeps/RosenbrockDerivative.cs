using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Protonmotive.Kernels.Derivatives;
using Protonmotive.Kernels.Lanes;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;

namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>The derivative of a Rosenbrock step (<see cref="RosenbrockTableau"/>): W Uᵢ = f(Yᵢ) + M Σ (cᵢⱼ/h) Uⱼ + h γᵢ ∂f/∂t, W = M/(hγ) − ∂f/∂y.</summary>
/// <remarks>
/// W dUᵢ = df(Yᵢ) + M Σ (cᵢⱼ/h) dUⱼ + h γᵢ d(∂f/∂t) + d(∂f/∂y) Uᵢ: one factorisation a step serves all stages, and one adjoint of
/// the Jacobian takes Σ μᵢ Uᵢᵀ of all of them. Sandu, Daescu and Carmichael (2003), Atmos. Environ. 37, 5083, give the adjoint.
/// </remarks>
internal sealed unsafe class RosenbrockDerivative<TLanes, TVector> : StepDerivative<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly RosenbrockTableau tableau;
    private readonly double[] a, c, weights, last;
    private readonly bool[] extends;
    private readonly MassEntry[] mass;
    private double* solutions, sum, product;

    public RosenbrockDerivative(DerivativeLanes<TLanes, TVector> lanes, RosenbrockTableau tableau)
        : base(lanes, tableau.StageCount, tableau.Dense.AsSpan())
    {
        this.tableau = tableau;
        (a, c, weights) = ([.. tableau.A], [.. tableau.C], [.. tableau.Weights]);
        extends = [.. Enumerable.Range(0, StageCount).Select(tableau.Extends)];
        last = new double[StageCount];
        last[^1] = 1;
        mass = [.. lanes.System.Kernel.System.Mass];
        solutions = LaneMemory.Allocate(StageCount * Count, TLanes.Count);
        sum = LaneMemory.Allocate(Count, TLanes.Count);
        product = LaneMemory.Allocate(Count, TLanes.Count);
    }

    public override double DenseScale(double h) => 1;

    public override ReadOnlySpan<double> EndWeights(double h) => weights;

    public override ReadOnlySpan<double> ErrorWeights(double h) => last;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(TVector t, TVector h, double* y, double* stages, double* tangent, double* next)
    {
        var system = Lanes.System;
        TVector one = TLanes.Broadcast(1), inverse = TLanes.Divide(one, h);
        Place(t, y);
        system.EvaluateJacobian();
        system.Factorize(Shift(inverse));
        Copy(tangent, Lanes.StateShadows, StateCount);
        Lanes.JacobianTangent();
        if (system.DependsOnTime) Lanes.TimeDerivativeTangent();
        fixed (double* aᵢ = a, cᵢ = c, m = weights)
        {
            for (int i = 0; i < StageCount; i++)
            {
                Place(i, t, h, y, stages, aᵢ);
                LaneSums<TLanes, TVector>.Add(tangent, aᵢ + (i * StageCount), i, one, StageShadows, Stride, Lanes.StateShadows, StateCount);
                Lanes.RatesTangent();
                Copy(Lanes.RateShadows, system.Right, Count);
                LaneSums<TLanes, TVector>.Add(null, cᵢ + (i * StageCount), i, inverse, StageShadows, Stride, sum, i == 0 ? 0 : Count);
                if (i > 0) AddMassProduct(sum, system.Right, isTransposed: false);
                if (system.DependsOnTime && tableau.TimeWeights[i] != 0) Add(TLanes.Multiply(h, TLanes.Broadcast(tableau.TimeWeights[i])), Lanes.TimeDerivativeShadows, system.Right, Count);
                AddJacobianTangent(stages + (i * Stride), system.Right);
                system.Solve();
                Copy(system.Solution, StageShadows + (i * Stride), Count);
            }
            LaneSums<TLanes, TVector>.Add(tangent, m, StageCount, one, StageShadows, Stride, next, Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Back(TVector t, TVector h, double* y, double* stages, double* adjoint, uint? pivoted = null)
    {
        var system = Lanes.System;
        var inverse = TLanes.Divide(TLanes.Broadcast(1), h);
        Place(t, y);
        system.EvaluateJacobian();
        if (pivoted is { } lanes) system.Factorize(Shift(inverse), lanes);
        else
        {
            system.Factorize(Shift(inverse));
            // One plain solve tells whether the fixed order of pivots serves.
            Copy(stages, system.Right, Count);
            system.Solve();
        }
        for (int i = 0; i < StageCount; i++)
        {
            if (weights[i] == 1) Add(adjoint, StageShadows + (i * Stride), Count);
            else if (weights[i] != 0) Add(TLanes.Broadcast(weights[i]), adjoint, StageShadows + (i * Stride), Count);
        }
        fixed (double* aᵢ = a)
        {
            for (int i = StageCount - 1; i >= 0; i--)
            {
                double* μ = solutions + (i * Stride);
                Copy(StageShadows + (i * Stride), Lanes.TransposedRight, Count);
                Lanes.SolveTransposed();
                Copy(Lanes.TransposedSolution, μ, Count);
                Place(i, t, h, y, stages, aᵢ);
                Copy(μ, Lanes.RateShadows, Count);
                Lanes.RatesAdjoint();
                Add(Lanes.StateShadows, adjoint, StateCount);
                if (i == 0) break;
                double* massed = μ;
                if (mass.Length > 0)
                {
                    NativeMemory.Clear(sum, (nuint)(Stride * sizeof(double)));
                    AddMassProduct(μ, massed = sum, isTransposed: true);
                }
                for (int j = 0; j < i; j++)
                {
                    double* shadow = StageShadows + (j * Stride);
                    if (c[(i * StageCount) + j] != 0) Add(TLanes.Multiply(inverse, TLanes.Broadcast(c[(i * StageCount) + j])), massed, shadow, Count);
                    if (a[(i * StageCount) + j] != 0) Add(TLanes.Broadcast(a[(i * StageCount) + j]), Lanes.StateShadows, shadow, StateCount);
                }
            }
        }
        Place(t, y);
        GatherJacobian(stages);
        Lanes.JacobianAdjoint();
        Add(Lanes.StateShadows, adjoint, StateCount);
        if (system.DependsOnTime)
        {
            fixed (double* γ = tableau.TimeWeights.AsSpan()) LaneSums<TLanes, TVector>.Add(null, γ, StageCount, h, solutions, Stride, Lanes.TimeDerivativeShadows, Count);
            Lanes.TimeDerivativeAdjoint();
            Add(Lanes.StateShadows, adjoint, StateCount);
        }
        NativeMemory.Clear(StageShadows, (nuint)(StageCount * Stride * sizeof(double)));
    }

    protected override void Free()
    {
        base.Free();
        NativeMemory.AlignedFree(solutions);
        NativeMemory.AlignedFree(sum);
        NativeMemory.AlignedFree(product);
        solutions = sum = product = null;
    }

    private TVector Shift(TVector inverse) => TLanes.Multiply(inverse, TLanes.Broadcast(1 / tableau.Gamma));

    // Time and states at the start of the step.
    private void Place(TVector t, double* y)
    {
        Copy(y, Lanes.System.States, StateCount);
        TLanes.Store(t, Lanes.System.Time);
    }

    // Time and states of a stage; stages go up or down by one.
    private void Place(int i, TVector t, TVector h, double* y, double* stages, double* coefficients)
    {
        LaneSums<TLanes, TVector>.Add(y, coefficients + (i * StageCount), i, TLanes.Broadcast(1), stages, Stride, Lanes.System.States, StateCount);
        TLanes.Store(TLanes.MultiplyAdd(h, TLanes.Broadcast(tableau.Nodes[i]), t), Lanes.System.Time);
    }

    // target += M x, or Mᵀ x; over quadratures M is the identity.
    private void AddMassProduct(double* x, double* target, bool isTransposed)
    {
        if (mass.Length == 0)
        {
            Add(x, target, Count);
            return;
        }
        foreach (var entry in mass)
        {
            var (row, column) = isTransposed ? (entry.Column, entry.Row) : (entry.Row, entry.Column);
            double* to = target + ((long)row * TLanes.Count);
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Broadcast(entry.Value), TLanes.Load(x + ((long)column * TLanes.Count)), TLanes.Load(to)), to);
        }
        long states = (long)StateCount * TLanes.Count;
        Add(x + states, target + states, Count - StateCount);
    }

    // target += d(∂f/∂y) u
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddJacobianTangent(double* u, double* target)
    {
        double* entries = Lanes.JacobianShadows;
        fixed (int* starts = Lanes.Jacobian.Starts, columns = Lanes.Jacobian.Columns)
        {
            for (int i = 0; i < Count; i++)
            {
                var value = TLanes.Load(target + ((long)i * TLanes.Count));
                for (int e = starts[i]; e < starts[i + 1]; e++) value = TLanes.MultiplyAdd(TLanes.Load(entries + ((long)e * TLanes.Count)), TLanes.Load(u + ((long)columns[e] * TLanes.Count)), value);
                TLanes.Store(value, target + ((long)i * TLanes.Count));
            }
        }
    }

    // The adjoint of ∂f/∂y: Σ μᵢ Uᵢᵀ where it has entries.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void GatherJacobian(double* stages)
    {
        double* entries = Lanes.JacobianShadows;
        fixed (int* starts = Lanes.Jacobian.Starts, columns = Lanes.Jacobian.Columns)
        {
            for (int i = 0; i < Count; i++)
            {
                double* μ = solutions + ((long)i * TLanes.Count);
                for (int e = starts[i]; e < starts[i + 1]; e++)
                {
                    double* u = stages + ((long)columns[e] * TLanes.Count);
                    var value = TLanes.Multiply(TLanes.Load(μ), TLanes.Load(u));
                    for (int s = 1; s < StageCount; s++) value = TLanes.MultiplyAdd(TLanes.Load(μ + (s * Stride)), TLanes.Load(u + (s * Stride)), value);
                    TLanes.Store(value, entries + ((long)e * TLanes.Count));
                }
            }
        }
    }
}
