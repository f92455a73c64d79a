using MathNet.Numerics.LinearAlgebra;

namespace Protonmotive.Solvers;

/// <summary>Rows brought to the fewest entries each that span the same space: every pivot column is 1 in its own row and 0 in the others.</summary>
internal static class EchelonForm
{
    /// <summary>Reduced row echelon form with full pivoting, in place; the rows that matter come first.</summary>
    /// <param name="a">The rows.</param>
    /// <param name="rounding">What of its largest entry is left where a row is a combination of others.</param>
    /// <returns>The pivot column of each row, in order of rows.</returns>
    public static List<int> Reduce(Matrix<double> a, double rounding)
    {
        var pivots = new List<int>();
        double scale = a.Enumerate().Max(Math.Abs);
        for (int row = 0; row < a.RowCount && pivots.Count < a.ColumnCount; row++)
        {
            var (best, bestRow, bestColumn) = (0.0, -1, -1);
            for (int i = row; i < a.RowCount; i++)
            {
                for (int j = 0; j < a.ColumnCount; j++)
                {
                    if (!(Math.Abs(a[i, j]) > best)) continue;
                    (best, bestRow, bestColumn) = (Math.Abs(a[i, j]), i, j);
                }
            }

            if (best <= rounding * scale) break;
            var pivotRow = a.Row(bestRow) / a[bestRow, bestColumn];
            a.SetRow(bestRow, a.Row(row));
            a.SetRow(row, pivotRow);
            for (int i = 0; i < a.RowCount; i++)
            {
                double factor = a[i, bestColumn];
                if (i == row || factor == 0) continue;
                for (int j = 0; j < a.ColumnCount; j++) a[i, j] -= factor * pivotRow[j];
                a[i, bestColumn] = 0;
            }

            pivots.Add(bestColumn);
        }

        return pivots;
    }
}
