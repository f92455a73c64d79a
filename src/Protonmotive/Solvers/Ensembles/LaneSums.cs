using System.Runtime.CompilerServices;
using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Solvers.Ensembles;

/// <summary>Sums of stage vectors over lanes: the inner loops of every method. </summary>
internal static unsafe class LaneSums<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>result = origin + scale · Σ coefficients[j]·stages[j].</summary>
    /// <param name="origin">Shape [n][lanes]; null for 0. May be <paramref name="result"/>.</param>
    /// <param name="coefficients">Shape [count].</param>
    /// <param name="count">Number of stages.</param>
    /// <param name="scale">Multiplies the sum, lane by lane.</param>
    /// <param name="stages">The first stage; the next ones follow at <paramref name="stride"/>.</param>
    /// <param name="stride">Numbers from one stage to the next.</param>
    /// <param name="result">Shape [n][lanes].</param>
    /// <param name="n">Number of components.</param>
    public static void Add(double* origin, double* coefficients, int count, TVector scale, double* stages, long stride, double* result, int n)
    {
        if (count == 0) Copy(origin, result, n);
        for (int j = 0; j < count; j += 4)
        {
            AddFour(j == 0 ? origin : result, coefficients + j, Math.Min(4, count - j), scale, stages + (j * stride), stride, result, n);
        }
    }

    // Up to four stages at once; coefficients stay in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFour(double* origin, double* coefficients, int count, TVector scale, double* stages, long stride, double* result, int n)
    {
        var a = TLanes.Multiply(scale, TLanes.Broadcast(coefficients[0]));
        var b = count > 1 ? TLanes.Multiply(scale, TLanes.Broadcast(coefficients[1])) : a;
        var c = count > 2 ? TLanes.Multiply(scale, TLanes.Broadcast(coefficients[2])) : a;
        var d = count > 3 ? TLanes.Multiply(scale, TLanes.Broadcast(coefficients[3])) : a;
        double* second = stages + stride, third = second + stride, fourth = third + stride;
        long end = (long)n * TLanes.Count;
        for (long k = 0; k < end; k += TLanes.Count)
        {
            var sum = TLanes.MultiplyAdd(a, TLanes.Load(stages + k), origin == null ? TLanes.Broadcast(0) : TLanes.Load(origin + k));
            if (count > 1) sum = TLanes.MultiplyAdd(b, TLanes.Load(second + k), sum);
            if (count > 2) sum = TLanes.MultiplyAdd(c, TLanes.Load(third + k), sum);
            if (count > 3) sum = TLanes.MultiplyAdd(d, TLanes.Load(fourth + k), sum);
            TLanes.Store(sum, result + k);
        }
    }

    private static void Copy(double* origin, double* result, int n)
    {
        long bytes = (long)n * TLanes.Count * sizeof(double);
        Buffer.MemoryCopy(origin, result, bytes, bytes);
    }
}
