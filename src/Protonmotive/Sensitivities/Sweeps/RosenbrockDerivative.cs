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
    private readonly double[] a, c, laterA, laterC, weights, last, ones;
    private readonly MassEntry[] mass;
    private double* solutions, massed, arguments, sum;

    public RosenbrockDerivative(DerivativeLanes<TLanes, TVector> lanes, RosenbrockTableau tableau)
        : base(lanes, tableau.StageCount, tableau.Dense.AsSpan())
    {
        this.tableau = tableau;
        (a, c, weights) = ([.. tableau.A], [.. tableau.C], [.. tableau.Weights]);
        (laterA, laterC) = (Transposed(a), Transposed(c));
        last = new double[StageCount];
        last[^1] = 1;
        ones = [.. Enumerable.Repeat(1.0, StageCount)];
        mass = [.. lanes.System.Kernel.System.Mass];
        solutions = LaneMemory.Allocate(StageCount * Count, TLanes.Count);
        massed = mass.Length == 0 ? solutions : LaneMemory.Allocate(StageCount * Count, TLanes.Count);
        arguments = LaneMemory.Allocate(StageCount * Count, TLanes.Count);
        sum = LaneMemory.Allocate(Count, TLanes.Count);
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
        var one = TLanes.Broadcast(1);
        fixed (double* aᵢ = a, aⱼ = laterA, cⱼ = laterC, m = weights, all = ones)
        {
            for (int i = StageCount - 1; i >= 0; i--)
            {
                // What depends on a stage: dense output, the end of the step, and the stages after it by their arguments and right-hand sides.
                double* shadow = Lanes.TransposedRight, μ = solutions + (i * Stride);
                int first = i + 1, after = StageCount - first;
                LaneSums<TLanes, TVector>.Add(StageShadows + (i * Stride), m + i, 1, one, adjoint, Stride, shadow, Count);
                if (after > 0)
                {
                    LaneSums<TLanes, TVector>.Add(shadow, cⱼ + (i * StageCount) + first, after, inverse, massed + (first * Stride), Stride, shadow, Count);
                    LaneSums<TLanes, TVector>.Add(shadow, aⱼ + (i * StageCount) + first, after, one, arguments + (first * Stride), Stride, shadow, StateCount);
                }
                Lanes.SolveTransposed();
                Copy(Lanes.TransposedSolution, μ, Count);
                if (mass.Length > 0)
                {
                    NativeMemory.Clear(massed + (i * Stride), (nuint)(Stride * sizeof(double)));
                    AddMassProduct(μ, massed + (i * Stride), isTransposed: true);
                }
                Place(i, t, h, y, stages, aᵢ);
                Copy(μ, Lanes.RateShadows, Count);
                Lanes.RatesAdjoint();
                Copy(Lanes.StateShadows, arguments + (i * Stride), StateCount);
            }
            LaneSums<TLanes, TVector>.Add(adjoint, all, StageCount, one, arguments, Stride, adjoint, StateCount);
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
        if (massed != solutions) NativeMemory.AlignedFree(massed);
        NativeMemory.AlignedFree(solutions);
        NativeMemory.AlignedFree(arguments);
        NativeMemory.AlignedFree(sum);
        solutions = massed = arguments = sum = null;
    }

    // Coefficients of the stages after each one.
    private double[] Transposed(double[] of)
    {
        var result = new double[of.Length];
        for (int i = 0; i < StageCount; i++) for (int j = 0; j < StageCount; j++) result[(j * StageCount) + i] = of[(i * StageCount) + j];
        return result;
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
    private void GatherJacobian(double* stages)
    {
        for (int s = 0; s < StageCount; s += 4) GatherFour(s, Math.Min(4, StageCount - s), stages);
    }

    // Of up to four stages at once; what belongs to a row stays in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void GatherFour(int stage, int count, double* stages)
    {
        double* entries = Lanes.JacobianShadows;
        double* μ = solutions + (stage * Stride), first = stages + (stage * Stride), second = first + Stride, third = second + Stride, fourth = third + Stride;
        fixed (int* starts = Lanes.Jacobian.Starts, columns = Lanes.Jacobian.Columns)
        {
            for (int i = 0; i < Count; i++, μ += TLanes.Count)
            {
                var a = TLanes.Load(μ);
                var b = count > 1 ? TLanes.Load(μ + Stride) : a;
                var c = count > 2 ? TLanes.Load(μ + (2 * Stride)) : a;
                var d = count > 3 ? TLanes.Load(μ + (3 * Stride)) : a;
                for (int e = starts[i]; e < starts[i + 1]; e++)
                {
                    long at = (long)columns[e] * TLanes.Count;
                    double* entry = entries + ((long)e * TLanes.Count);
                    var value = stage == 0 ? TLanes.Multiply(a, TLanes.Load(first + at)) : TLanes.MultiplyAdd(a, TLanes.Load(first + at), TLanes.Load(entry));
                    if (count > 1) value = TLanes.MultiplyAdd(b, TLanes.Load(second + at), value);
                    if (count > 2) value = TLanes.MultiplyAdd(c, TLanes.Load(third + at), value);
                    if (count > 3) value = TLanes.MultiplyAdd(d, TLanes.Load(fourth + at), value);
                    TLanes.Store(value, entry);
                }
            }
        }
    }
}
