namespace Protonmotive.Kernels;

/// <summary>Where the factors of a plan have their entries; listed when a factorisation is first made.</summary>
internal sealed class FactorPlaces
{
    /// <summary>Lists them.</summary>
    public FactorPlaces(Factorization plan)
    {
        int n = plan.StateCount;
        ToFactors = new int[plan.Pattern.Count];
        Diagonal = new int[n];
        RunStarts = new int[n];
        TailEntries = new int[n];
        if (plan.Order.IsStructurallySingular)
        {
            Array.Fill(ToFactors, -1);
            return;
        }
        var factors = plan.Order.Factors;
        var placeOfRow = Factorization.Inverse(plan.Order.Rows);
        for (int row = 0; row < n; row++)
        {
            for (int e = plan.Pattern.Starts[row]; e < plan.Pattern.Starts[row + 1]; e++) ToFactors[e] = factors.Find(placeOfRow[row], plan.ColumnPlaces[e]);
        }
        for (int i = 0; i < n; i++)
        {
            Diagonal[i] = factors.Find(i, i);
            int begin = factors.Starts[i], run = factors.Starts[i + 1], end = run;
            while (run - 1 > Diagonal[i] && factors.Columns[run - 1] == n - (end - run) - 1) run--;
            RunStarts[i] = run;
            while (i >= plan.TailStart && end > begin && factors.Columns[end - 1] >= plan.TailStart) end--;
            TailEntries[i] = end;
        }
    }

    /// <summary>The entry of the factors where elimination finds each entry of W.</summary>
    public int[] ToFactors { get; }

    /// <summary>The factors' diagonal entries.</summary>
    public int[] Diagonal { get; }

    /// <summary>For each row of U the entry from which on its columns follow each other without a gap up to the last one.</summary>
    public int[] RunStarts { get; }

    /// <summary>For each row of the dense block its first entry in a column of the block; the end of the row for others.</summary>
    public int[] TailEntries { get; }
}
