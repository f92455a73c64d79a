namespace Protonmotive.Fitting.Optimisers;

/// <summary>
/// The part S of the Hessian that Gauss-Newton leaves out (residuals times their second derivatives), learned from how the gradient
/// changed over the steps taken: (G + S) s = y.
/// </summary>
/// <remarks>
/// Dennis, Gay and Welsch (1981), ACM Trans. Math. Softw. 7, 348-368 (NL2SOL): update and sizing; it does not depend on the units of the
/// parameters. Their y# needs the Jacobian of the residuals, which an objective does not give: y − G s stands for it, so that the sum
/// meets the secant condition.
/// </remarks>
internal static class StructuredSecant
{
    private const double LeastCosine = 1e-8;

    /// <summary>S after a step; the old one where the gradient shows no upward curvature along it.</summary>
    /// <param name="secant">S before, row by row, shape [n·n]; empty for 0.</param>
    /// <param name="gaussNewton">G at the new point, row by row, shape [n·n].</param>
    /// <param name="step">s, shape [n].</param>
    /// <param name="change">y, by how much the gradient changed, shape [n].</param>
    /// <param name="sizes">Sizes of the parameters, in which lengths are measured, shape [n].</param>
    public static double[] Update(double[] secant, double[] gaussNewton, double[] step, double[] change, double[] sizes)
    {
        int n = step.Length;
        double curvature = 0, stepSquare = 0, changeSquare = 0;
        for (int i = 0; i < n; i++)
        {
            curvature += step[i] * change[i];
            stepSquare += step[i] / sizes[i] * (step[i] / sizes[i]);
            changeSquare += change[i] * sizes[i] * (change[i] * sizes[i]);
        }
        if (!(curvature > LeastCosine * Math.Sqrt(stepSquare) * Math.Sqrt(changeSquare))) return secant;
        double[] missing = new double[n], known = new double[n];
        double missed = 0, had = 0;
        for (int i = 0; i < n; i++)
        {
            missing[i] = change[i];
            for (int j = 0; j < n; j++)
            {
                missing[i] -= gaussNewton[(i * n) + j] * step[j];
                if (secant.Length > 0) known[i] += secant[(i * n) + j] * step[j];
            }
            missed += step[i] * missing[i];
            had += step[i] * known[i];
        }
        // Residuals shrink on the way, and S with them: it is scaled down to what this step saw.
        double scale = Math.Abs(had) > Math.Abs(missed) ? Math.Abs(missed) / Math.Abs(had) : 1, left = missed - (scale * had);
        var next = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            double error = missing[i] - (scale * known[i]);
            for (int j = 0; j < n; j++)
            {
                double other = missing[j] - (scale * known[j]), old = secant.Length > 0 ? secant[(i * n) + j] : 0;
                next[(i * n) + j] = (scale * old) + (((error * change[j]) + (change[i] * other)) / curvature) - (left / curvature * change[i] / curvature * change[j]);
            }
        }
        return Array.TrueForAll(next, double.IsFinite) ? next : secant;
    }
}
