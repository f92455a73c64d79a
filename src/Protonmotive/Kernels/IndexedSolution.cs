using System.Runtime.CompilerServices;

namespace Protonmotive.Kernels;

/// <summary>Solves with LU factors by loops over the plan's index lists.</summary>
/// <remarks>
/// A row's terms go alternately to two sums, which are added at the end, as in <see cref="FactorizationTape"/>: half the latency
/// of one chain of multiply-adds.
/// </remarks>
internal sealed unsafe class IndexedSolution : Executable
{
    private readonly Factorization plan;
    private readonly FactorSlots slots;

    /// <summary>Solves by a plan.</summary>
    public IndexedSolution(Factorization plan, FactorSlots slots) => (this.plan, this.slots) = (plan, slots);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from the first call on: no slow first tier
    public override void Run(double* w)
    {
        int n = plan.StateCount;
        double* factors = w + slots.Factors, right = w + slots.Right, x = w + slots.Solution, z = w + slots.Work;
        fixed (int* starts = plan.Order.Factors.Starts, columns = plan.Order.Factors.Columns, diagonal = plan.Diagonal)
        {
            for (int i = 0; i < n; i++) z[i] = Reduce(right[plan.Order.Rows[i]], factors, columns, starts[i], diagonal[i], z);
            for (int i = n - 1; i >= 0; i--)
            {
                z[i] = Reduce(z[i], factors, columns, diagonal[i] + 1, starts[i + 1], z) * w[slots.InversePivots + i];
                x[plan.Order.Columns[i]] = z[i];
            }
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

    /// <summary>value − Σ factors·z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Reduce(double value, double* factors, int* columns, int begin, int end, double* z)
    {
        double second = 0;
        int e = begin;
        for (; e + 1 < end; e += 2)
        {
            value = Math.FusedMultiplyAdd(-factors[e], z[columns[e]], value);
            second = Math.FusedMultiplyAdd(-factors[e + 1], z[columns[e + 1]], second);
        }
        if (e < end) value = Math.FusedMultiplyAdd(-factors[e], z[columns[e]], value);
        return end - begin < 2 ? value : value + second;
    }
}
