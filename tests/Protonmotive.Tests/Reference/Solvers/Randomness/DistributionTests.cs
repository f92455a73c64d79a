using MathNet.Numerics.Distributions;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Reference.Solvers.Randomness;

/// <summary>
/// Random numbers at fixed seeds against the distribution functions of MathNet.Numerics (Kolmogorov-Smirnov for continuous
/// ones, χ² for counts). Limits are those exceeded once in 10⁴ by right samples.
/// </summary>
public sealed class DistributionTests
{
    private const int Count = 100_000;

    private static readonly double Limit = Math.Sqrt(-Math.Log(1e-4 / 2) / 2) / Math.Sqrt(Count);

    public static TheoryData<Distribution, double[], double, double> Continuous => new()
    {
        { Distribution.Uniform, [-2, 3], double.NegativeInfinity, double.PositiveInfinity },
        { Distribution.Uniform, [-2, 3], 0, 1 },
        { Distribution.Normal, [1, 2], double.NegativeInfinity, double.PositiveInfinity },
        { Distribution.Normal, [1, 2], 0, double.PositiveInfinity },
        { Distribution.Normal, [1, 2], double.NegativeInfinity, -3 },
        { Distribution.Normal, [1, 2], 11, 12 },
        { Distribution.Normal, [0, 1], -0.5, 0.25 },
        { Distribution.LogNormal, [0.2, 0.5], double.NegativeInfinity, double.PositiveInfinity },
        { Distribution.LogNormal, [0.2, 0.5], 1, 2 },
        { Distribution.Exponential, [3], double.NegativeInfinity, double.PositiveInfinity },
        { Distribution.Exponential, [3], 0.1, 0.5 },
        { Distribution.Exponential, [3], 10, double.PositiveInfinity },
        { Distribution.Gamma, [0.3, 2], double.NegativeInfinity, double.PositiveInfinity },
        { Distribution.Gamma, [4.5, 0.5], double.NegativeInfinity, double.PositiveInfinity },
        { Distribution.Gamma, [4.5, 0.5], 1, 3 },
        { Distribution.Cauchy, [1, 2], double.NegativeInfinity, double.PositiveInfinity },
        { Distribution.Cauchy, [1, 2], 5, 100 },
        { Distribution.ChiSquare, [3], double.NegativeInfinity, double.PositiveInfinity },
        { Distribution.ChiSquare, [3], 2, double.PositiveInfinity },
        { Distribution.Laplace, [1, 2], double.NegativeInfinity, double.PositiveInfinity },
        { Distribution.Laplace, [1, 2], -1, 4 },
        { Distribution.Laplace, [1, 2], 3, double.PositiveInfinity },
        { Distribution.Laplace, [1, 2], -9, -2 },
        { Distribution.Rayleigh, [2], double.NegativeInfinity, double.PositiveInfinity },
        { Distribution.Rayleigh, [2], 3, 5 },
    };

    public static TheoryData<Distribution, double[], double, double> Counted => new()
    {
        { Distribution.Poisson, [0.7], double.NegativeInfinity, double.PositiveInfinity },
        { Distribution.Poisson, [9.9], double.NegativeInfinity, double.PositiveInfinity },
        { Distribution.Poisson, [10], double.NegativeInfinity, double.PositiveInfinity },
        { Distribution.Poisson, [137.5], double.NegativeInfinity, double.PositiveInfinity },
        { Distribution.Poisson, [5], 3, 7 },
        { Distribution.Bernoulli, [0.3], double.NegativeInfinity, double.PositiveInfinity },
        { Distribution.Binomial, [10, 0.2], double.NegativeInfinity, double.PositiveInfinity },
        { Distribution.Binomial, [50, 0.9], double.NegativeInfinity, double.PositiveInfinity },
        { Distribution.Binomial, [1000, 0.35], double.NegativeInfinity, double.PositiveInfinity },
        { Distribution.Binomial, [20, 0.5], 10, 12 },
    };

    [Theory]
    [MemberData(nameof(Continuous))]
    public void Samples_follow_the_distribution_function(Distribution distribution, double[] arguments, double lowest, double highest)
    {
        var stream = new RandomStream(1, 2);
        var sample = new double[Count];
        for (int i = 0; i < Count; i++) sample[i] = stream.Sample(distribution, arguments, lowest, highest);
        Array.Sort(sample);
        Assert.True(sample[0] >= lowest);
        Assert.True(sample[^1] < highest);
        bool isTail = lowest >= 10; // only the normal and the exponential sample are cut so far out
        double low = Below(distribution, arguments, lowest, isTail), high = Below(distribution, arguments, highest, isTail), worst = 0;
        for (int i = 0; i < Count; i++)
        {
            double expected = (Below(distribution, arguments, sample[i], isTail) - low) / (high - low);
            worst = Math.Max(worst, Math.Max(expected - ((double)i / Count), ((i + 1.0) / Count) - expected));
        }
        Assert.InRange(worst, 0, Limit);
    }

