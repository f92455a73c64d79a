namespace Protonmotive.Solvers;

/// <summary>Estimates the first step after the start or a stop.</summary>
/// <remarks>
/// Hairer, Nørsett and Wanner (1993), Solving ODEs I, II.4: the step for which an explicit Euler step errs by a hundredth of
/// the tolerance. With a mass matrix the rates of change come from one short linearly implicit Euler step instead of from f.
/// </remarks>
internal static class InitialStep
{
    /// <summary>The first step, at most <paramref name="limit"/>.</summary>
    /// <param name="stepper">Its system is evaluated, at most twice.</param>
    /// <param name="norm">The error norm.</param>
    /// <param name="order">Order of the method.</param>
    /// <param name="t">Time.</param>
    /// <param name="y">State, shape [n].</param>
    /// <param name="limit">Largest step, &gt; 0.</param>
    /// <param name="work">Work array, shape [n].</param>
    /// <param name="work2">Work array, shape [n].</param>
    /// <returns>The step, and how many evaluations of f were made besides the stepper's own.</returns>
    public static (double Step, int Evaluations) Estimate(Stepper stepper, ErrorNorm norm, int order, double t, ReadOnlySpan<double> y, double limit, double[] work, double[] work2)
    {
        var f = stepper.RatesAt(t, y);
        int n = y.Length;
        if (!stepper.System.IsMassIdentity)
        {
            double τ = 1e-6 * limit;
            f.CopyTo(work);
            stepper.System.EvaluateJacobian(t, y);
            if (!stepper.System.Factorize(1 / τ)) return (τ, 0);
            stepper.System.Solve(work);
            for (int i = 0; i < n; i++) work[i] /= τ;
            double rate = norm.OfStates(work, y);
            return (Math.Min(limit, double.IsFinite(rate) && rate > 0 ? Math.Min(100 * τ, 0.01 / rate) : τ), 0);
        }

        double d0 = norm.OfStates(y, y), d1 = norm.OfStates(f, y);
        if (!double.IsFinite(d1)) return (1e-6 * limit, 0);
        double h0 = d0 < 1e-5 || d1 < 1e-5 ? 1e-6 * limit : 0.01 * d0 / d1;
        h0 = Math.Min(h0, limit);
        for (int i = 0; i < n; i++) work[i] = y[i] + h0 * f[i];
        stepper.System.Rates(t + h0, work, work2);
        for (int i = 0; i < n; i++) work2[i] -= f[i];
        double d2 = norm.OfStates(work2, y) / h0;
        if (!double.IsFinite(d2)) return (Math.Min(h0, 1e-6 * limit), 1);
        double largest = Math.Max(d1, d2);
        double h1 = largest <= 1e-15 ? Math.Max(1e-6 * limit, h0 * 1e-3) : Math.Pow(0.01 / largest, 1.0 / (order + 1));
        return (Math.Min(Math.Min(100 * h0, h1), limit), 1);
    }
}
