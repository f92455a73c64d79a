using Protonmotive.Solvers.Designs;
using Xunit;

namespace Protonmotive.Tests.Reference.Solvers.Designs;

/// <summary>
/// The sequence as published with the direction numbers of Joe and Kuo (2008), SIAM J. Sci. Comput. 30, 2635. The first
/// points are those their program prints; points of high dimensions were made with scipy 1.10 (scipy.stats.qmc.Sobol,
/// scramble=False), an implementation of its own.
/// </summary>
public class SobolSequenceReference
{
    [Fact]
    public void First_points_are_the_published_ones()
    {
        double[][] expected =
        [
            [0, 0, 0, 0, 0, 0, 0, 0],
            [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25, 0.25, 0.75, 0.75, 0.25, 0.75],
            [0.25, 0.75, 0.75, 0.75, 0.25, 0.25, 0.75, 0.25],
            [0.375, 0.375, 0.625, 0.875, 0.375, 0.125, 0.375, 0.875],
            [0.875, 0.875, 0.125, 0.375, 0.875, 0.625, 0.875, 0.375],
            [0.625, 0.125, 0.875, 0.625, 0.625, 0.875, 0.125, 0.125],
            [0.125, 0.625, 0.375, 0.125, 0.125, 0.375, 0.625, 0.625],
        ];
        var sequence = new SobolSequence(8, seed: null);
        var point = new double[8];
        for (int i = 0; i < expected.Length; i++)
        {
            sequence.Point(i, point);
            Assert.Equal(expected[i], point);
        }
    }

    [Fact]
    public void High_dimensions_agree_with_another_implementation()
    {
        var point = new double[2048];
        new SobolSequence(2048, seed: null).Point(1000, point);
        Assert.Equal([225, 921, 361, 191, 743, 379, 919], new[] { 0, 7, 50, 99, 500, 1110, 2047 }.Select(d => point[d] * 1024));
    }

    /// <summary>∫ ∏ (1 + (xᵢ − ½)/i) over the unit cube is 1.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public void A_known_integral_is_nearer_than_by_monte_carlo(int dimensions)
    {
        const int n = 4096;
        double Error(UnitPoints points)
        {
            var x = new double[dimensions];
            double sum = 0;
            for (int i = 0; i < n; i++)
            {
                points.Point(i, x);
                sum += Enumerable.Range(0, dimensions).Aggregate(1.0, (product, d) => product * (1 + ((x[d] - 0.5) / (d + 1))));
            }

            return Math.Abs((sum / n) - 1);
        }

        // Root mean squares over seeds; the deviation of the integrand is about 0.35, so Monte Carlo errs by about 0.35/64.
        double Typical(Func<ulong, UnitPoints> make) => Math.Sqrt(Enumerable.Range(1, 20).Average(seed => Math.Pow(Error(make((ulong)seed)), 2)));
        double sobol = Typical(seed => new SobolSequence(dimensions, seed)), latin = Typical(seed => new LatinHypercube(dimensions, n, seed)), plain = Typical(seed => new MonteCarloPoints(dimensions, seed));
        Assert.InRange(plain, 0.003, 0.01);
        Assert.True(sobol < plain / 10, $"Sobol {sobol}, Monte Carlo {plain}");
        Assert.True(latin < plain / 3, $"Latin hypercube {latin}, Monte Carlo {plain}");
    }
}
