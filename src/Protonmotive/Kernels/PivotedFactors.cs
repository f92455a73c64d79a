namespace Protonmotive.Kernels;

/// <summary>Dense LU with partial pivoting and row scaling: the way out where the fixed order of pivots loses digits.</summary>
/// <remarks>Golub and Van Loan (2013), Matrix Computations, 3.4.</remarks>
internal sealed class PivotedFactors
{
    private readonly int n;
    private readonly double[] lu;
    private readonly int[] rows;
    private readonly double[] scale;
    private readonly double[] work;

    /// <summary>Room for n by n.</summary>
    public PivotedFactors(int n)
    {
        this.n = n;
        lu = new double[(long)n * n];
        rows = new int[n];
        scale = new double[n];
        work = new double[n];
    }

    /// <summary>Factorises the entries of a sparse matrix; false where it is singular or not finite.</summary>
    public bool Factorize(CompressedRows pattern, ReadOnlySpan<double> entries)
    {
        Array.Clear(lu);
        for (int i = 0; i < n; i++)
        {
            double largest = 0;
            rows[i] = i;
            for (int e = pattern.Starts[i]; e < pattern.Starts[i + 1]; e++)
            {
                if (!double.IsFinite(entries[e])) return false;
                lu[((long)i * n) + pattern.Columns[e]] = entries[e];
                largest = Math.Max(largest, Math.Abs(entries[e]));
            }
            if (largest == 0) return false;
            scale[i] = 1 / largest;
        }
        for (int k = 0; k < n; k++)
        {
            int best = k;
            double size = 0;
            for (int i = k; i < n; i++)
            {
                double candidate = Math.Abs(lu[((long)rows[i] * n) + k]) * scale[rows[i]];
                if (candidate > size) (best, size) = (i, candidate);
            }
            if (size == 0) return false;
            (rows[k], rows[best]) = (rows[best], rows[k]);
            var pivotRow = lu.AsSpan(rows[k] * n, n);
            for (int i = k + 1; i < n; i++)
            {
                var row = lu.AsSpan(rows[i] * n, n);
                if (row[k] == 0) continue;
                double l = row[k] /= pivotRow[k];
                for (int j = k + 1; j < n; j++) row[j] = Math.FusedMultiplyAdd(-l, pivotRow[j], row[j]);
            }
        }
        return true;
    }

    /// <summary>Solves with the transpose of the factors made last.</summary>
    public void SolveTransposed(ReadOnlySpan<double> right, Span<double> solution)
    {
        right.CopyTo(work);
        for (int i = 0; i < n; i++)
        {
            var row = lu.AsSpan(rows[i] * n, n);
            double value = work[i] /= row[i];
            for (int j = i + 1; j < n; j++) work[j] = Math.FusedMultiplyAdd(-row[j], value, work[j]);
        }
        for (int i = n - 1; i >= 0; i--)
        {
            var row = lu.AsSpan(rows[i] * n, n);
            double value = work[i];
            for (int j = 0; j < i; j++) work[j] = Math.FusedMultiplyAdd(-row[j], value, work[j]);
        }
        for (int i = 0; i < n; i++) solution[rows[i]] = work[i];
    }

    /// <summary>Solves with the factors made last.</summary>
    public void Solve(ReadOnlySpan<double> right, Span<double> solution)
    {
        for (int i = 0; i < n; i++)
        {
            var row = lu.AsSpan(rows[i] * n, n);
            double sum = right[rows[i]];
            for (int j = 0; j < i; j++) sum = Math.FusedMultiplyAdd(-row[j], work[j], sum);
            work[i] = sum;
        }
        for (int i = n - 1; i >= 0; i--)
        {
            var row = lu.AsSpan(rows[i] * n, n);
            double sum = work[i];
            for (int j = i + 1; j < n; j++) sum = Math.FusedMultiplyAdd(-row[j], work[j], sum);
            work[i] = sum / row[i];
        }
        work.CopyTo(solution);
    }
}
