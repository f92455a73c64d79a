using Protonmotive.Fitting;
using Protonmotive.Fitting.Problems;
using Xunit;

namespace Protonmotive.Tests.Unit.Fitting;

/// <summary>Densities integrate to 1 within their bounds, and have the slopes they say; values by hand where they are short.</summary>
public class PriorDensityTests
{
    [Theory]
    [InlineData(PriorKind.Uniform, 2, 8, 1, 6)]
    [InlineData(PriorKind.Normal, 4, 2, 1, 6)]
    [InlineData(PriorKind.Laplace, 3, 5, 1, 6)]
    [InlineData(PriorKind.LogNormal, 1, 0.7, 1, 6)]
    [InlineData(PriorKind.LogLaplace, 1, 0.7, 1, 6)]
    [InlineData(PriorKind.Cauchy, 3, 5, 1, 6)]
    [InlineData(PriorKind.Gamma, 3, 1.5, 1, 6)]
    [InlineData(PriorKind.LogUniform, 2, 5, 1, 6)]
    [InlineData(PriorKind.Rayleigh, 3, 0, 1, 6)]
    public void A_density_cut_off_at_bounds_integrates_to_one(PriorKind kind, double first, double second, double lower, double upper)
    {
        var prior = new Prior(kind, first, second, false).Truncated(lower, upper);
        const int Cells = 200_000; // by midpoints; an edge of the density lies in one cell at most, so the error is below 1e-5
        double sum = 0, width = (upper - lower) / Cells;
        for (int i = 0; i < Cells; i++) sum += width * Math.Exp(-prior.Evaluate(lower + ((i + 0.5) * width), ParameterScale.Linear).Value);
        Assert.Equal(1, sum, 1e-5);
    }

    [Theory]
    [InlineData(PriorKind.Cauchy, 3, 5)]
    [InlineData(PriorKind.Gamma, 3, 1.5)]
    [InlineData(PriorKind.Gamma, 0.5, 2)]
    [InlineData(PriorKind.LogUniform, 2, 5)]
    [InlineData(PriorKind.Rayleigh, 3, 0)]
    public void A_slope_is_that_of_the_density(PriorKind kind, double first, double second)
    {
        var prior = new Prior(kind, first, second, false);
        const double X = 1.1, H = 1e-5; // on the scale of the logarithm, so at e^1.1 = 3.0
        double difference = (prior.Evaluate(X + H, ParameterScale.Log).Value - prior.Evaluate(X - H, ParameterScale.Log).Value) / (2 * H);
        var (_, slope, curvature) = prior.Evaluate(X, ParameterScale.Log);
        Assert.Equal(difference, slope, 1e-8);
        Assert.True(curvature >= 0);
    }

    [Fact]
    public void Values_by_hand()
    {
        Assert.Equal(Math.Log(Math.PI * 5 * 1.16), new Prior(PriorKind.Cauchy, 3, 5, false).Evaluate(5, ParameterScale.Linear).Value, 1e-12);
        Assert.Equal(Math.Log(3) + (5.0 / 3), new Prior(PriorKind.Gamma, 1, 3, false).Evaluate(5, ParameterScale.Linear).Value, 1e-12); // exponential
        Assert.Equal(-Math.Log(5 / 4.0 * Math.Exp(-2.5)), new Prior(PriorKind.Gamma, 2, 2, false).Evaluate(5, ParameterScale.Linear).Value, 1e-12); // χ² of 4
        Assert.Equal(-Math.Log(5 / 9.0 * Math.Exp(-25 / 18.0)), new Prior(PriorKind.Rayleigh, 3, 0, false).Evaluate(5, ParameterScale.Linear).Value, 1e-12);
        Assert.Equal(Math.Log(4 * Math.Log(2.5)), new Prior(PriorKind.LogUniform, 2, 5, false).Evaluate(4, ParameterScale.Linear).Value, 1e-12);
        Assert.Equal(double.PositiveInfinity, new Prior(PriorKind.Rayleigh, 3, 0, false).Evaluate(-1, ParameterScale.Linear).Value);
    }
}
