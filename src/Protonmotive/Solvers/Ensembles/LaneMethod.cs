using System.Runtime.InteropServices;
using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Solvers.Ensembles;

/// <summary>A method at work on several members side by side.</summary>
internal abstract unsafe class LaneMethod<TLanes, TVector> : IDisposable
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly double[] dense;

    /// <summary>Makes the arrays all methods need.</summary>
    /// <param name="system">The members' system.</param>
    /// <param name="stageCount">Number of stage vectors.</param>
    /// <param name="dense">Rows d₁, d₂, … of the dense output, shape [rows · stages].</param>
    protected LaneMethod(LaneSystem<TLanes, TVector> system, int stageCount, double[] dense)
    {
        System = system;
        StageCount = stageCount;
        Count = system.Kernel.Count;
        StateCount = system.Kernel.StateCount;
        Stride = (long)Count * TLanes.Count;
        Stages = LaneMemory.Allocate(stageCount * Count, TLanes.Count);
        this.dense = dense;
        DenseCount = dense.Length / stageCount;
        DenseVectors = LaneMemory.Allocate(DenseCount * Count, TLanes.Count);
    }

    /// <summary>Frees the arrays if their owner forgot.</summary>
    ~LaneMethod() => Free();

    /// <summary>The system stepped.</summary>
    public LaneSystem<TLanes, TVector> System { get; }

    /// <summary>Rows of the dense output.</summary>
    public int DenseCount { get; }

    /// <summary>q₁, q₂, … of the dense output of the last step (<see cref="Interpolant"/>), shape [rows][count][lanes].</summary>
    public double* DenseVectors { get; private set; }

    /// <summary>Components of a member's state, quadratures included.</summary>
    protected int Count { get; }

    /// <summary>States alone.</summary>
    protected int StateCount { get; }

    /// <summary>Stage vectors.</summary>
    protected int StageCount { get; }

    /// <summary>Numbers from one stage vector to the next.</summary>
    protected long Stride { get; }

    /// <summary>The stage vectors, shape [stages][count][lanes].</summary>
    public double* Stages { get; private set; }

    /// <summary>What the dense output's sums of stages are multiplied by.</summary>
    protected abstract TVector DenseScale(TVector h);

    /// <summary>Makes a method's lane form.</summary>
    /// <exception cref="SolverException">The method has none.</exception>
    public static LaneMethod<TLanes, TVector> Create(Method method, LaneSystem<TLanes, TVector> system) => method switch
    {
        RosenbrockMethod rosenbrock => new RosenbrockLanes<TLanes, TVector>(system, rosenbrock.Coefficients),
        ExplicitMethod pair => new ExplicitLanes<TLanes, TVector>(system, pair.Coefficients),
        _ => throw new SolverException($"{method.Name} does not run in lanes.", "Method of the ensemble.", "Use Rodas4, Rodas5P or Tsit5."),
    };

    /// <summary>Whether a method has a lane form.</summary>
    public static bool Takes(Method method) => method is RosenbrockMethod or ExplicitMethod;

    /// <summary>One trial step in every lane.</summary>
    /// <param name="t">Start, as a lane vector.</param>
    /// <param name="y">State, shape [count][lanes].</param>
    /// <param name="h">Step.</param>
    /// <param name="next">Receives y(t + h), shape [count][lanes]; not finite in lanes that can't make the step.</param>
    /// <returns>The error estimate, shape [count][lanes]; valid until the next step.</returns>
    public abstract double* Step(TVector t, double* y, TVector h, double* next);

    /// <summary>The step was accepted in some lanes.</summary>
    public abstract void Advance(TVector accepted);

    /// <summary>Some lanes have a new member, whose rates are evaluated.</summary>
    public abstract void Restart(TVector started);

    /// <summary>Computes <see cref="DenseVectors"/> of the last step.</summary>
    public void ComputeDense(TVector h)
    {
        fixed (double* weights = dense)
        {
            for (int k = 0; k < DenseCount; k++) LaneSums<TLanes, TVector>.Add(null, weights + (k * StageCount), StageCount, DenseScale(h), Stages, Stride, DenseVectors + (k * Stride), Count);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(Stages);
        NativeMemory.AlignedFree(DenseVectors);
        Stages = DenseVectors = null;
    }
}
