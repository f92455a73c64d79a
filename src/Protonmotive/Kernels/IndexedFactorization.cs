namespace Protonmotive.Kernels;

/// <summary>Makes LU factors by loops over the plan's index lists: no translation, for any size.</summary>
/// <remarks>
/// Row by row (Doolittle): l = w·(1/u), w ← w − l·u with fused multiply-adds, pivots ascending, so every entry sees the same
/// operations in the same order as in <see cref="FactorizationTape"/>.
/// </remarks>
internal sealed unsafe class IndexedFactorization : Executable
{
    private readonly Factorization plan;
    private readonly FactorSlots slots;

    /// <summary>Factorises by a plan.</summary>
    public IndexedFactorization(Factorization plan, FactorSlots slots) => (this.plan, this.slots) = (plan, slots);

    /// <inheritdoc/>
    public override void Run(double* w)
    {
        double* factors = w + slots.Factors, inverse = w + slots.InversePivots, row = w + slots.Work;
        fixed (int* starts = plan.Order.Factors.Starts, columns = plan.Order.Factors.Columns, diagonal = plan.Diagonal)
        {
            for (int i = 0; i < plan.StateCount; i++)
            {
                int begin = starts[i], middle = diagonal[i], end = starts[i + 1];
                for (int e = begin; e < end; e++) row[columns[e]] = factors[e];
                for (int e = begin; e < middle; e++)
                {
                    int k = columns[e];
                    double l = factors[e] = row[k] * inverse[k];
                    int stop = starts[k + 1];
                    for (int u = diagonal[k] + 1; u < stop; u++)
                    {
                        int j = columns[u];
                        row[j] = Math.FusedMultiplyAdd(-l, factors[u], row[j]);
                    }
                }
                for (int e = middle; e < end; e++) factors[e] = row[columns[e]];
                inverse[i] = 1 / factors[middle];
            }
        }
    }
}
