using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Protonmotive.Kernels;

/// <summary>Makes LU factors by loops over the plan's index lists: no translation, for any size.</summary>
/// <remarks>
/// Row by row (Doolittle), from the entries of W = shift·M − ∂f/∂y: l = w·(1/u), w ← w − l·u with fused multiply-adds, pivots ascending, so every entry sees the same
/// operations in the same order as in <see cref="FactorizationTape"/>; where columns follow each other, four at a time.
/// </remarks>
internal sealed unsafe class IndexedFactorization : Executable
{
    private readonly Factorization plan;
    private readonly FactorSlots slots;

    /// <summary>Factorises by a plan.</summary>
    public IndexedFactorization(Factorization plan, FactorSlots slots) => (this.plan, this.slots) = (plan, slots);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from the first call on: no slow first tier
    public override void Run(double* w)
    {
        double* factors = w + slots.Factors, inverse = w + slots.InversePivots, row = w + slots.Work, jacobian = w + slots.Jacobian;
        double shift = w[slots.Shift];
        fixed (int* starts = plan.Order.Factors.Starts, columns = plan.Order.Factors.Columns, diagonal = plan.Diagonal, runs = plan.RunStarts)
        fixed (int* rowOf = plan.Order.Rows, entryStarts = plan.Pattern.Starts, places = plan.ColumnPlaces, from = plan.FromJacobian)
        fixed (double* mass = plan.Mass)
        {
            for (int i = 0; i < plan.StateCount; i++)
            {
                int begin = starts[i], middle = diagonal[i], end = starts[i + 1];
                for (int e = begin; e < end; e++) row[columns[e]] = 0;
                for (int e = entryStarts[rowOf[i]]; e < entryStarts[rowOf[i] + 1]; e++)
                {
                    row[places[e]] = mass[e] == 0 ? -jacobian[from[e]] : from[e] < 0 ? shift * mass[e] : (shift * mass[e]) - jacobian[from[e]];
                }
                for (int e = begin; e < middle; e++)
                {
                    int k = columns[e];
                    double l = factors[e] = row[k] * inverse[k];
                    int run = runs[k], stop = starts[k + 1];
                    for (int u = diagonal[k] + 1; u < run; u++)
                    {
                        int j = columns[u];
                        row[j] = Math.FusedMultiplyAdd(-l, factors[u], row[j]);
                    }
                    SubtractRun(-l, factors + run, row + plan.StateCount - (stop - run), stop - run);
                }
                for (int e = middle; e < end; e++) factors[e] = row[columns[e]];
                inverse[i] = 1 / factors[middle];
            }
        }
    }

    /// <summary>target ← target + factor·source, each rounded once.</summary>
    private static void SubtractRun(double factor, double* source, double* target, int count)
    {
        int i = 0;
        if (count >= 4)
        {
            var f = Vector256.Create(factor);
            for (; i <= count - 4; i += 4)
            {
                Vector256.FusedMultiplyAdd(f, Vector256.Load(source + i), Vector256.Load(target + i)).Store(target + i);
            }
        }
        for (; i < count; i++) target[i] = Math.FusedMultiplyAdd(factor, source[i], target[i]);
    }
}
