using Protonmotive.Sensitivities;
using Protonmotive.Solvers.Designs;
using Xunit;

namespace Protonmotive.Tests.Unit.Sensitivities;

public class SobolIndicesTests
{
    private static readonly SaltelliDesign Design = new([new LinearRange("a", 0, 1), new LogarithmicRange("b", 1, 10), new LinearRange("c", 0, 1)], 64);

    [Fact]
    public void Rows_of_the_design_exchange_one_coordinate_each()
    {
        Assert.Equal(64 * 5, Design.Count);
        for (int row = 0; row < 64; row++)
        {
            var (a, b) = (Design.Point(row * 5), Design.Point((row * 5) + 1));
            for (int i = 0; i < 3; i++)
            {
                var mixed = Design.Point((row * 5) + 2 + i);
                for (int k = 0; k < 3; k++) Assert.Equal(k == i ? b[k] : a[k], mixed[k]);
            }
        }
    }

    [Fact]
    public void Members_that_fail_take_their_row_with_them()
    {
        var indices = SobolIndices.Estimate(Design, ["y"], (first, count, values) =>
        {
            for (int i = 0; i < count; i++) values[i] = first + i == 7 ? double.NaN : Design.Point(first + i)[0];
        });
        Assert.Equal(63, indices.Outputs[0].Rows);
        Assert.Equal(1, indices.Outputs[0].Total[0].Value, 0.1);
    }

    [Fact]
    public void Results_depend_neither_on_blocks_nor_on_other_outputs()
    {
        void Evaluate(long first, int count, Span<double> values)
        {
            for (int i = 0; i < count; i++)
            {
                var p = Design.Point(first + i);
                (values[2 * i], values[(2 * i) + 1]) = (p[0] * p[1], p[2]);
            }
        }

        var all = SobolIndices.Estimate(Design, ["y", "z"], Evaluate);
        var blocks = SobolIndices.Estimate(Design, ["y", "z"], Evaluate, new SobolOptions { Block = 7 });
        Assert.Equal(all.Outputs[0].First, blocks.Outputs[0].First);
        Assert.Equal(all.Outputs[1].Total, blocks.Outputs[1].Total);
        var alone = SobolIndices.Estimate(Design, ["y"], (first, count, values) =>
        {
            for (int i = 0; i < count; i++) values[i] = Design.Point(first + i)[0] * Design.Point(first + i)[1];
        });
        Assert.Equal(all.Outputs[0].First, alone.Outputs[0].First);
    }

    [Fact]
    public void What_has_no_variance_has_no_indices()
    {
        var indices = SobolIndices.Estimate(Design, ["y"], (_, _, values) => values.Fill(3)).Outputs[0];
        Assert.Equal(0, indices.Variance);
        Assert.All(indices.First, s => Assert.True(double.IsNaN(s.Value)));
        Assert.Equal("Of 64 rows, 0 gave finite values of 'y'.", Assert.Throws<SensitivityException>(() => SobolIndices.Estimate(Design, ["y"], (_, _, values) => values.Fill(double.NaN))).What);
    }
}
