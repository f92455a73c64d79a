using Protonmotive.Reports.Figures;
using Xunit;

namespace Protonmotive.Tests.Unit.Reports;

public class PlotScaleTests
{
    [Theory]
    [InlineData(1e-12, 10)]
    [InlineData(0.1, 3)]
    [InlineData(2, 3)]
    [InlineData(5, 5)]
    [InlineData(0, 100)]
    public void Logarithmic_ticks_are_few_and_inside_and_their_labels_differ(double low, double high)
    {
        var scale = PlotScale.Around([low, high], isLogarithmic: true);
        var ticks = scale.Ticks().ToList();
        Assert.InRange(ticks.Count, 1, 12);
        Assert.All(ticks, t => Assert.InRange(scale.Place(t.Value), -1e-6, 1 + 1e-6));
        Assert.Equal(ticks.Count, ticks.Select(t => t.Label).Distinct().Count());
        Assert.True(double.IsNaN(scale.Place(0)));
        Assert.Equal(high, scale.Value(scale.Place(high)), high * 1e-9);
    }

    /// <summary>The least of a logarithmic axis can be read: a tick stands at or below it, unless that would leave a quarter of the axis empty.</summary>
    [Theory]
    [InlineData(0.13, 2.2, 0.1)]
    [InlineData(3e-6, 0.05, 1e-6)]
    [InlineData(0.2, 80, 0.1)]
    public void A_logarithmic_axis_begins_at_a_tick(double low, double high, double first)
    {
        var scale = PlotScale.Around([low, high], isLogarithmic: true);
        Assert.Equal(first, scale.Ticks().First().Value, first * 1e-9);
        Assert.Equal(0, scale.Place(first), 1e-9);
    }

    [Fact]
    public void Curves_without_values_and_values_without_a_place_are_drawn_as_nothing()
    {
        var figure = new LineFigure("f", "Nothing & <more>", new LineAxis("x"), new LineAxis("y", IsLogarithmic: true),
            [new LineCurve("none", []), new LineCurve("negative", [new LineData([0, 1], [-1, double.NaN])]), new LineCurve("one", [new LineData([3], [2])])]);
        Assert.NotEmpty(figure.ToPng());
        Assert.Contains("Nothing &amp; &lt;more&gt;", System.Text.Encoding.UTF8.GetString(figure.ToSvg()), StringComparison.Ordinal);
    }
}
