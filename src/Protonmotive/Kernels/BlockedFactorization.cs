using System.Runtime.CompilerServices;
using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Kernels;

/// <summary>
/// Makes and applies LU factors of a large matrix: index lists where it is sparse, a dense block for the rows that fill up. The
/// only form for matrices too large to unroll, whatever the back end, so sums may go in any order.
/// </summary>
internal sealed unsafe class BlockedFactorization<TLanes, TVector>(Factorization plan, FactorSlots slots)
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly int size = plan.StateCount - plan.TailStart;

    /// <summary>From the shift and ∂f/∂y to the factors of W.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Factorize(double* w)
    {
        int n = plan.StateCount, tail = plan.TailStart;
        double* factors = w + slots.Factors, inverse = w + slots.InversePivots, row = w + slots.Work, jacobian = w + slots.Jacobian, dense = w + slots.Dense;
        double shift = w[slots.Shift];
        fixed (int* starts = plan.Order.Factors.Starts, columns = plan.Order.Factors.Columns, diagonal = plan.Diagonal, runs = plan.RunStarts, tails = plan.TailEntries)
        fixed (int* rowOf = plan.Order.Rows, entryStarts = plan.Pattern.Starts, places = plan.ColumnPlaces, from = plan.FromJacobian)
        fixed (double* mass = plan.Mass)
        {
            for (int i = 0; i < n; i++)
            {
                int begin = starts[i], end = starts[i + 1], lower = Math.Min(diagonal[i], tails[i]);
                for (int e = begin; e < tails[i]; e++) row[columns[e]] = 0;
                if (tails[i] < end) new Span<double>(row + tail, size).Clear();
                for (int e = entryStarts[rowOf[i]]; e < entryStarts[rowOf[i] + 1]; e++)
                {
                    row[places[e]] = mass[e] == 0 ? -jacobian[from[e]] : from[e] < 0 ? shift * mass[e] : (shift * mass[e]) - jacobian[from[e]];
                }
                for (int e = begin; e < lower; e++)
                {
                    int k = columns[e], run = runs[k], stop = starts[k + 1];
                    double l = factors[e] = row[k] * inverse[k];
                    if (l == 0) continue;
                    for (int u = diagonal[k] + 1; u < run; u++) row[columns[u]] = Math.FusedMultiplyAdd(-l, factors[u], row[columns[u]]);
                    SubtractRun(l, factors + run, row + n - (stop - run), stop - run);
                }
                if (i < tail)
                {
                    for (int e = diagonal[i]; e < end; e++) factors[e] = row[columns[e]];
                    inverse[i] = 1 / factors[diagonal[i]];
                }
                else
                {
                    Buffer.MemoryCopy(row + tail, dense + ((long)(i - tail) * plan.TailStride), size * sizeof(double), size * sizeof(double));
                }
            }
        }
        DenseTail<TLanes, TVector>.Factorize(dense, inverse + tail, size, plan.TailStride);
    }

    /// <summary>Right-hand side to solution, states then quadratures.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Solve(double* w)
    {
        int n = plan.StateCount, tail = plan.TailStart;
        double* factors = w + slots.Factors, right = w + slots.Right, x = w + slots.Solution, z = w + slots.Work, inverse = w + slots.InversePivots, dense = w + slots.Dense;
        fixed (int* starts = plan.Order.Factors.Starts, columns = plan.Order.Factors.Columns, diagonal = plan.Diagonal, runs = plan.RunStarts, tails = plan.TailEntries)
        fixed (int* rowOf = plan.Order.Rows, columnOf = plan.Order.Columns)
        {
            for (int i = 0; i < n; i++) z[i] = right[rowOf[i]] - Sum(factors, columns, z, starts[i], Math.Min(diagonal[i], tails[i]));
            DenseTail<TLanes, TVector>.Forward(dense, z + tail, size, plan.TailStride);
            DenseTail<TLanes, TVector>.Backward(dense, inverse + tail, z + tail, size, plan.TailStride);
            for (int i = tail - 1; i >= 0; i--)
            {
                int run = runs[i], stop = starts[i + 1];
                double sum = Sum(factors, columns, z, diagonal[i] + 1, run);
                if (run < stop) sum += DenseTail<TLanes, TVector>.Dot(factors + run, z + n - (stop - run), stop - run);
                z[i] = (z[i] - sum) * inverse[i];
            }
            for (int i = 0; i < n; i++) x[columnOf[i]] = z[i];
        }
        double* jacobian = w + slots.Jacobian;
        fixed (int* starts = plan.Jacobian.Starts, columns = plan.Jacobian.Columns)
        {
            for (int q = n; q < plan.Jacobian.RowCount; q++)
            {
                double sum = right[q];
                for (int e = starts[q]; e < starts[q + 1]; e++) sum = Math.FusedMultiplyAdd(jacobian[e], x[columns[e]], sum);
                x[q] = sum * w[slots.InverseShift];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SubtractRun(double l, double* source, double* target, int count)
    {
        int i = 0, lanes = TLanes.Count;
        if (count >= lanes)
        {
            var factor = TLanes.Broadcast(l);
            for (; i + lanes <= count; i += lanes) TLanes.Store(TLanes.NegatedMultiplyAdd(factor, TLanes.Load(source + i), TLanes.Load(target + i)), target + i);
        }
        for (; i < count; i++) target[i] = Math.FusedMultiplyAdd(-l, source[i], target[i]);
    }

    // Σ factors·z over an index list, in two sums: half the latency.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sum(double* factors, int* columns, double* z, int begin, int end)
    {
        double first = 0, second = 0;
        int e = begin;
        for (; e + 1 < end; e += 2)
        {
            first = Math.FusedMultiplyAdd(factors[e], z[columns[e]], first);
            second = Math.FusedMultiplyAdd(factors[e + 1], z[columns[e + 1]], second);
        }
        if (e < end) first = Math.FusedMultiplyAdd(factors[e], z[columns[e]], first);
        return first + second;
    }
}
