using System.Numerics;

namespace Protonmotive.Kernels;

/// <summary>The last pivots of an elimination, where rows fill up: rows and columns are bits, joined a word at a time.</summary>
internal sealed class DenseElimination
{
    /// <summary>A remainder from this size on is taken as full when it nearly is: what follows would cost more than it saves.</summary>
    private const int SmallestFull = 512;

    private readonly int[] left;
    private readonly BitMatrix rows, columns;
    private readonly ulong[] active;
    private readonly int[] rowCount, columnCount;

    /// <summary>Eliminates what is left.</summary>
    /// <param name="left">Its indices, ascending.</param>
    /// <param name="rowsLeft">The columns of each; none at all where everything is taken as full.</param>
    public DenseElimination(int[] left, IEnumerable<List<int>> rowsLeft)
    {
        this.left = left;
        int m = left.Length;
        Order = new int[m];
        StepEntries = new int[m];
        rowCount = new int[m];
        columnCount = new int[m];
        active = [];
        using var each = rowsLeft.GetEnumerator();
        bool isFull = m > 0 && !each.MoveNext();
        rows = new BitMatrix(isFull ? 0 : m);
        columns = new BitMatrix(isFull ? 0 : m);
        LocalOrder = new int[m];
        if (!isFull && m > 0)
        {
            active = new ulong[rows.Words];
            var local = new Dictionary<int, int>(m);
            for (int i = 0; i < m; i++) local[left[i]] = i;
            for (int i = 0; i < m; i++, each.MoveNext())
            {
                active[i >> 6] |= 1UL << (i & 63);
                rowCount[i] = each.Current.Count;
                foreach (int column in each.Current)
                {
                    int j = local[column];
                    rows.Set(i, j);
                    columns.Set(j, i);
                    columnCount[j]++;
                }
            }
            Eliminate();
        }
        else
        {
            for (int i = 0; i < m; i++) LocalOrder[i] = i;
        }
        long full = m - FullStart;
        for (int k = FullStart; k < m; k++) StepEntries[k] = (2 * (m - k)) - 1;
        MultiplyAdds += ((full * full * full) - full) / 3;
        for (int k = 0; k < m; k++) Order[k] = left[LocalOrder[k]];
    }

    /// <summary>The pivots, in order.</summary>
    public int[] Order { get; }

    /// <summary>The step from which on everything left is taken as full.</summary>
    public int FullStart { get; private set; }

    /// <summary>For each step the entries of its column of L and row of U, the diagonal once.</summary>
    public int[] StepEntries { get; }

    /// <summary>Multiply-adds of these pivots.</summary>
    public long MultiplyAdds { get; private set; }

    private int[] LocalOrder { get; }

    /// <summary>Calls back with step and step for each entry of L and U, fill included: rows in order of elimination, columns in any.</summary>
    public void ForEachEntry(Action<int, int> take)
    {
        int m = left.Length;
        var step = new int[m];
        for (int k = 0; k < m; k++) step[LocalOrder[k]] = k;
        var all = new ulong[rows.Words];
        Array.Fill(all, ulong.MaxValue);
        for (int k = 0; k < m; k++)
        {
            if (rows.Words > 0)
            {
                foreach (int j in rows.Columns(LocalOrder[k], all)) if (k < FullStart || step[j] < FullStart) take(k, step[j]);
            }
            if (k < FullStart) continue;
            for (int j = FullStart; j < m; j++) take(k, j);
        }
    }

    private void Eliminate()
    {
        int m = left.Length;
        int[] open = [.. Enumerable.Range(0, m)]; // ascending, those taken squeezed out now and then
        int count = m;
        for (int step = 0; step < m; step++)
        {
            int pivot = -1;
            long cost = long.MaxValue;
            int kept = 0;
            for (int k = 0; k < count; k++)
            {
                int i = open[k];
                if (rowCount[i] == 0) continue;
                open[kept++] = i;
                long c = (long)(rowCount[i] - 1) * (columnCount[i] - 1);
                if (c < cost) (pivot, cost) = (i, c);
            }
            count = kept;
            if (count >= SmallestFull && 2 * cost >= (long)count * count)
            {
                FullStart = step;
                for (int k = 0; k < count; k++) LocalOrder[step + k] = open[k];
                return;
            }
            LocalOrder[step] = pivot;
            StepEntries[step] = rowCount[pivot] + columnCount[pivot] - 1;
            MultiplyAdds += (long)(columnCount[pivot] - 1) * rowCount[pivot];
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
            rowCount[pivot] = 0;
        }
        FullStart = m;
    }

    /// <summary>Adds the active bits of a source to a target; returns how many were new.</summary>
    private static int Join(Span<ulong> target, ReadOnlySpan<ulong> source, ReadOnlySpan<ulong> active)
    {
        int added = 0, w = 0;
        int width = Vector<ulong>.Count;
        for (; w <= target.Length - width; w += width)
        {
            var before = new Vector<ulong>(target[w..]);
            var fill = Vector.AndNot(new Vector<ulong>(source[w..]) & new Vector<ulong>(active[w..]), before);
            if (fill == Vector<ulong>.Zero) continue;
            for (int k = 0; k < width; k++) added += BitOperations.PopCount(fill[k]);
            (before | fill).CopyTo(target[w..]);
        }
        for (; w < target.Length; w++)
        {
            ulong fill = source[w] & active[w] & ~target[w];
            added += BitOperations.PopCount(fill);
            target[w] |= fill;
        }
        return added;
    }
}
