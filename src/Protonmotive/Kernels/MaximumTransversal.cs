namespace Protonmotive.Kernels;

/// <summary>Pairs rows with columns so that as few diagonal places as possible are structurally zero; keeps diagonal pairs where it can.</summary>
/// <remarks>Augmenting paths with look-ahead: Duff (1981), ACM Trans. Math. Softw. 7, 315 (MC21), without recursion.</remarks>
internal static class MaximumTransversal
{
    /// <summary>The row paired with each column; −1 where the matrix is structurally singular.</summary>
    public static int[] RowOfColumn(CompressedRows pattern)
    {
        int n = pattern.RowCount;
        var rowOf = new int[n];
        var columnOf = new int[n];
        Array.Fill(rowOf, -1);
        Array.Fill(columnOf, -1);
        for (int i = 0; i < n; i++)
        {
            if (pattern.Find(i, i) >= 0) rowOf[i] = columnOf[i] = i;
        }
        var visited = new int[n];
        Array.Fill(visited, -1);
        for (int i = 0; i < n; i++)
        {
            if (columnOf[i] < 0) Augment(pattern, i, rowOf, columnOf, visited);
        }
        return rowOf;
    }

    /// <summary>Searches breadth-first for a path from a free row to a free column, and flips it.</summary>
    private static void Augment(CompressedRows pattern, int start, int[] rowOf, int[] columnOf, int[] visited)
    {
        var cameFrom = new Dictionary<int, int>(); // column -> row that reached it
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out int row))
        {
            foreach (int column in pattern.Row(row))
            {
                if (visited[column] == start) continue;
                visited[column] = start;
                cameFrom[column] = row;
                if (rowOf[column] >= 0)
                {
                    queue.Enqueue(rowOf[column]);
                    continue;
                }
                for (int c = column; ;)
                {
                    int r = cameFrom[c], next = columnOf[r];
                    rowOf[c] = r;
                    columnOf[r] = c;
                    if (r == start) return;
                    c = next;
                }
            }
        }
    }
}
