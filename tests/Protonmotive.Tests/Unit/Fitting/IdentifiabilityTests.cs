using Protonmotive.Fitting;
using Protonmotive.Tests.Reference.Fitting;
using Xunit;

namespace Protonmotive.Tests.Unit.Fitting;

public class IdentifiabilityTests
{
    [Fact]
    public void Of_a_sum_one_direction_is_not_seen()
    {
        var found = Identifiability.Of(FormulaObjective.Free("a", "b", "c"), new double[,] { { 4, 4, 0 }, { 4, 4, 0 }, { 0, 0, 9 } });

        Assert.Equal(2, found.Rank);
        Assert.Equal(double.PositiveInfinity, found.Condition);
        var direction = Assert.Single(found.NullDirections);
        Assert.Contains(found.Describe(direction), new[] { "0.71 a − 0.71 b", "0.71 b − 0.71 a" });
        Assert.Equal([double.PositiveInfinity, double.PositiveInfinity], found.StandardErrors.Take(2));
        Assert.Equal(1.0 / 3, found.StandardErrors[2], 1e-12);
    }

    [Fact]
    public void A_parameter_without_effect_is_a_direction_of_its_own()
    {
        var found = Identifiability.Of(FormulaObjective.Free("a", "b"), new double[,] { { 4, 0 }, { 0, 0 } });
        Assert.Equal(1, found.Rank);
        Assert.Equal([0.0, 1], Assert.Single(found.NullDirections));
        Assert.Equal(0.5, found.StandardErrors[0], 1e-12);
    }

    // Seen are a + b, 10⁻⁶ (c + 10⁶ d), e and f alone: an eigenvalue of 0 twice, whose eigenvectors may be mixed in any way. Bounds hold g.
    [Fact]
    public void Directions_that_are_not_seen_are_told_apart()
    {
        double[][] rows = [[1, 1, 0, 0, 0, 0, 0], [0, 0, 1e-6, 1, 0, 0, 3], [0, 0, 0, 0, 2, 0, 1], [1, 1, 1e-6, 1, 0, 4, 0]];
        var information = new double[7, 7];
        foreach (var row in rows) for (int i = 0; i < 7; i++) for (int j = 0; j < 7; j++) information[i, j] += row[i] * row[j];
        var found = Identifiability.Of(FormulaObjective.Within(-1, 1, "a", "b", "c", "d", "e", "f", "g"), information, at: [0, 0, 0, 0, 0, 0, 1]);

        Assert.Equal(4, found.Rank);
        string[] texts = [.. found.NullDirections.Select(found.Describe).Order(StringComparer.Ordinal)];
        Assert.Equal(2, texts.Length);
        Assert.Contains(texts[0], new[] { "0.71 a − 0.71 b", "0.71 b − 0.71 a" });
        Assert.Equal("c − 1e-06 d", texts[1]);
        Assert.Equal([true, true, true, true, false, false, false], found.StandardErrors.Select(double.IsPositiveInfinity));
    }

    [Fact]
    public void A_parameter_on_its_bound_is_held_without_error()
    {
        var found = Identifiability.Of(FormulaObjective.Within(0, 10, "x", "y"), new double[,] { { 1, 1 }, { 1, 4 } }, at: [0, 3]);
        Assert.Empty(found.NullDirections);
        Assert.Equal(double.NaN, found.StandardErrors[0]);
        Assert.Equal(0.5, found.StandardErrors[1], 1e-12);
    }

    // Inverse of [[1, 1], [1, 5]] is [[5, −1], [−1, 1]]/4.
    [Fact]
    public void Covariance_and_correlation_follow_from_the_inverse()
    {
        var found = Identifiability.Of(FormulaObjective.Free("x", "y"), new double[,] { { 1, 1 }, { 1, 5 } });
        Assert.Equal(1.25, found.Covariance[0, 0], 1e-12);
        Assert.Equal(-0.25, found.Covariance[0, 1], 1e-12);
        Assert.Equal(-0.25 / Math.Sqrt(1.25 * 0.25), found.Correlation[0, 1], 1e-12);
        var (low, high) = found.Interval(1, 3);
        Assert.Equal(3 - (1.959963984540054 * 0.5), low, 1e-9);
        Assert.Equal(3 + (1.959963984540054 * 0.5), high, 1e-9);
    }

    // Six directions are seen, with sizes from 10⁻³ to 10³, and bounds hold two parameters: rounding alone must not look like a direction that is not seen.
    [Fact]
    public void Parameters_that_bounds_hold_bring_no_null_directions()
    {
        const int n = 8;
        double[] at = [0, 0, 1, 0, 1, 0, 0, 0];
        var information = new double[n, n];
        for (uint k = 0; k < 20; k++)
        {
            double[] row = [.. Enumerable.Range(0, n).Select(i => Math.Pow(10, 3 - (6.0 * i / (n - 1))) * (new Philox(9).Uniform(k, (uint)i) - 0.3))];
            for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) information[i, j] += row[i] * row[j];
        }
        var found = Identifiability.Of(FormulaObjective.Within(-1, 1, "a", "b", "c", "d", "e", "f", "g", "h"), information, at: at);
        Assert.Equal(6, found.Rank);
        Assert.Empty(found.NullDirections);
        Assert.Equal([2, 4], Enumerable.Range(0, n).Where(i => double.IsNaN(found.StandardErrors[i])));
    }

    // NIST certifies standard deviations s √(JᵀJ)⁻¹ with s² = RSS/(m − n).
    [Theory]
    [InlineData("Misra1a")]
    [InlineData("Thurber")]
    [InlineData("MGH09")]
    public void Standard_errors_are_those_that_NIST_certifies(string name)
    {
        var (objective, certified, errors, squares) = NistLeastSquaresTests.Problem(name);
        var at = objective.Evaluate(certified, ObjectiveParts.GaussNewton, TestContext.Current.CancellationToken);
        var found = Identifiability.Of(objective.Parameters, at.GaussNewton!, 1e-14);
        double s = Math.Sqrt(squares / (NistLeastSquaresTests.Observations(name) - certified.Length));
        for (int i = 0; i < errors.Length; i++) Assert.Equal(errors[i], s * found.StandardErrors[i], 1e-5 * errors[i]);
    }
}
