using System.Runtime.CompilerServices;
using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Kernels;

/// <summary>LU without pivoting of a dense block, and its solutions: what the last rows of a sparse elimination fill up to.</summary>
/// <remarks>
/// Rows of U are finished four at a time; what earlier rows take from them is summed in registers, eight of those at once
/// (Golub and Van Loan 2013, Matrix Computations, 3.2.11). Rows are padded to whole vectors; the padding stays 0.
/// </remarks>
internal sealed unsafe class DenseTail<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private const int Rows = 4, Depth = 8;

    /// <summary>Factorises in place: L below the diagonal, U on and above it.</summary>
    /// <param name="a">Shape [size][stride].</param>
    /// <param name="inverse">Receives 1/uₖₖ, shape [size].</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="stride">Numbers from row to row, a multiple of 16, at least <paramref name="size"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Factorize(double* a, double* inverse, int size, int stride)
    {
        int i = 0;
        for (; i + Rows <= size; i += Rows)
        {
            double* panel = a + ((long)i * stride);
            int k = 0;
            for (; k + Depth <= i; k += Depth)
            {
                for (int r = 0; r < Rows; r++) Eliminate(a, inverse, panel + ((long)r * stride), k, k + Depth, k + Depth, stride);
                Subtract(a + ((long)k * stride), panel, k, stride);
            }
            for (int r = 0; r < Rows; r++)
            {
                double* row = panel + ((long)r * stride);
                Eliminate(a, inverse, row, k, i + r, stride, stride);
                inverse[i + r] = 1 / row[i + r];
            }
        }
        for (; i < size; i++)
        {
            double* row = a + ((long)i * stride);
            Eliminate(a, inverse, row, 0, i, stride, stride);
            inverse[i] = 1 / row[i];
        }
    }

    /// <summary>Solves L z = z in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(double* a, double* z, int size, int stride)
    {
        for (int i = 1; i < size; i++) z[i] -= Dot(a + ((long)i * stride), z, i);
    }

    /// <summary>Solves U z = z in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(double* a, double* inverse, double* z, int size, int stride)
    {
        for (int i = size - 1; i >= 0; i--) z[i] = (z[i] - Dot(a + ((long)i * stride) + i + 1, z + i + 1, size - i - 1)) * inverse[i];
    }

    /// <summary>Σ aᵢ bᵢ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(double* a, double* b, int count)
    {
        int lanes = TLanes.Count, i = 0;
        double sum = 0;
        if (count >= lanes)
        {
            TVector first = TLanes.Broadcast(0), second = first;
            for (; i + (2 * lanes) <= count; i += 2 * lanes)
            {
                first = TLanes.MultiplyAdd(TLanes.Load(a + i), TLanes.Load(b + i), first);
                second = TLanes.MultiplyAdd(TLanes.Load(a + i + lanes), TLanes.Load(b + i + lanes), second);
            }
            if (i + lanes <= count)
            {
                first = TLanes.MultiplyAdd(TLanes.Load(a + i), TLanes.Load(b + i), first);
                i += lanes;
            }
            double* parts = stackalloc double[8];
            TLanes.Store(TLanes.Add(first, second), parts);
            for (int lane = 0; lane < lanes; lane++) sum += parts[lane];
        }
        for (; i < count; i++) sum = Math.FusedMultiplyAdd(a[i], b[i], sum);
        return sum;
    }

    // One row: takes rows from..to − 1 of U out of its columns below 'end'.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eliminate(double* a, double* inverse, double* row, int from, int to, int end, int stride)
    {
        int lanes = TLanes.Count;
        for (int k = from; k < to; k++)
        {
            double* u = a + ((long)k * stride);
            double l = row[k] *= inverse[k];
            int j = k + 1;
            if (end == stride)
            {
                var factor = TLanes.Broadcast(l);
                for (; j % lanes != 0; j++) row[j] = Math.FusedMultiplyAdd(-l, u[j], row[j]);
                for (; j < end; j += lanes) TLanes.Store(TLanes.NegatedMultiplyAdd(factor, TLanes.Load(u + j), TLanes.Load(row + j)), row + j);
            }
            else
            {
                for (; j < end; j++) row[j] = Math.FusedMultiplyAdd(-l, u[j], row[j]);
            }
        }
    }

    // Four rows: takes eight rows of U, whose multipliers are known, out of the columns after them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Subtract(double* u, double* panel, int k, int stride)
    {
        int lanes = TLanes.Count;
        double* r0 = panel, r1 = r0 + stride, r2 = r1 + stride, r3 = r2 + stride;
        for (int j = k + Depth; j < stride; j += lanes)
        {
            TVector a = TLanes.Load(r0 + j), b = TLanes.Load(r1 + j), c = TLanes.Load(r2 + j), d = TLanes.Load(r3 + j);
            double* source = u + j;
            for (int m = k; m < k + Depth; m++, source += stride)
            {
                var x = TLanes.Load(source);
                a = TLanes.NegatedMultiplyAdd(TLanes.Broadcast(r0[m]), x, a);
                b = TLanes.NegatedMultiplyAdd(TLanes.Broadcast(r1[m]), x, b);
                c = TLanes.NegatedMultiplyAdd(TLanes.Broadcast(r2[m]), x, c);
                d = TLanes.NegatedMultiplyAdd(TLanes.Broadcast(r3[m]), x, d);
            }
            TLanes.Store(a, r0 + j);
            TLanes.Store(b, r1 + j);
            TLanes.Store(c, r2 + j);
            TLanes.Store(d, r3 + j);
        }
    }
}
