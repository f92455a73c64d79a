using Protonmotive.Fitting;
using Xunit;

namespace Protonmotive.Tests.Unit.Fitting;

public class SparseRegressionTests
{
    private static readonly double[] x = [.. Enumerable.Range(1, 20).Select(i => 0.1 * i)];

    [Fact]
    public void Few_terms_are_found_among_many_with_their_coefficients()
    {
        double[] target = [.. x.Select((v, i) => (2 * v) - (0.5 * v * v * v) + (1e-3 * Math.Sin(17.0 * i)))];
        double[][] candidates = [.. Enumerable.Range(0, 5).Select(k => x.Select(v => Math.Pow(v, k)).ToArray())];
        var found = SparseRegression.Of(candidates, target, 0.01);
        Assert.Equal([1, 3], found.Terms);
        Assert.Equal(2, found.Coefficients[0], 2e-3); // of the order of the disturbance
        Assert.Equal(-0.5, found.Coefficients[1], 2e-3);
        Assert.InRange(found.Residual, 0, 2e-3);
    }

    [Fact]
    public void A_function_that_the_candidates_do_not_explain_is_refused()
    {
        Assert.Contains("leave", Assert.Throws<FitException>(() => SparseRegression.Of([x], [.. x.Select(v => Math.Cos(9 * v))], 0.1)).What, StringComparison.Ordinal);
        Assert.Contains("no regression", Assert.Throws<FitException>(() => SparseRegression.Of([x, x], [1, 2], 0.1)).What, StringComparison.Ordinal);
        Assert.Contains("no regression", Assert.Throws<FitException>(() => SparseRegression.Of([x], new double[20], 0.1)).What, StringComparison.Ordinal);
    }
}
