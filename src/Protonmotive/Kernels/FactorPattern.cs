namespace Protonmotive.Kernels;

/// <summary>Lists the places of triangular factors from the steps of an elimination.</summary>
internal static class FactorPattern
{
    /// <summary>Places by step of elimination, columns ascending, in time that grows with their number.</summary>
    /// <param name="columns">The index eliminated at each step.</param>
    /// <param name="sparse">The first pivots.</param>
    /// <param name="dense">The others.</param>
    public static CompressedRows Of(int[] columns, SparseElimination sparse, DenseElimination dense)
    {
        int n = columns.Length, first = sparse.Steps.Count;
        var step = new int[n];
        for (int k = 0; k < n; k++) step[columns[k]] = k;
        // By columns first; then, column after column, to the rows: that sorts them without comparing.
        var (starts, columnStarts) = (new int[n + 1], new int[n + 1]);
        ForEach((row, column) => { starts[row + 1]++; columnStarts[column + 1]++; });
        for (int i = 0; i < n; i++) (starts[i + 1], columnStarts[i + 1]) = (starts[i + 1] + starts[i], columnStarts[i + 1] + columnStarts[i]);
        var byColumn = new int[starts[n]];
        var next = columnStarts.AsSpan(0, n).ToArray();
        ForEach((row, column) => byColumn[next[column]++] = row);
        var places = new int[byColumn.Length];
        starts.AsSpan(0, n).CopyTo(next);
        for (int column = 0; column < n; column++)
        {
            for (int e = columnStarts[column]; e < columnStarts[column + 1]; e++) places[next[byColumn[e]]++] = column;
        }
        return new CompressedRows(starts, places);

        void ForEach(Action<int, int> take)
        {
            for (int k = 0; k < first; k++)
            {
                take(k, k);
                foreach (int j in sparse.Steps[k].Upper) take(k, step[j]);
                foreach (int i in sparse.Steps[k].Lower) take(step[i], k);
            }
            dense.ForEachEntry((row, column) => take(first + row, first + column));
        }
    }
}
