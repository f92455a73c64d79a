using Protonmotive.Solvers.Designs;
using Xunit;

namespace Protonmotive.Tests.Fault.Solvers.Designs;

public class BadDesigns
{
    [Theory]
    [InlineData("k", "'k' is no range.")]
    [InlineData("=1..2", "'=1..2' is no range.")]
    [InlineData("k=1..x", "'x' is no number.")]
    [InlineData("k=2..1", "From 2 to 1 there is no range.")]
    [InlineData("k=-1..1:log", "From -1 to 1 there is no logarithmic range.")]
    [InlineData("k=0..1:ln", "'ln' is neither 'log' nor a count of values.")]
    [InlineData("k=0..1:0", "'0' is neither 'log' nor a count of values.")]
    [InlineData("k~cauchy(0,1)", "There is no distribution 'cauchy' here: normal, lognormal, uniform, loguniform.")]
    [InlineData("k~normal(0)", "The distribution 'normal' takes two numbers, not 1.")]
    [InlineData("k~normal(0,-1)", "There is no normal distribution with mean 0 and standard deviation -1.")]
    [InlineData("k~normal(0,1):log", "A distribution takes no ':log'.")]
    [InlineData("k=1,2:3", "Listed values take no count.")]
    [InlineData("k=1,,2", "'' is no number.")]
    [InlineData("k=50%..150%", "The model gives no value of 'k' to take 50% of.")]
    [InlineData("k=1..NaN", "From 1 to NaN there is no range.")]
    public void Ranges_that_cant_be_read_are_named(string text, string what)
    {
        var error = Assert.Throws<DesignException>(() => RangeText.Parse(text));
        Assert.Equal(what, error.What);
        Assert.StartsWith("range of ", error.Where, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The table has no rows.", "t.csv")]
    [InlineData("k\n", "The table has no rows.", "t.csv")]
    [InlineData("k,x\n1,2\n3\n", "The row has 1 cells, the header 2.", "t.csv, line 3")]
    [InlineData("k,x\n1,high\n", "'high' is no finite number.", "t.csv, line 2, column 'x'")]
    [InlineData("k,\n1,2\n", "Column 2 has no name.", "t.csv, line 1")]
    [InlineData("k,k\n1,2\n", "'k' is varied twice.", "names of a design")]
    public void Tables_that_cant_be_read_are_named(string text, string what, string where)
    {
        var error = Assert.Throws<DesignException>(() => TableDesign.Read(new StringReader(text), "t.csv"));
        Assert.Equal(what, error.What);
        Assert.Equal(where, error.Where);
    }

    [Fact]
    public void Designs_that_cant_be_made_are_named()
    {
        Assert.Equal("The grid does not know how many values 'k' takes.", Assert.Throws<DesignException>(() => new GridDesign([new LinearRange("k", 0, 1)])).What);
        Assert.Equal("The grid has more members than can be numbered.", Assert.Throws<DesignException>(() => new GridDesign(
            [.. Enumerable.Range(0, 8).Select(i => new LinearRange($"k{i}", 0, 1) { Count = 1000 })])).What);
        Assert.Equal("A design of 0 members is asked for.", Assert.Throws<DesignException>(() => SampledDesign.Sobol([new LinearRange("k", 0, 1)], 0)).What);
        Assert.Equal("There is no member 5.", Assert.Throws<DesignException>(() => SampledDesign.Sobol([new LinearRange("k", 0, 1)], 5).Point(5)).What);
        Assert.Equal("A Sobol sequence of 3000 dimensions is asked for.", Assert.Throws<DesignException>(() => new SobolSequence(3000, 1)).What);
        Assert.Equal("'k' is varied twice.", Assert.Throws<DesignException>(() => SampledDesign.MonteCarlo([new LinearRange("k", 0, 1), new LinearRange("k", 0, 1)], 5)).What);
        Assert.Equal("There is no such file.", Assert.Throws<DesignException>(() => TableDesign.Load("nowhere.csv")).What);
    }
}
