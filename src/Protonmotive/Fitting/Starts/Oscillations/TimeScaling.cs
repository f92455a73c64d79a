using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Fitting.Problems;

namespace Protonmotive.Fitting.Starts.Oscillations;

/// <summary>The direction in which estimated parameters speed all rates up alike: Σ ∂f/∂xⱼ dⱼ = f along a course, by least squares of least length.</summary>
/// <remarks>Where rate constants are estimated it is exact; so a period is set right without a search.</remarks>
internal static class TimeScaling
{
    private const int Points = 40;
    private const double Difference = 1e-5, LeastSingular = 1e-6;

    /// <summary>The direction, shape [moving]: a step of ln s along it makes all s times as fast.</summary>
    /// <param name="objective">The problem's objective.</param>
    /// <param name="x">Where, on the scale of estimation, shape [n].</param>
    /// <param name="moving">Indices of the parameters that may move.</param>
    /// <param name="course">Course of the first experiment.</param>
    public static double[] Direction(FitObjective objective, double[] x, int[] moving, RecordedCourse course)
    {
        var kernel = objective.Kernel;
        var start = objective.StartOf(0, x, moving);
        var instance = kernel.Bind(start.Parameters);
        double time = objective.Plans[0].Start;
        int n = kernel.StateCount, rows = Math.Min(Points, course.States.Length);
        double[][] states = [.. Enumerable.Range(0, rows).Select(k => course.States[k * (course.States.Length - 1) / Math.Max(1, rows - 1)])];
        var rates = Rates(start.Parameters);
        var slopes = Matrix<double>.Build.Dense(rows * n, moving.Length);
        for (int j = 0; j < moving.Length; j++)
        {
            var (more, less) = (Rates(Moved(j, Difference)), Rates(Moved(j, -Difference)));
            for (int r = 0; r < rows * n; r++) slopes[r, j] = (more[r] - less[r]) / (2 * Difference);
        }
        for (int i = 0; i < n; i++)
        {
            double size = Math.Sqrt(Enumerable.Range(0, rows).Average(k => rates[(k * n) + i] * rates[(k * n) + i]));
            for (int k = 0; k < rows; k++)
            {
                int r = (k * n) + i;
                rates[r] = size > 0 ? rates[r] / size : 0;
                for (int j = 0; j < moving.Length; j++) slopes[r, j] = size > 0 ? slopes[r, j] / size : 0;
            }
        }
        var direction = new double[moving.Length];
        if (!rates.All(double.IsFinite) || !slopes.Enumerate().All(double.IsFinite)) return direction;
        var svd = slopes.Svd();
        for (int k = 0; k < svd.S.Count; k++)
        {
            if (!(svd.S[k] > LeastSingular * svd.S[0])) break;
            double part = Enumerable.Range(0, rows * n).Sum(r => svd.U[r, k] * rates[r]) / svd.S[k];
            for (int j = 0; j < moving.Length; j++) direction[j] += part * svd.VT[k, j];
        }
        return direction;

        double[] Moved(int j, double by) => [.. start.Parameters.Select((p, i) => i < kernel.ParameterCount ? p + (by * start.ParameterTangents[(j * kernel.ParameterCount) + i]) : p)];

        double[] Rates(double[] parameters)
        {
            parameters.CopyTo(instance.Parameters);
            double[] all = new double[rows * n], at = new double[kernel.Count];
            for (int k = 0; k < rows; k++)
            {
                instance.Rates(time, states[k], at);
                Array.Copy(at, 0, all, k * n, n);
            }
            return all;
        }
    }
}