    [Theory]
    [MemberData(nameof(Counted))]
    public void Counts_follow_the_probabilities(Distribution distribution, double[] arguments, double lowest, double highest)
    {
        var stream = new RandomStream(1, 2);
        var seen = new Dictionary<int, int>();
        for (int i = 0; i < Count; i++)
        {
            double k = stream.Sample(distribution, arguments, lowest, highest);
            Assert.Equal(Math.Floor(k), k);
            Assert.InRange(k, lowest, highest);
            seen[(int)k] = seen.GetValueOrDefault((int)k) + 1;
        }
        IDiscreteDistribution law = distribution switch
        {
            Distribution.Poisson => new Poisson(arguments[0]),
            Distribution.Bernoulli => new Bernoulli(arguments[0]),
            _ => new Binomial(arguments[1], (int)arguments[0]),
        };
        var within = Enumerable.Range(0, 1001).Where(k => k >= lowest && k <= highest).ToArray();
        double total = within.Sum(law.Probability), square = 0, rest = 0;
        int cells = 0, seenRest = 0;
        foreach (int k in within)
        {
            double expected = Count * law.Probability(k) / total;
            if (expected < 10)
            {
                rest += expected;
                seenRest += seen.GetValueOrDefault(k);
                continue;
            }
            square += Math.Pow(seen.GetValueOrDefault(k) - expected, 2) / expected;
            cells++;
        }
        if (rest > 1)
        {
            square += Math.Pow(seenRest - rest, 2) / rest;
            cells++;
        }
        Assert.InRange(square, 0, ChiSquared.InvCDF(cells - 1, 1 - 1e-4));
    }

    // Figures of scipy 1.10: scipy.stats.D(...).cdf(x) at the quartile-like points x; a sample of 10⁶ meets a probability p
    // within 4.5 √(p(1−p)/10⁶).
    [Theory]
    [InlineData(Distribution.Gamma, 4.5, 0.5, 2.0, 0.4658537830903085)]       // gamma(4.5, scale=0.5).cdf(2)
    [InlineData(Distribution.LogNormal, 0.2, 0.5, 0.7, 0.13277909413164202)]  // lognorm(0.5, scale=exp(0.2)).cdf(0.7)
    [InlineData(Distribution.Laplace, 1, 2, 3.5, 0.8567476015699049)]         // laplace(1, 2).cdf(3.5)
    [InlineData(Distribution.Cauchy, 1, 2, -2, 0.1871670418109988)]            // cauchy(1, 2).cdf(-2)
    public void Parts_below_a_point_agree_with_scipy(Distribution distribution, double a, double b, double point, double expected)
    {
        var stream = new RandomStream(5, 0);
        int below = 0;
        for (int i = 0; i < 1_000_000; i++) if (stream.Sample(distribution, [a, b]) <= point) below++;
        Assert.Equal(expected, below / 1e6, 4.5 * Math.Sqrt(expected * (1 - expected) / 1e6));
    }

    [Theory]
    [InlineData(1e4)]
    [InlineData(1e9)]
    [InlineData(1e15)]
    public void Large_Poisson_counts_keep_mean_variance_and_skewness(double mean)
    {
        var stream = new RandomStream(3, 1);
        double m1 = 0, m2 = 0, m3 = 0;
        for (int i = 0; i < Count; i++)
        {
            double z = (stream.Poisson(mean) - mean) / Math.Sqrt(mean);
            (m1, m2, m3) = (m1 + z, m2 + (z * z), m3 + (z * z * z));
        }
        // Deviations of the three sums: √n, √2n, √15n; four of them.
        Assert.Equal(0, m1 / Count, 4 / Math.Sqrt(Count));
        Assert.Equal(1, m2 / Count, 4 * Math.Sqrt(2.0 / Count));
        Assert.Equal(1 / Math.Sqrt(mean), m3 / Count, 4 * Math.Sqrt(15.0 / Count));
    }

    [Fact]
    public void Far_normal_tails_are_drawn_without_end()
    {
        // Beyond L deviations the excess is close to exponential with mean 1/L.
        var stream = new RandomStream(3, 1);
        foreach (double low in new[] { 8.0, 34.0, 40.0, 1e6 })
        {
            double sum = 0;
            for (int i = 0; i < 10_000; i++)
            {
                double x = stream.Sample(Distribution.Normal, [0, 1], low);
                Assert.True(x >= low);
                sum += x - low;
            }
            // Mean excess of the tail: φ/Q − L = 1/L − 2/L³ + …; deviation 1/L/√n, times 4.
            Assert.Equal((1 / low) - (2 / (low * low * low)), sum / 10_000, (4 / low / 100) + (10 / Math.Pow(low, 5)));
        }
    }

    private static double Below(Distribution distribution, double[] p, double x, bool isTail)
    {
        IContinuousDistribution law = distribution switch
        {
            Distribution.Uniform => new ContinuousUniform(p[0], p[1]),
            Distribution.Normal => new Normal(p[0], p[1]),
            Distribution.LogNormal => new LogNormal(p[0], p[1]),
            Distribution.Exponential => new Exponential(p[0]),
            Distribution.Gamma => new Gamma(p[0], 1 / p[1]),
            Distribution.Cauchy => new Cauchy(p[0], p[1]),
            Distribution.ChiSquare => new ChiSquared(p[0]),
            Distribution.Laplace => new Laplace(p[0], p[1]),
            _ => new Rayleigh(p[0]),
        };
        // Far in the upper tail as F − 1, which keeps its digits; only differences are used.
        if (isTail && distribution == Distribution.Normal) return -MathNet.Numerics.SpecialFunctions.Erfc((x - p[0]) / p[1] / Math.Sqrt(2)) / 2;
        if (isTail) return -Math.Exp(-p[0] * x);
        return double.IsNegativeInfinity(x) ? 0 : double.IsPositiveInfinity(x) ? 1 : x <= 0 && distribution is not (Distribution.Uniform or Distribution.Normal or Distribution.Laplace or Distribution.Cauchy) ? 0 : law.CumulativeDistribution(x);
    }
}
