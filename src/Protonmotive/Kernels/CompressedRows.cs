namespace Protonmotive.Kernels;

/// <summary>The places of a sparse matrix's entries, row by row, columns ascending: entry e of row i has i's Starts[i] ≤ e &lt; Starts[i + 1].</summary>
internal sealed class CompressedRows
{
    /// <summary>Sorts places into rows; a place named twice counts once.</summary>
    public CompressedRows(int rowCount, IEnumerable<(int Row, int Column)> places)
    {
        var all = places as IReadOnlyCollection<(int Row, int Column)> ?? [.. places];
        Starts = new int[rowCount + 1];
        foreach (var (row, _) in all) Starts[row + 1]++;
        for (int i = 0; i < rowCount; i++) Starts[i + 1] += Starts[i];
        var columns = new int[all.Count];
        var next = Starts.AsSpan(0, rowCount).ToArray();
        foreach (var (row, column) in all) columns[next[row]++] = column;
        int count = 0;
        for (int i = 0, begin = 0; i < rowCount; i++)
        {
            var own = columns.AsSpan(begin, Starts[i + 1] - begin);
            begin = Starts[i + 1];
            if (!IsAscending(own)) own.Sort();
            int before = -1;
            foreach (int column in own)
            {
                if (column != before) columns[count++] = before = column;
            }
            Starts[i + 1] = count;
        }
        Columns = count == columns.Length ? columns : columns[..count];
    }

    /// <summary>Rows that are sorted already, without repetitions.</summary>
    public CompressedRows(int[] starts, int[] columns) => (Starts, Columns) = (starts, columns);

    private static bool IsAscending(ReadOnlySpan<int> columns)
    {
        for (int k = 1; k < columns.Length; k++) if (columns[k] < columns[k - 1]) return false;
        return true;
    }

    /// <summary>First entry of each row, and the number of entries at the end.</summary>
    public int[] Starts { get; }

    /// <summary>Column of each entry.</summary>
    public int[] Columns { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount => Starts.Length - 1;

    /// <summary>Number of entries.</summary>
    public int Count => Columns.Length;

    /// <summary>Columns of one row.</summary>
    public ReadOnlySpan<int> Row(int row) => Columns.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    /// <summary>The entry at a place, or −1.</summary>
    public int Find(int row, int column)
    {
        int at = Array.BinarySearch(Columns, Starts[row], Starts[row + 1] - Starts[row], column);
        return at < 0 ? -1 : at;
    }

    /// <summary>All places, row by row.</summary>
    public IEnumerable<(int Row, int Column)> Places()
    {
        for (int i = 0; i < RowCount; i++)
        {
            for (int e = Starts[i]; e < Starts[i + 1]; e++) yield return (i, Columns[e]);
        }
    }
}
