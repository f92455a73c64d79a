using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Protonmotive.Kernels;

namespace Protonmotive.Fitting.Starts.Oscillations;

/// <summary>Finds a state of rest, stable or not, and how fast a system leaves it: some tens of small linear solves.</summary>
/// <remarks>
/// Pseudo-transient continuation (Kelley and Keyes 1998, SIAM J. Numer. Anal. 35, 508-523): linearly implicit Euler steps that grow as the state
/// settles, and end as Newton's. Long implicit steps damp what grows as well as what decays, so it comes to unstable states too; linear
/// conservation laws hold all the way.
/// </remarks>
internal static class RestSearch
{
    private const int MostSteps = 100;
    private const double LargestFactor = 3, Settled = 1e-9, Tiny = 1e-12;

    /// <summary>The state of rest; null where none was found.</summary>
    /// <param name="instance">The system with its parameters.</param>
    /// <param name="start">Where from, shape [Count].</param>
    /// <param name="span">A time that counts as long; the first step is a thousandth.</param>
    /// <param name="time">Time for rates that depend on it.</param>
    public static double[]? Find(KernelInstance instance, double[] start, double span, double time)
    {
        // Steps near the time in which a displacement grows are no good, so fast growth is passed by steps that are long from the first on.
        double[] y = [.. start];
        return Follow(instance, y, span, time, span / 1000) ? y : Follow(instance, y, span, time, 1e6 * span) ? y : null;
    }

    private static bool Follow(KernelInstance instance, double[] y, double span, double time, double first)
    {
        int n = instance.Kernel.StateCount;
        double[] step = new double[y.Length], next = new double[y.Length], rates = new double[y.Length];
        double δ = first;
        bool isGrowing = first < span;
        for (int k = 0; k < MostSteps; k++)
        {
            instance.Rates(time, y, rates);
            rates.CopyTo(step, 0);
            instance.EvaluateJacobian(time, y);
            if (!instance.Factorize(1 / δ)) return false;
            instance.Solve(step);
            double change = 0;
            for (int i = 0; i < n; i++)
            {
                change = Math.Max(change, Math.Abs(step[i]) / Math.Max(Math.Abs(y[i]), Tiny));
                double size = Math.Max(Math.Abs(y[i]), Tiny);
                // What was positive stays so; long steps change nothing by more than a factor.
                next[i] = y[i] + (isGrowing ? step[i] : Math.Clamp(step[i], -size * (1 - (1 / LargestFactor)), size * (LargestFactor - 1)));
                if (y[i] >= 0 && next[i] < 0) change = double.PositiveInfinity;
            }
            bool isFinite = double.IsFinite(change);
            if (isFinite) instance.Rates(time, next, rates);
            isFinite = isFinite && Array.TrueForAll(rates, double.IsFinite);
            if (isGrowing && (!isFinite || change > 10))
            {
                δ /= 4;
                if (δ < 1e-15 * span) return false;
                continue;
            }
            if (!isFinite) return false;
            next.CopyTo(y, 0);
            if (change < Settled && δ > 100 * span) return true;
            if (isGrowing) δ = Math.Min(δ * Math.Clamp(1 / Math.Max(change, Tiny), 0.5, 10), 1e9 * span);
        }
        return false;
    }

    /// <summary>The largest real part of the eigenvalues of the Jacobian at a state: above 0 where small displacements grow.</summary>
    /// <param name="instance">The system with its parameters.</param>
    /// <param name="state">The state, shape [Count].</param>
    /// <param name="time">Time for rates that depend on it.</param>
    /// <returns>NaN where entries are not finite, or of sizes so far apart that the eigenvalues are not found.</returns>
    public static double Growth(KernelInstance instance, double[] state, double time)
    {
        int n = instance.Kernel.StateCount;
        double[] unit = new double[state.Length], column = new double[state.Length];
        var sizes = state.Select(v => Math.Max(Math.Abs(v), 1e-12)).ToArray(); // balance the matrix
        instance.EvaluateJacobian(time, state);
        var jacobian = Matrix<double>.Build.Dense(n, n);
        for (int j = 0; j < n; j++)
        {
            unit[j] = 1;
            instance.MultiplyByJacobian(unit, column);
            unit[j] = 0;
            for (int i = 0; i < n; i++) jacobian[i, j] = column[i] * sizes[j] / sizes[i];
        }
        if (!jacobian.Enumerate().All(double.IsFinite)) return double.NaN;
        try
        {
            return jacobian.Evd().EigenValues.Max(λ => λ.Real);
        }
        catch (NonConvergenceException)
        {
            return double.NaN;
        }
    }
}
