using Protonmotive.Fitting;
using Protonmotive.Fitting.Problems;
using Xunit;

namespace Protonmotive.Tests.Unit.Fitting;

public class PriorTests
{
    // Written out with Python's math from the densities' formulas, at 0.3.
    [Theory]
    [InlineData(PriorKind.Uniform, -1, 4, 1.6094379124341003)]
    [InlineData(PriorKind.Normal, 1, 0.4, 1.5338978013305171)]
    [InlineData(PriorKind.Laplace, 1, 0.4, 1.52685644868579)]
    [InlineData(PriorKind.LogNormal, -1, 0.4, -1.0713096751685853)]
    [InlineData(PriorKind.LogLaplace, -1, 0.4, -0.9171843448253055)]
    public void Densities_are_those_of_their_formulas(PriorKind kind, double first, double second, double expected) =>
        Assert.Equal(expected, new Prior(kind, first, second, IsOnScale: false).Evaluate(0.3, ParameterScale.Linear).Value, 1e-12);

    [Theory]
    [InlineData(PriorKind.Uniform, 0.5, 3)]
    [InlineData(PriorKind.Normal, 2, 0.2)]
    [InlineData(PriorKind.Laplace, 2, 0.05)]
    [InlineData(PriorKind.LogNormal, 0.2, 0.3)]
    [InlineData(PriorKind.LogLaplace, 0.2, 0.1)]
    public void A_density_has_area_one(PriorKind kind, double first, double second)
    {
        var prior = new Prior(kind, first, second, IsOnScale: false);
        const double h = 1e-4; // midpoints: error of a jump or cusp at most h times the density there, about 1e-3
        double area = 0;
        for (double v = h / 2; v < 20; v += h) area += h * Math.Exp(-prior.Evaluate(v, ParameterScale.Linear).Value);
        Assert.Equal(1, area, 2e-3);
    }

    [Theory]
    [InlineData(PriorKind.Uniform)]
    [InlineData(PriorKind.Normal)]
    [InlineData(PriorKind.Laplace)]
    [InlineData(PriorKind.LogNormal)]
    [InlineData(PriorKind.LogLaplace)]
    public void Slopes_are_those_of_differences_on_every_scale(PriorKind kind)
    {
        foreach (bool isOnScale in (bool[])[false, true])
        {
            foreach (var scale in Enum.GetValues<ParameterScale>())
            {
                var prior = new Prior(kind, 0.1, 3, isOnScale);
                const double x = 0.4, h = 1e-5;
                double difference = (prior.Evaluate(x + h, scale).Value - prior.Evaluate(x - h, scale).Value) / (2 * h);
                Assert.Equal(difference, prior.Evaluate(x, scale).Slope, 1e-8); // h² times a third derivative of order 10
            }
        }
    }

    [Fact]
    public void A_prior_of_the_parameter_does_not_depend_on_the_scale_of_estimation()
    {
        var prior = new Prior(PriorKind.Normal, 3, 2, IsOnScale: false);
        double expected = prior.Evaluate(5, ParameterScale.Linear).Value;
        Assert.Equal(expected, prior.Evaluate(Math.Log10(5), ParameterScale.Log10).Value, 1e-12);
        Assert.Equal(expected, prior.Evaluate(Math.Log(5), ParameterScale.Log).Value, 1e-12);
        Assert.NotEqual(expected, (prior with { IsOnScale = true }).Evaluate(Math.Log(5), ParameterScale.Log).Value);
    }

    [Fact]
    public void Outside_a_uniform_prior_nothing_is_possible() =>
        Assert.Equal(double.PositiveInfinity, new Prior(PriorKind.Uniform, 1, 2, IsOnScale: false).Evaluate(2.1, ParameterScale.Linear).Value);
}
