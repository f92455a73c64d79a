namespace Protonmotive.Solvers;

/// <summary>Logarithms of Poisson and binomial probabilities without cancellation for large counts, to about 1e-14 relative in the probability.</summary>
/// <remarks>C. Loader (2000), Fast and accurate computation of binomial probabilities.</remarks>
internal static class SaddlePoint
{
    private static readonly double[] smallErrors = SmallErrors();

    /// <summary>ln of the Poisson probability of a count.</summary>
    public static double LogPoisson(double count, double mean) => count == 0
        ? -mean
        : -StirlingError(count) - Deviance(count, mean) - (0.5 * Math.Log(2 * Math.PI * count));

    /// <summary>ln of the binomial probability of <paramref name="count"/> of <paramref name="trials"/>.</summary>
    public static double LogBinomial(double count, double trials, double probability)
    {
        double misses = trials - count, q = 1 - probability;
        if (count == 0) return trials * LogOnePlus(-probability);
        if (misses == 0) return trials * Math.Log(probability);
        return StirlingError(trials) - StirlingError(count) - StirlingError(misses)
            - Deviance(count, trials * probability) - Deviance(misses, trials * q)
            + (0.5 * Math.Log(trials / (2 * Math.PI * count * misses)));
    }

    /// <summary>ln(1 + x), accurate near 0.</summary>
    public static double LogOnePlus(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }

    // ln n! − ln(√(2πn) (n/e)ⁿ)
    private static double StirlingError(double n)
    {
        if (n < smallErrors.Length) return smallErrors[(int)n];
        double s = n * n;
        return ((1.0 / 12) - (((1.0 / 360) - (((1.0 / 1260) - (((1.0 / 1680) - (1.0 / 1188 / s)) / s)) / s)) / s)) / n;
    }

    // x ln(x/m) + m − x, by its series in v = (x − m)/(x + m) where the terms would cancel.
    private static double Deviance(double x, double m)
    {
        if (Math.Abs(x - m) >= 0.1 * (x + m)) return (x * Math.Log(x / m)) + m - x;
        double v = (x - m) / (x + m), sum = (x - m) * v, term = 2 * x * v;
        for (int j = 1; j < 1000; j++)
        {
            term *= v * v;
            double previous = sum;
            sum += term / ((2 * j) + 1);
            if (sum == previous) break;
        }
        return sum;
    }

    private static double[] SmallErrors()
    {
        var errors = new double[16];
        double logFactorial = 0;
        for (int n = 1; n < errors.Length; n++)
        {
            logFactorial += Math.Log(n);
            errors[n] = logFactorial - (((n + 0.5) * Math.Log(n)) - n + (0.5 * Math.Log(2 * Math.PI)));
        }
        return errors;
    }
}
