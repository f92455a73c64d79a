using System.Collections.Immutable;
using Protonmotive.Solvers.Designs;
using Xunit;

namespace Protonmotive.Tests.Unit.Solvers.Designs;

public class DesignTests
{
    private static readonly ImmutableArray<DesignRange> ranges =
        [new LinearRange("a", -1, 3), new LogarithmicRange("b", 0.01, 100), new NormalRange("c", 5, 2), new LogNormalRange("d", 2, 0.3)];

    public static TheoryData<string> Kinds => ["sobol", "latin", "random"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Any_member_is_the_same_alone_as_in_sequence(string kind)
    {
        var design = Make(kind, 1000, 4);
        var sequence = Enumerable.Range(0, 1000).Select(i => design.Point(i)).ToArray();
        foreach (int i in new[] { 999, 0, 512, 3, 998 }) Assert.Equal(sequence[i], Make(kind, 1000, 4).Point(i));
        var parallel = new double[1000][];
        Parallel.For(0, 1000, i => parallel[i] = design.Point(i));
        Assert.Equal(sequence, parallel);
        Assert.NotEqual(sequence[5], Make(kind, 1000, 5).Point(5));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Values_follow_their_ranges(string kind)
    {
        const int n = 4096;
        var design = Make(kind, n, 8);
        var points = Enumerable.Range(0, n).Select(i => design.Point(i)).ToArray();
        Assert.All(points, p => Assert.True(p[0] is >= -1 and <= 3 && p[1] is >= 0.01 and <= 100 && p[3] > 0));

        // Means within four deviations of a Monte Carlo mean: σ/√4096 = σ/64.
        void Mean(int i, Func<double, double> of, double mean, double deviation) => Assert.InRange(points.Average(p => of(p[i])), mean - (4 * deviation / 64), mean + (4 * deviation / 64));
        Mean(0, v => v, 1, 4 / Math.Sqrt(12));
        Mean(1, Math.Log10, 0, 4 / Math.Sqrt(12));
        Mean(2, v => v, 5, 2);
        Mean(2, v => (v - 5) * (v - 5), 4, 4 * Math.Sqrt(2));
        Mean(3, v => Math.Log(v / 2), 0, 0.3);
    }

    [Fact]
    public void A_million_members_need_no_table()
    {
        var design = SampledDesign.LatinHypercube(ranges, 1_000_000_000_000);
        Assert.Equal(design.Point(999_999_999_999), design.Point(999_999_999_999));
        var point = new double[4];
        design.Point(0, point);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) design.Point(i, point);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Grids_hold_all_combinations_the_last_range_fastest()
    {
        var grid = new GridDesign([new LogarithmicRange("k", 0.1, 10) { Count = 3 }, new ListedRange("x", [5, 7]), new LinearRange("y", 0, 1) { Count = 1 }]);
        Assert.Equal(6, grid.Count);
        Assert.Equal([0.1, 1, 10], grid.Axes[0].Select(v => Math.Round(v, 12)));
        Assert.Equal([0.1, 5, 0.5], grid.Point(0));
        Assert.Equal([0.1, 7, 0.5], grid.Point(1));
        Assert.Equal([10, 7, 0.5], grid.Point(5));
    }

    [Fact]
    public void Normal_grids_stand_at_the_middles_of_equal_probabilities()
    {
        // Quartile middles of the standard normal distribution: Φ⁻¹(1/8) = −1.1503, Φ⁻¹(3/8) = −0.3186 (tables).
        var grid = new NormalRange("k", 0, 1).Grid(4);
        Assert.Equal([-1.1503, -0.3186, 0.3186, 1.1503], grid.Select(v => Math.Round(v, 4)));
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(1e-300, -37.0471)]
    public void Normal_quantiles_are_those_of_tables(double u, double x) => Assert.Equal(x, NormalQuantile.At(u), Math.Max(1e-12, u < 1e-200 ? 1e-4 : 0));

    [Fact]
    public void Tables_are_read_with_any_separator()
    {
        foreach (var text in new[] { "k,S1\n1,2\n3e-2,4\n", "# made by hand\nk\tS1\n1\t2\n\n3e-2\t4", "\"k\"; S1\r\n1;2\r\n0.03;4\r\n" })
        {
            var table = TableDesign.Read(new StringReader(text), "table.csv");
            Assert.Equal(["k", "S1"], table.Names);
            Assert.Equal(2, table.Count);
            Assert.Equal([0.03, 4], table.Point(1));
        }
    }

    [Fact]
    public void Ranges_are_read_as_written()
    {
        Assert.Equal(new LinearRange("k", 0.1, 10), RangeText.Parse("k=0.1..10"));
        Assert.Equal(new LogarithmicRange("k", 0.1, 10) { Count = 25 }, RangeText.Parse("k = 0.1..10:log:25"));
        Assert.Equal(new LinearRange("k", -1e-3, 1) { Count = 5 }, RangeText.Parse("k=-1e-3..1:5"));
        Assert.Equal(new ListedRange("k", [1, 2, 5]), RangeText.Parse("k=1,2,5"));
        Assert.Equal(new LogNormalRange("k", 1, 0.3), RangeText.Parse("k~lognormal(1,0.3)"));
        Assert.Equal(new NormalRange("k", 2, 0.3) { Count = 9 }, RangeText.Parse("k ~ normal(2, 0.3):9"));
        Assert.Equal(new LogarithmicRange("k", 0.1, 1), RangeText.Parse("k~loguniform(0.1,1)"));
        Assert.Equal(new LogarithmicRange("k", 2, 8), RangeText.Parse("k=50%..200%:log", name => name == "k" ? 4 : null));
    }

    private static SampledDesign Make(string kind, long count, ulong seed) => kind switch
    {
        "sobol" => SampledDesign.Sobol(ranges, count, seed),
        "latin" => SampledDesign.LatinHypercube(ranges, count, seed),
        _ => SampledDesign.MonteCarlo(ranges, count, seed),
    };
}
