using Protonmotive.Networks;
using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Fault.Solvers.Randomness;

/// <summary>Parameters and bounds from which nothing can be drawn are named, with a mend.</summary>
public sealed class BadDistributionTests
{
    private const double Low = double.NegativeInfinity, High = double.PositiveInfinity;

    public static TheoryData<Distribution, double[], double, double, string> Bad => new()
    {
        { Distribution.Normal, [0, -1], Low, High, "standard deviation -1" },
        { Distribution.Normal, [double.NaN, 1], Low, High, "NaN" },
        { Distribution.Normal, [0], Low, High, "1 parameters" },
        { Distribution.Normal, [0, 1], 2, 2, "leave nothing" },
        { Distribution.Normal, [0, 0], 1, 2, "leave nothing" },
        { Distribution.Normal, [0, 1], double.NaN, 2, "NaN" },
        { Distribution.Uniform, [2, 1], Low, High, "ends 2 and 1" },
        { Distribution.Uniform, [0, 1], 3, 4, "leave nothing" },
        { Distribution.LogNormal, [0, 1], -2, 0, "leave nothing" },
        { Distribution.Exponential, [0], Low, High, "rate 0" },
        { Distribution.Exponential, [1], -3, -2, "leave nothing" },
        { Distribution.Gamma, [1, 1], -3, -2, "attempts" },
        { Distribution.Poisson, [-1], Low, High, "mean -1" },
        { Distribution.Poisson, [1e300], Low, High, "mean 1E+300" },
        { Distribution.Poisson, [1], 2.2, 2.8, "leave nothing" },
        { Distribution.Bernoulli, [1.5], Low, High, "probability 1.5" },
        { Distribution.Binomial, [2.5, 0.5], Low, High, "2.5 trials" },
        { Distribution.Binomial, [2, -0.5], Low, High, "probability -0.5" },
        { (Distribution)99, [0, 1], Low, High, "99" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_can_not_be_drawn_is_named(Distribution distribution, double[] arguments, double lowest, double highest, string names)
    {
        var error = Assert.Throws<DistributionException>(() => new RandomStream(5, 6).Sample(distribution, arguments, lowest, highest));
        Assert.Contains(names, error.What);
        Assert.Contains("seed 5, run 6", error.Where);
        Assert.NotEmpty(error.Mend);
    }
}
