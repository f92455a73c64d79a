namespace Protonmotive.Kernels;

/// <summary>The places of a sparse matrix's entries, row by row, columns ascending: entry e of row i has i's Starts[i] ≤ e &lt; Starts[i + 1].</summary>
internal sealed class CompressedRows
{
    /// <summary>Sorts places into rows; a place named twice counts once.</summary>
    public CompressedRows(int rowCount, IEnumerable<(int Row, int Column)> places)
    {
        var rows = new List<int>[rowCount];
        for (int i = 0; i < rowCount; i++) rows[i] = [];
        foreach (var (row, column) in places) rows[row].Add(column);
        Starts = new int[rowCount + 1];
        var columns = new List<int>();
        for (int i = 0; i < rowCount; i++)
        {
            rows[i].Sort();
            for (int k = 0; k < rows[i].Count; k++)
            {
                if (k == 0 || rows[i][k] != rows[i][k - 1]) columns.Add(rows[i][k]);
            }
            Starts[i + 1] = columns.Count;
        }
        Columns = [.. columns];
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
