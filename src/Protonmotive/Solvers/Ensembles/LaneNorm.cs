using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Protonmotive.Kernels;
using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Solvers.Ensembles;

/// <summary><see cref="ErrorNorm"/> over lanes, each member with its own absolute scales.</summary>
internal sealed unsafe class LaneNorm<TLanes, TVector> : IDisposable
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly double* absolute;
    private readonly int[] scaleIndices;
    private readonly int stateCount, count;
    private readonly Tolerance tolerance;
    private readonly TVector relative;
    private bool isDisposed;

    public LaneNorm(Kernel kernel, Tolerance tolerance)
    {
        this.tolerance = tolerance;
        relative = TLanes.Broadcast(tolerance.Relative);
        scaleIndices = kernel.ScaleIndices;
        (stateCount, count) = (kernel.StateCount, kernel.Count);
        absolute = LaneMemory.Allocate(count, TLanes.Count);
    }

    ~LaneNorm() => Free();

    /// <summary>A member's absolute scales, shape [count].</summary>
    public void SetScales(int lane, ReadOnlySpan<double> scales)
    {
        for (int i = 0; i < count; i++) absolute[((long)i * TLanes.Count) + lane] = (i < stateCount ? tolerance.Absolute : tolerance.Relative) * Math.Abs(scales[i]);
    }

    /// <summary>Norm of a vector at y alone, over the states only.</summary>
    public TVector OfStates(double* x, double* y) => RootMeanSquare(x, y, y, 0, stateCount);

    /// <summary>Norm of a step's error; NaN in lanes where the error or the new state is not finite.</summary>
    public TVector Of(double* error, double* y, double* next)
    {
        var states = RootMeanSquare(error, y, next, 0, stateCount);
        return stateCount == count ? states : TLanes.Max(states, RootMeanSquare(error, y, next, stateCount, count));
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TVector RootMeanSquare(double* x, double* y, double* next, int from, int to)
    {
        int lanes = TLanes.Count;
        TVector sum = TLanes.Broadcast(0), finite = sum, zero = sum, least = TLanes.Broadcast(1e-300);
        for (int i = from; i < to; i++)
        {
            long at = (long)i * lanes, scale = (long)scaleIndices[i] * lanes;
            var size = TLanes.Larger(TLanes.Abs(TLanes.Load(y + scale)), TLanes.Abs(TLanes.Load(next + scale)));
            var weight = TLanes.Larger(TLanes.MultiplyAdd(relative, size, TLanes.Load(absolute + at)), least);
            var ratio = TLanes.Divide(TLanes.Load(x + at), weight);
            sum = TLanes.MultiplyAdd(ratio, ratio, sum);
            finite = TLanes.MultiplyAdd(TLanes.Load(next + at), zero, finite); // NaN where next is not finite
        }
        return to == from ? finite : TLanes.Add(TLanes.Sqrt(TLanes.Multiply(sum, TLanes.Broadcast(1.0 / (to - from)))), finite);
    }

    private void Free()
    {
        if (isDisposed) return;
        isDisposed = true;
        NativeMemory.AlignedFree(absolute);
    }
}
