namespace Protonmotive.Solvers;

public sealed partial class RandomStream
{
    // Above this mean the transformed rejection holds and is faster than a search from 0.
    private const double LeastTransformedMean = 10;

    private const double MostCounted = 9007199254740992;  // 2⁵³: above it not every count is a double

    /// <summary>A Poisson count; exact for large means too.</summary>
    /// <remarks>Hörmann (1993), Insurance Math. Econ. 12, 39 (PTRS) from mean 10 on; below, search from 0 by one number.</remarks>
    /// <param name="mean">Mean, from 0 to 2⁵².</param>
    /// <exception cref="DistributionException">The mean is negative, NaN or too large to count.</exception>
    public long Poisson(double mean)
    {
        if (!(mean >= 0) || mean > MostCounted / 2) throw Bad("Poisson", $"mean {mean}", "Give a mean from 0 to 2^52.");
        if (mean == 0) return 0;
        if (mean < LeastTransformedMean) return SearchPoisson(mean);

        double b = 0.931 + (2.53 * Math.Sqrt(mean)), a = -0.059 + (0.02483 * b);
        double inverseAlpha = 1.1239 + (1.1328 / (b - 3.4)), vr = 0.9277 - (3.6224 / (b - 2));
        while (true)
        {
            double u = Uniform() - 0.5, v = UniformOpen(), us = 0.5 - Math.Abs(u);
            double k = Math.Floor((((2 * a / us) + b) * u) + mean + 0.43);
            if (us >= 0.07 && v <= vr) return (long)k;
            if (!(k >= 0) || k > MostCounted || (us < 0.013 && v > us)) continue;
            if (Math.Log(v * inverseAlpha / ((a / (us * us)) + b)) <= SaddlePoint.LogPoisson(k, mean)) return (long)k;
        }
    }

    /// <summary>How many of independent trials succeed.</summary>
    /// <remarks>Hörmann (1993), J. Stat. Comput. Simul. 46, 101 (BTRS) where ten or more are expected; below, search from 0.</remarks>
    /// <param name="trials">Number of trials, from 0 to 2⁵³.</param>
    /// <param name="probability">Probability of each, from 0 to 1.</param>
    /// <exception cref="DistributionException">A parameter is out of range.</exception>
    public long Binomial(long trials, double probability)
    {
        if (trials < 0 || trials > MostCounted) throw Bad("binomial", $"{trials} trials", "Give a number of trials from 0 to 2^53.");
        if (!(probability is >= 0 and <= 1)) throw Bad("binomial", $"probability {probability}", "Give a probability from 0 to 1.");
        if (probability > 0.5) return trials - Binomial(trials, 1 - probability);
        if (trials == 0 || probability == 0) return 0;
        double n = trials, p = probability;
        if (n * p < LeastTransformedMean) return SearchBinomial(n, p);

        double deviation = Math.Sqrt(n * p * (1 - p));
        double b = 1.15 + (2.53 * deviation), a = -0.0873 + (0.0248 * b) + (0.01 * p);
        double c = (n * p) + 0.5, vr = 0.92 - (4.2 / b), alpha = (2.83 + (5.1 / b)) * deviation;
        double logMode = SaddlePoint.LogBinomial(Math.Floor((n + 1) * p), n, p);
        while (true)
        {
            double u = Uniform() - 0.5, v = UniformOpen(), us = 0.5 - Math.Abs(u);
            double k = Math.Floor((((2 * a / us) + b) * u) + c);
            if (us >= 0.07 && v <= vr) return (long)k;
            if (!(k >= 0) || k > n) continue;
            if (Math.Log(v * alpha / ((a / (us * us)) + b)) <= SaddlePoint.LogBinomial(k, n, p) - logMode) return (long)k;
        }
    }

    private long SearchPoisson(double mean)
    {
        double u = Uniform(), term = Math.Exp(-mean);
        long k = 0;
        while (u >= term && term > 0)
        {
            u -= term;
            term *= mean / ++k;
        }
        return k;
    }

    private long SearchBinomial(double n, double p)
    {
        double u = Uniform(), odds = p / (1 - p), term = Math.Exp(n * SaddlePoint.LogOnePlus(-p));
        double k = 0;
        while (u >= term && term > 0 && k < n)
        {
            u -= term;
            term *= odds * (n - k) / (k + 1);
            k++;
        }
        return (long)k;
    }
}
