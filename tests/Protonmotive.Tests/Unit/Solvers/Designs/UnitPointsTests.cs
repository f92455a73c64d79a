using Protonmotive.Solvers.Designs;
using Xunit;

namespace Protonmotive.Tests.Unit.Solvers.Designs;

public class UnitPointsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(7UL)]
    public void Every_coordinate_of_a_sobol_block_has_one_point_in_each_stratum(ulong? seed)
    {
        // Any block of 2ᵐ points that begins at a multiple of 2ᵐ, in every dimension.
        var sequence = new SobolSequence(2048, seed);
        var seen = new bool[2048, 64];
        var point = new double[2048];
        for (long i = 3 * 64; i < 4 * 64; i++)
        {
            sequence.Point(i, point);
            for (int d = 0; d < 2048; d++) seen[d, (int)(point[d] * 64)] = true;
        }

        Assert.DoesNotContain(false, seen.Cast<bool>());
    }

    [Fact]
    public void Two_dimensions_of_sobol_are_a_net()
    {
        // A (0, m, 2)-net in base 2: each of the 2ᵐ cells 2⁻ᵃ × 2⁻⁽ᵐ⁻ᵃ⁾ has one of 2ᵐ points (Niederreiter 1992, chapter 4).
        const int m = 8;
        var sequence = new SobolSequence(2, seed: 3);
        var point = new double[2];
        for (int a = 0; a <= m; a++)
        {
            var counts = new int[1 << m];
            for (int i = 0; i < 1 << m; i++)
            {
                sequence.Point(i, point);
                counts[((int)(point[0] * (1 << a)) << (m - a)) + (int)(point[1] * (1 << (m - a)))]++;
            }

            Assert.All(counts, c => Assert.Equal(1, c));
        }
    }

    [Fact]
    public void Star_discrepancy_of_two_dimensions_is_far_below_that_of_random_points()
    {
        // Exact over the corners of the points' own grid; random points have about 1/√n.
        double Star(UnitPoints points, int n)
        {
            var p = Enumerable.Range(0, n).Select(i =>
            {
                var x = new double[2];
                points.Point(i, x);
                return x;
            }).ToArray();
            var (xs, ys) = (p.Select(v => v[0]).Append(1), p.Select(v => v[1]).Append(1));
            return xs.Max(x => ys.Max(y =>
            {
                double volume = x * y;
                return Math.Max(volume - (p.Count(v => v[0] < x && v[1] < y) / (double)n), (p.Count(v => v[0] <= x && v[1] <= y) / (double)n) - volume);
            }));
        }

        double sobol = Star(new SobolSequence(2, 5), 256), random = Star(new MonteCarloPoints(2, 5), 256);
        Assert.True(sobol < 0.02, $"{sobol}");
        Assert.True(random > 2 * sobol, $"{random}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(1000)]
    [InlineData(4097)]
    public void Every_stratum_of_a_latin_hypercube_has_one_point(int n)
    {
        var cube = new LatinHypercube(3, n, seed: 11);
        var seen = new bool[3, n];
        var point = new double[3];
        for (int i = 0; i < n; i++)
        {
            cube.Point(i, point);
            for (int d = 0; d < 3; d++) seen[d, (int)(point[d] * n)] = true;
        }

        Assert.DoesNotContain(false, seen.Cast<bool>());
    }

    [Fact]
    public void Coordinates_of_a_latin_hypercube_are_not_correlated()
    {
        const int n = 20000;
        var cube = new LatinHypercube(4, n, seed: 2);
        var point = new double[4];
        var products = new double[4, 4];
        for (int i = 0; i < n; i++)
        {
            cube.Point(i, point);
            for (int a = 0; a < 4; a++) for (int b = 0; b < 4; b++) products[a, b] += 12 * (point[a] - 0.5) * (point[b] - 0.5) / n;
        }

        // The deviation of a correlation of n independent pairs is 1/√n = 0.007.
        for (int a = 0; a < 4; a++) for (int b = 0; b < a; b++) Assert.InRange(products[a, b], -0.03, 0.03);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1000)]
    public void Keyed_permutations_hit_every_place_from_every_place(int n)
    {
        var places = new int[n];
        for (uint key = 0; key < 300; key++)
        {
            var permutation = new KeyedPermutation(n, seed: 9, key);
            Assert.Equal(n, Enumerable.Range(0, n).Select(i => permutation.Of(i)).Distinct().Count());
            places[(int)permutation.Of(0)]++;
        }

        // 300 keys over n places: even for few, and no pile for many.
        if (n == 3) Assert.All(places, c => Assert.InRange(c, 70, 130));
        else Assert.InRange(places.Max(), 1, 6);
    }

    [Fact]
    public void Random_points_fill_the_range_evenly_and_depend_on_seed_index_and_coordinate()
    {
        var points = new MonteCarloPoints(3, seed: 1);
        double[] x = new double[3], sum = new double[3];
        var seen = new HashSet<double>();
        for (int i = 0; i < 10000; i++)
        {
            points.Point(i, x);
            for (int d = 0; d < 3; d++)
            {
                Assert.True(seen.Add(x[d]));
                sum[d] += x[d];
            }
        }

        Assert.All(sum, s => Assert.InRange(s / 10000, 0.49, 0.51)); // 3.5 deviations of 0.0029
        new MonteCarloPoints(3, seed: 2).Point(0, x);
        Assert.DoesNotContain(x[0], seen);
    }
}
