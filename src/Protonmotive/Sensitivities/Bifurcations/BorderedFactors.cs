namespace Protonmotive.Sensitivities.Bifurcations;

/// <summary>Triangular factors of a dense square matrix, with the sign and the size of its determinant.</summary>
internal sealed class BorderedFactors
{
    private readonly double[,] lu;
    private readonly double[] rowScales;
    private readonly int[] order;
    private readonly int n;

    /// <summary>Factorises by Gauss with rows of equal size and partial pivoting.</summary>
    public BorderedFactors(double[,] matrix)
    {
        n = matrix.GetLength(0);
        lu = (double[,])matrix.Clone();
        rowScales = new double[n];
        order = [.. Enumerable.Range(0, n)];
        Sign = 1;
        for (int i = 0; i < n; i++)
        {
            double size = 0;
            for (int j = 0; j < n; j++) size = Math.Max(size, Math.Abs(lu[i, j]));
            rowScales[i] = size > 0 && double.IsFinite(size) ? 1 / size : 1;
            LogDeterminant -= Math.Log(rowScales[i]);
            for (int j = 0; j < n; j++) lu[i, j] *= rowScales[i];
        }

        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++) if (Math.Abs(lu[i, k]) > Math.Abs(lu[pivot, k])) pivot = i;
            if (pivot != k)
            {
                Sign = -Sign;
                (order[k], order[pivot]) = (order[pivot], order[k]);
                for (int j = 0; j < n; j++) (lu[k, j], lu[pivot, j]) = (lu[pivot, j], lu[k, j]);
            }

            double diagonal = lu[k, k];
            if (diagonal < 0) Sign = -Sign;
            LogDeterminant += Math.Log(Math.Abs(diagonal));
            if (diagonal == 0 || !double.IsFinite(diagonal))
            {
                IsSingular = true;
                continue;
            }

            for (int i = k + 1; i < n; i++)
            {
                double factor = lu[i, k] /= diagonal;
                if (factor == 0) continue;
                for (int j = k + 1; j < n; j++) lu[i, j] -= factor * lu[k, j];
            }
        }
    }

    /// <summary>Sign of the determinant.</summary>
    public int Sign { get; }

    /// <summary>ln |det|; −∞ where singular.</summary>
    public double LogDeterminant { get; }

    /// <summary>Whether a pivot is exactly 0.</summary>
    public bool IsSingular { get; }

    /// <summary>x with A x = b.</summary>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        var x = new double[n];
        for (int i = 0; i < n; i++)
        {
            x[i] = b[order[i]] * rowScales[order[i]];
            for (int j = 0; j < i; j++) x[i] -= lu[i, j] * x[j];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < n; j++) x[i] -= lu[i, j] * x[j];
            x[i] /= lu[i, i];
        }

        return x;
    }
}
