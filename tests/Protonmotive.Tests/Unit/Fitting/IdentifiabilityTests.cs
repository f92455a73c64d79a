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
        Assert.Equal("0.71 a − 0.71 b", found.Describe([.. direction.Select(v => v * Math.Sign(direction[0]))]));
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
