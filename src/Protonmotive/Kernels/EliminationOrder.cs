using System.Numerics;

namespace Protonmotive.Kernels;

/// <summary>Chooses the pivots of a sparse LU once, from structure alone, and finds the fill they make.</summary>
/// <remarks>
/// Markowitz (1957), Management Science 3, 255: the next pivot is the diagonal entry (after <see cref="MaximumTransversal"/>)
/// with the smallest (r − 1)(c − 1), r and c the entries left in its row and column. Time is O(n²) for the search and a
/// word operation per 64 fill candidates; memory is n²/4 bits.
/// </remarks>
internal sealed class EliminationOrder
{
    /// <summary>Orders a square pattern.</summary>
    public EliminationOrder(CompressedRows pattern)
    {
        int n = pattern.RowCount;
        int[] rowOf = MaximumTransversal.RowOfColumn(pattern);
        IsStructurallySingular = rowOf.AsSpan().Contains(-1);
        Rows = new int[n];
        Columns = new int[n];
        Factors = new CompressedRows(n, []);
        if (IsStructurallySingular) return;

        // From here row i stands for row rowOf[i], so that the diagonal is full.
        var rows = new BitMatrix(n);
        var columns = new BitMatrix(n);
        var columnHeldBy = new int[n];
        for (int j = 0; j < n; j++) columnHeldBy[rowOf[j]] = j;
        foreach (var (row, column) in pattern.Places())
        {
            rows.Set(columnHeldBy[row], column);
            columns.Set(column, columnHeldBy[row]);
        }
        int[] order = Eliminate(n, rows, columns);
        var place = new int[n];
        for (int k = 0; k < n; k++)
        {
            place[order[k]] = k;
            Rows[k] = rowOf[order[k]];
            Columns[k] = order[k];
        }
        var all = new ulong[rows.Words];
        Array.Fill(all, ulong.MaxValue);
        Factors = new CompressedRows(n, Enumerable.Range(0, n).SelectMany(i => rows.Columns(i, all).Select(j => (place[i], place[j]))));
    }

    /// <summary>Whether every value of the entries gives a singular matrix.</summary>
    public bool IsStructurallySingular { get; }

    /// <summary>The row eliminated at each step.</summary>
    public int[] Rows { get; }

    /// <summary>The column eliminated at each step.</summary>
    public int[] Columns { get; }

    /// <summary>Places of L (below the diagonal) and U in elimination order, fill included.</summary>
    public CompressedRows Factors { get; }

    private static int[] Eliminate(int n, BitMatrix rows, BitMatrix columns)
    {
        var active = new ulong[rows.Words];
        for (int i = 0; i < n; i++) active[i >> 6] |= 1UL << (i & 63);
        var rowCount = new int[n];
        var columnCount = new int[n];
        for (int i = 0; i < n; i++)
        {
            rowCount[i] = Count(rows.Row(i));
            columnCount[i] = Count(columns.Row(i));
        }
        var order = new int[n];
        List<int> left = [.. Enumerable.Range(0, n)];
        for (int step = 0; step < n; step++)
        {
            int best = 0;
            long cost = long.MaxValue;
            for (int k = 0; k < left.Count && cost > 0; k++)
            {
                long c = (long)(rowCount[left[k]] - 1) * (columnCount[left[k]] - 1);
                if (c < cost) (best, cost) = (k, c);
            }
            int pivot = order[step] = left[best];
            left.RemoveAt(best);
            active[pivot >> 6] &= ~(1UL << (pivot & 63));
            var rowsHit = columns.Columns(pivot, active);
            var columnsHit = rows.Columns(pivot, active);
            if (cost > 0)
            {
                foreach (int i in rowsHit) rowCount[i] += Join(rows.Row(i), rows.Row(pivot), active);
                foreach (int j in columnsHit) columnCount[j] += Join(columns.Row(j), columns.Row(pivot), active);
            }
            foreach (int i in rowsHit) rowCount[i]--;
            foreach (int j in columnsHit) columnCount[j]--;
        }
        return order;
    }

    /// <summary>Adds the active bits of a source to a target; returns how many were new.</summary>
    private static int Join(Span<ulong> target, ReadOnlySpan<ulong> source, ReadOnlySpan<ulong> active)
    {
        int added = 0;
        for (int w = 0; w < target.Length; w++)
        {
            ulong fill = source[w] & active[w] & ~target[w];
            if (fill == 0) continue;
            added += BitOperations.PopCount(fill);
            target[w] |= fill;
        }
        return added;
    }

    private static int Count(ReadOnlySpan<ulong> words)
    {
        int count = 0;
        foreach (ulong word in words) count += BitOperations.PopCount(word);
        return count;
    }
}
