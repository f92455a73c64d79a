using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Protonmotive.Sensitivities;

/// <summary>Products A B where few entries of A are not 0: work goes with those entries, not with the size of A.</summary>
internal static class SparseProduct
{
    /// <summary>A B, its columns side by side on all cores; the same bits on any number.</summary>
    public static Matrix<double> Of(Matrix<double> a, Matrix<double> b, CancellationToken cancellation = default)
    {
        var entries = a.EnumerateIndexed(Zeros.AllowSkip).Where(e => e.Item3 != 0).ToArray();
        var (rows, inner, columns) = (a.RowCount, a.ColumnCount, b.ColumnCount);
        var right = b.AsColumnMajorArray() ?? b.ToColumnMajorArray();
        var product = new double[checked(rows * columns)];
        Parallel.For(0, columns, new ParallelOptions { CancellationToken = cancellation }, c =>
        {
            var to = product.AsSpan(c * rows, rows);
            var from = right.AsSpan(c * inner, inner);
            foreach (var (i, k, value) in entries) to[i] += value * from[k];
        });
        return new DenseMatrix(rows, columns, product);
    }
}
