using System.Runtime.InteropServices;
using Protonmotive.Kernels.Derivatives;
using Protonmotive.Kernels.Lanes;
using Protonmotive.Solvers;

namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>The derivative of one step of a method, in lanes: tangents forward, adjoints back. Written once over tableaus.</summary>
/// <remarks>
/// Steps keep the size they had, so what comes out is the exact derivative of the numbers that the solve computed (Hager 2000,
/// Numer. Math. 87, 247: the adjoint of a Runge-Kutta method is one for the adjoint equations, of the same order).
/// </remarks>
internal abstract unsafe class StepDerivative<TLanes, TVector> : IDisposable
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>Makes the arrays.</summary>
    protected StepDerivative(DerivativeLanes<TLanes, TVector> lanes, int stageCount, ReadOnlySpan<double> dense)
    {
        Lanes = lanes;
        StageCount = stageCount;
        Count = lanes.System.Kernel.Count;
        StateCount = lanes.System.Kernel.StateCount;
        Stride = (long)Count * TLanes.Count;
        StageShadows = LaneMemory.Allocate(stageCount * Count, TLanes.Count);
        Dense = dense.ToArray();
    }

    /// <summary>Number of stages.</summary>
    public int StageCount { get; }

    /// <summary>
    /// Tangents or adjoints of the stages, shape [stages][count][lanes]. Forward fills it. Before <see cref="Back"/> it holds what
    /// dense output adds to them, which Back takes into account and clears.
    /// </summary>
    public double* StageShadows { get; private set; }

    /// <summary>The kernel at work.</summary>
    protected DerivativeLanes<TLanes, TVector> Lanes { get; }

    /// <summary>Components of a state, quadratures included.</summary>
    protected int Count { get; }

    /// <summary>States alone.</summary>
    protected int StateCount { get; }

    /// <summary>Numbers from one stage to the next.</summary>
    protected long Stride { get; }

    private double[] Dense { get; }

    /// <summary>Makes the derivative of a method's step.</summary>
    /// <exception cref="SensitivityException">The method has none.</exception>
    public static StepDerivative<TLanes, TVector> Of(Method method, DerivativeLanes<TLanes, TVector> lanes) => method switch
    {
        RosenbrockMethod rosenbrock => new RosenbrockDerivative<TLanes, TVector>(lanes, rosenbrock.Coefficients),
        ExplicitMethod pair => new ExplicitDerivative<TLanes, TVector>(lanes, pair.Coefficients),
        _ => throw new SensitivityException($"Steps of {method.Name} have no derivative here.", "Method of the solve.", "Use auto, Rodas4, Rodas5P or Tsit5."),
    };

    /// <summary>Tangents over a step.</summary>
    /// <param name="t">Start of the step.</param>
    /// <param name="h">Its length.</param>
    /// <param name="y">State at its start, shape [count][lanes].</param>
    /// <param name="stages">Its stages, shape [stages][count][lanes].</param>
    /// <param name="tangent">Tangents at its start, shape [count][lanes].</param>
    /// <param name="next">Receives those at its end; not the same place.</param>
    public abstract void Forward(TVector t, TVector h, double* y, double* stages, double* tangent, double* next);

    /// <summary>Adjoints over a step; those of parameters are added up in the workspace.</summary>
    /// <param name="t">Start of the step.</param>
    /// <param name="h">Its length.</param>
    /// <param name="y">State at its start, shape [count][lanes].</param>
    /// <param name="stages">Its stages.</param>
    /// <param name="adjoint">Adjoints at its end, shape [count][lanes]; becomes those at its start.</param>
    /// <param name="pivoted">Lanes where the matrix of the step needed pivots; null where the step did not tell.</param>
    public abstract void Back(TVector t, TVector h, double* y, double* stages, double* adjoint, uint? pivoted = null);

    /// <summary>What the sums of stages in the dense output are multiplied by.</summary>
    public abstract double DenseScale(double h);

    /// <summary>The weight of each stage in the dense output at θ, beside (1 − θ) y₀ + θ y₁ (<see cref="Interpolant"/>).</summary>
    public void DenseWeights(double θ, double h, Span<double> weights)
    {
        weights.Clear();
        int rows = Dense.Length / StageCount;
        double power = θ * (1 - θ) * DenseScale(h);
        for (int k = 0; k < rows; k++, power *= θ)
        {
            for (int j = 0; j < StageCount; j++) weights[j] += power * Dense[(k * StageCount) + j];
        }
    }

    /// <summary>y(t + h) − y(t) as weights of the stages, shape [stages].</summary>
    public abstract ReadOnlySpan<double> EndWeights(double h);

    /// <summary>The error estimate as weights of the stages, shape [stages].</summary>
    public abstract ReadOnlySpan<double> ErrorWeights(double h);

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the arrays.</summary>
    protected virtual void Free()
    {
        NativeMemory.AlignedFree(StageShadows);
        StageShadows = null;
    }

    /// <summary>target += source.</summary>
    protected static void Add(double* source, double* target, int count)
    {
        for (long k = 0; k < (long)count * TLanes.Count; k += TLanes.Count) TLanes.Store(TLanes.Add(TLanes.Load(source + k), TLanes.Load(target + k)), target + k);
    }

    /// <summary>target += factor · source.</summary>
    protected static void Add(TVector factor, double* source, double* target, int count)
    {
        for (long k = 0; k < (long)count * TLanes.Count; k += TLanes.Count) TLanes.Store(TLanes.MultiplyAdd(factor, TLanes.Load(source + k), TLanes.Load(target + k)), target + k);
    }

    /// <summary>target = source.</summary>
    protected static void Copy(double* source, double* target, int count)
    {
        long bytes = (long)count * TLanes.Count * sizeof(double);
        Buffer.MemoryCopy(source, target, bytes, bytes);
    }
}
