namespace Protonmotive.Kernels;

/// <summary>Chooses the pivots of a sparse LU once, from structure alone, and finds the fill they make.</summary>
/// <remarks>
/// Markowitz (1957), Management Science 3, 255: the next pivot is the diagonal entry (after <see cref="MaximumTransversal"/>)
/// with the smallest (r − 1)(c − 1), r and c the entries left in its row and column; of equals the first. While pivots are cheap,
/// what is left is held as sets (<see cref="SparseElimination"/>), whose cost follows the fill; when rows fill up, as bits
/// (<see cref="DenseElimination"/>). Both take the same pivots. A large remainder that is nearly full is taken as full.
/// </remarks>
internal sealed class EliminationOrder
{
    /// <summary>Factors with more entries, 1 GiB of numbers, are not made.</summary>
    public const int MostFactorEntries = 1 << 27;

    private readonly SparseElimination? sparse;
    private readonly DenseElimination? dense;
    private readonly Lazy<CompressedRows> factors;

    /// <summary>Orders a square pattern.</summary>
    public EliminationOrder(CompressedRows pattern)
    {
        int n = pattern.RowCount;
        int[] rowOf = MaximumTransversal.RowOfColumn(pattern);
        IsStructurallySingular = rowOf.AsSpan().Contains(-1);
        Rows = new int[n];
        Columns = new int[n];
        factors = new(ListFactors);
        if (IsStructurallySingular) return;

        sparse = new SparseElimination(pattern, rowOf);
        dense = new DenseElimination(sparse.Left, sparse.RowsLeft());
        for (int k = 0; k < n; k++)
        {
            Columns[k] = k < sparse.Steps.Count ? sparse.Steps[k].Pivot : dense.Order[k - sparse.Steps.Count];
            Rows[k] = rowOf[Columns[k]];
        }
        StepEntries = [.. sparse.Steps.Select(s => 1 + s.Lower.Length + s.Upper.Length), .. dense.StepEntries];
        FactorEntries = StepEntries.Sum(e => (long)e);
        MultiplyAdds = sparse.MultiplyAdds + dense.MultiplyAdds;
    }

    /// <summary>Whether every value of the entries gives a singular matrix.</summary>
    public bool IsStructurallySingular { get; }

    /// <summary>The row eliminated at each step.</summary>
    public int[] Rows { get; }

    /// <summary>The column eliminated at each step.</summary>
    public int[] Columns { get; }

    /// <summary>For each step the entries of its column of L and row of U, the diagonal once.</summary>
    public int[] StepEntries { get; } = [];

    /// <summary>Entries of L and U together, the diagonal once; known without <see cref="Factors"/>, so a hopeless fill is seen before its places are listed.</summary>
    public long FactorEntries { get; }

    /// <summary>Multiply-adds of one factorisation: for each pivot (r − 1) c, its row and column as they are when it is taken, the scaling by the pivot included.</summary>
    public long MultiplyAdds { get; }

    /// <summary>Places of L (below the diagonal) and U in elimination order, fill included; listed at the first use.</summary>
    public CompressedRows Factors => factors.Value;

    private CompressedRows ListFactors()
    {
        if (IsStructurallySingular) return new CompressedRows(Rows.Length, []);
        return FactorEntries <= MostFactorEntries ? FactorPattern.Of(Columns, sparse!, dense!) : throw new KernelException(
            $"The factors of the Jacobian have {FactorEntries} entries, at most {MostFactorEntries} are made.", $"{Rows.Length} states.", "Solve it with a Krylov solver, or by an explicit method: they need no factors.");
    }
}
