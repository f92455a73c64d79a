namespace Protonmotive.Kernels;

/// <summary>The cheap first pivots of an elimination, on sets of indices: cost and memory follow the fill.</summary>
internal sealed class SparseElimination
{
    /// <summary>What is left is held as bits from this size down, whatever its fill.</summary>
    private const int SmallRest = 512;

    /// <summary>No more than this is held as bits: 2 n² bits are then 16 MiB.</summary>
    private const int LargestBits = 8192;

    /// <summary>Sets joined after which a remainder too large for bits is given up: some seconds of a factorisation.</summary>
    private const long MostJoins = 50_000_000;

    private readonly IndexSet[] rows, columns; // what is left of each; null once eliminated

    /// <summary>Eliminates while that is cheap.</summary>
    /// <param name="pattern">Places of the entries.</param>
    /// <param name="rowOf">The row paired with each column; row i then stands for <paramref name="rowOf"/>[i], so that the diagonal is full.</param>
    public SparseElimination(CompressedRows pattern, int[] rowOf)
    {
        int n = pattern.RowCount;
        rows = new IndexSet[n];
        columns = new IndexSet[n];
        for (int i = 0; i < n; i++) (rows[i], columns[i]) = (new IndexSet(), new IndexSet());
        for (int i = 0; i < n; i++)
        {
            foreach (int j in pattern.Row(rowOf[i]))
            {
                rows[i].Add(j);
                columns[j].Add(i);
            }
        }
        if (n > SmallRest) Eliminate(n);
        Left = [.. Enumerable.Range(0, n).Where(i => rows[i] is not null)];
    }

    /// <summary>The pivots taken, with the other entries of their column of L and row of U.</summary>
    public List<(int Pivot, int[] Lower, int[] Upper)> Steps { get; } = [];

    /// <summary>What was not eliminated, ascending.</summary>
    public int[] Left { get; }

    /// <summary>Multiply-adds of these pivots.</summary>
    public long MultiplyAdds { get; private set; }

    /// <summary>The columns left in each row that is left, in the order of <see cref="Left"/>; empty where the remainder is given up as full.</summary>
    public IEnumerable<List<int>> RowsLeft()
    {
        if (IsGivenUp) yield break;
        var row = new List<int>();
        foreach (int i in Left)
        {
            row.Clear();
            rows[i].CopyTo(row);
            yield return row;
        }
    }

    private bool IsGivenUp { get; set; }

    private void Eliminate(int n)
    {
        var queue = new PriorityQueue<int, (long Cost, int Index)>(n);
        var keys = new long[n];
        void Enqueue(int i) => queue.Enqueue(i, (keys[i] = (long)(rows[i].Count - 1) * (columns[i].Count - 1), i));
        for (int i = 0; i < n; i++) Enqueue(i);
        var (lower, upper) = (new List<int>(), new List<int>());
        long joins = 0;
        while (n - Steps.Count > SmallRest && queue.TryDequeue(out int pivot, out var key))
        {
            if (rows[pivot] is null || keys[pivot] != key.Cost) continue; // stands elsewhere in the queue, or is gone
            long left = n - Steps.Count, r = rows[pivot].Count - 1, c = columns[pivot].Count - 1;
            // About ns: sets take 20 an entry and 50 to queue each row and column; bits 1 for each of what is left, and ½ a word.
            bool isDense = (20 * r * c) + (50 * (r + c)) > left + ((r + c) * left / 128);
            if (isDense && left <= LargestBits) return;
            joins += r * c;
            if (IsGivenUp = joins > MostJoins) return;
            lower.Clear();
            upper.Clear();
            columns[pivot].CopyTo(lower);
            rows[pivot].CopyTo(upper);
            lower.Remove(pivot);
            upper.Remove(pivot);
            Steps.Add((pivot, [.. lower], [.. upper]));
            MultiplyAdds += c * (r + 1);
            foreach (int i in lower) rows[i].Remove(pivot);
            foreach (int j in upper) columns[j].Remove(pivot);
            foreach (int i in lower)
            {
                foreach (int j in upper) if (rows[i].Add(j)) columns[j].Add(i);
            }
            rows[pivot] = columns[pivot] = null!;
            foreach (int i in lower) Enqueue(i);
            foreach (int j in upper) if (keys[j] != (long)(rows[j].Count - 1) * (columns[j].Count - 1)) Enqueue(j);
        }
    }
}
