using Protonmotive.Solvers;

namespace Protonmotive.Atlas.Biology;

/// <summary>Rows of a solution at times that rise evenly: a map of all of them would have its cells where curves bend.</summary>
internal static class EvenRows
{
    private const int Most = 400;

    /// <summary>The first row at or after each of 401 even times.</summary>
    /// <param name="solution">A run.</param>
    public static int[] Of(Solution solution)
    {
        var rows = new List<int>();
        double start = solution.Times[0], span = solution.Times[^1] - start;
        for (int row = 0; row < solution.RowCount; row++)
        {
            // A jump gives two rows at one time.
            bool isLater = rows.Count == 0 || solution.Times[row] > solution.Times[rows[^1]];
            if (isLater && solution.Times[row] >= start + (span * rows.Count / Most * (1 - 1e-12))) rows.Add(row);
        }
        return [.. rows];
    }
}
