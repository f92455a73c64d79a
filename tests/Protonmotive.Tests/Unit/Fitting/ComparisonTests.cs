using System.Collections.Immutable;
using System.Numerics;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Alternatives;
using Protonmotive.Fitting.Profiles;
using Protonmotive.Solvers.Designs;
using Xunit;

namespace Protonmotive.Tests.Unit.Fitting;

public sealed class ComparisonTests : IDisposable
{
    // Half the quantile of χ²(1) at 1 − 0.05/3 and 1 − 0.05/2: scipy.stats.chi2.ppf.
    private const double OfThree = 2.8655696409695315, OfTwo = 2.511943093657444;
    private readonly string folder = Path.Combine(Path.GetTempPath(), "pmf-comparison-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    // Three independent means, each 0 at the reference, measured once with σ = 1: a mean lowers the objective by y²/2, and its interval is y ± √(2T).
    [Fact]
    public void The_mean_that_moved_is_found_with_its_interval()
    {
        double[] y = [0.4, 3.5, -0.6];
        var comparison = Compare(Means(y), 3);

        Assert.Equal(OfThree, comparison.Threshold, 1e-12);
        Assert.True(comparison.IsSeen);
        Assert.Equal("b", comparison.Found!.Explanation.Label);
        double half = Math.Sqrt(2 * OfThree);
        for (int i = 0; i < 3; i++)
        {
            var fit = comparison.Fits[i];
            Assert.Equal(y[i], fit.Estimate, 1e-6);
            Assert.Equal(y[i] * y[i] / 2, fit.Gain, 1e-9);
            Assert.Equal(((y[1] * y[1]) - (y[i] * y[i])) / 2, fit.Rise, 1e-9);
            Assert.Equal(y[i] - half, fit.Profile.Low, 2e-3 * half);
            Assert.Equal(y[i] + half, fit.Profile.High, 2e-3 * half);
            Assert.Equal(i == 1 ? ExplanationStatus.Found : ExplanationStatus.Excluded, fit.Status);
        }
        Assert.True(comparison.Found.Holds(3.5));
        Assert.False(comparison.Found.Holds(0));
    }

    [Fact]
    public void Where_the_reference_explains_the_data_nothing_is_seen()
    {
        var comparison = Compare(Means([0.4, 2.3, -0.6]), 3); // 2.3²/2 = 2.645, below the threshold, but above 1.92: one of three may be so by chance
        Assert.False(comparison.IsSeen);
        Assert.Null(comparison.Found);
        Assert.Empty(comparison.Possible);
        Assert.All(comparison.Fits, f => Assert.Equal(ExplanationStatus.NotNeeded, f.Status));
        Assert.Equal((0.16 + 5.29 + 0.36) / 2, comparison.ReferenceValue, 1e-12);
    }

    // A decay by two routes: e^−(a + b)t depends on their sum alone, so either at 1.5 explains a sum of 2 where both are 0.5.
    [Fact]
    public void Two_routes_of_one_decay_are_not_told_apart()
    {
        double[] t = [0.25, 0.5, 1, 1.5, 2];
        var objective = new FormulaObjective(At(0.5, 0.01, 10, "a", "b"), x => [.. t.Select(v => 100 * (Complex.Exp(-(x[0] + x[1]) * v) - Math.Exp(-2 * v)))]);
        var comparison = Compare(objective, 2);
        Assert.Null(comparison.Found);
        Assert.Equal(["a", "b"], comparison.Possible.Select(f => f.Explanation.Label).Order());
        Assert.All(comparison.Possible, f => Assert.Equal(1.5, f.Estimate, 1e-6));
        Assert.All(comparison.Possible, f => Assert.InRange(f.Rise, 0, 1e-9));
    }

    // Lines through 0 at an angle: −ln likelihood is lowered by (u·y)²/2 along the unit vector u.
    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.2, false)]
    public void Explanations_are_told_apart_by_the_angle_between_them(double angle, bool isTold)
    {
        double[] y = [5.5, 0];
        double cos = Math.Cos(angle), sin = Math.Sin(angle);
        var comparison = Compare(new FormulaObjective(At(0, -50, 50, "a", "b"), x => [x[0] + (cos * x[1]) - y[0], (sin * x[1]) - y[1]]), 2);
        double rise = y[0] * y[0] / 2 * (1 - (cos * cos));
        Assert.Equal(rise, comparison.Fits[1].Rise, 1e-9);
        Assert.Equal(isTold, rise > OfTwo);
        Assert.Equal(isTold, comparison.Found is not null);
        Assert.Equal(y[0] * cos, comparison.Fits[1].Estimate, 1e-6);
    }

    // y = c + a at the first two of four, y = c + b at the third: c is shared. With a: c = (y₃ + y₄)/2, a = (y₁ + y₂)/2 − c; the rest is (y₃ − y₄)²/4 + (y₁ − y₂)²/4.
    [Fact]
    public void Shared_parameters_are_fitted_in_every_explanation()
    {
        double[] y = [9, 10, 2, 1];
        var objective = new FormulaObjective([.. FormulaObjective.Within(-100, 100, "c"), .. At(0, -100, 100, "a", "b")], x => [x[0] + x[1] - y[0], x[0] + x[1] - y[1], x[0] + x[2] - y[2], x[0] - y[3]]);
        var comparison = LikelihoodComparison.Run(objective, [new("first two", 1), new("third", 2)], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(5.5, comparison.Reference[0], 1e-6);
        Assert.Equal("first two", comparison.Found!.Explanation.Label);
        Assert.Equal([1.5, 8, 0], comparison.Found.X.Select(v => Math.Round(v, 6)));
        Assert.Equal(0.5, comparison.Found.Value, 1e-9);
        Assert.Equal(Math.Sqrt(2 * OfTwo), comparison.Found.Profile.High - comparison.Found.Estimate, 0.01); // the variance of a is 1/2 + 1/2
    }

    [Fact]
    public void What_the_data_do_not_see_is_said()
    {
        var comparison = Compare(new FormulaObjective(At(1, 0.1, 10, "a", "b", "c"), x => [10 * (x[0] - 3), 0 * x[1], 0.01 * (x[2] - 1)]), 3);
        Assert.Equal("a", comparison.Found!.Explanation.Label);
        Assert.Equal([false, true, true], comparison.Fits.Select(f => f.IsUnseen));
        Assert.Equal(ProfileVerdict.Flat, comparison.Fits[1].Profile.Verdict);
    }

    // A minimum behind a hill, which the start at the reference does not see.
    [Fact]
    public void A_minimum_that_a_profile_finds_is_the_estimate()
    {
        var objective = new FormulaObjective(At(0, -1, 12, "a"), x => [3 + (0.3 * (x[0] - 10)) - (4 * Complex.Exp(-4 * (x[0] - 9) * (x[0] - 9)))]);
        var comparison = LikelihoodComparison.Run(objective, [new("a", 0)], new ComparisonOptions { Starts = 1 }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0, comparison.Best.Value, 1e-9);
    }

    // With normal noise the whole verdict - step, value, and that something is seen - errs in at most 5 % of the draws; 2 standard errors of 1000 draws are 1.4 %.
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void The_whole_verdict_keeps_its_confidence(double effect)
    {
        double[][] directions = [[1, 0, 0, 0], [0.8, 0.6, 0, 0], [0.8, 0, 0.6, 0], [0, 0.3, -0.4, Math.Sqrt(0.75)]];
        const int draws = 1000;
        int wrong = 0;
        for (uint draw = 0; draw < draws; draw++)
        {
            double[] y = [.. directions[0].Select((u, k) => (effect * u) + NormalQuantile.At(new Philox(5).Uniform(draw, (uint)k)))];
            var objective = new FormulaObjective(At(0, -100, 100, "a", "b", "c", "d"), x => [.. y.Select((v, k) => directions.Select((u, i) => u[k] * x[i]).Aggregate(Complex.Zero, (s, w) => s + w) - v)]);
            var comparison = LikelihoodComparison.Run(objective, [.. Enumerable.Range(0, 4).Select(i => new Explanation(objective.Parameters[i].Name, i))], new ComparisonOptions { Starts = 1, Workers = 1 }, cancellation: TestContext.Current.CancellationToken);
            bool isRight = effect == 0 ? !comparison.IsSeen : comparison.Fits[0].Holds(effect) && comparison.Fits[0].Status != ExplanationStatus.Excluded;
            if (!isRight) wrong++;
        }
        Assert.InRange(wrong, 0, 0.064 * draws);
    }

    [Fact]
    public void Stopped_anywhere_it_goes_on_to_the_same_bits()
    {
        var whole = Compare(Means([0.4, 3.5, -0.6]), 3);
        for (int after = 5; after < 60; after += 18)
        {
            string path = Path.Combine(folder, after.ToString(System.Globalization.CultureInfo.InvariantCulture));
            using (var stop = new CancellationTokenSource())
                Assert.Throws<OperationCanceledException>(() => Compare(new StoppingObjective(Means([0.4, 3.5, -0.6]), stop, after), 3, Files(path), stop.Token));
            var again = Compare(Means([0.4, 3.5, -0.6]), 3, Files(path));
            Assert.Equal(whole.Fits.Select(f => (f.Value, f.Estimate, f.Profile.Low, f.Profile.High)), again.Fits.Select(f => (f.Value, f.Estimate, f.Profile.Low, f.Profile.High)));
        }
    }

    [Fact]
    public void What_can_not_be_compared_is_refused()
    {
        var objective = Means([1, 2, 3]);
        Assert.Contains("nothing to compare", Fault(objective), StringComparison.Ordinal);
        Assert.Contains("no parameter 3", Fault(objective, new Explanation("x", 3)), StringComparison.Ordinal);
        Assert.Contains("there twice", Fault(objective, new Explanation("x", 1), new Explanation("y", 1)), StringComparison.Ordinal);
        Assert.Contains("not within its bounds", Fault(new FormulaObjective(At(20, 0, 1, "a"), x => [x[0]]), new Explanation("x", 0)), StringComparison.Ordinal);
        Assert.Contains("infinite at the reference", Fault(new FormulaObjective(At(0, -1, 1, "a"), x => [1 / x[0]]), new Explanation("x", 0)), StringComparison.Ordinal);
    }

    private static string Fault(IObjective objective, params Explanation[] explanations) => Assert.Throws<FitException>(() => LikelihoodComparison.Run(objective, [.. explanations])).What;

    private static ImmutableArray<EstimatedParameter> At(double nominal, double lower, double upper, params string[] names) => [.. FormulaObjective.Within(lower, upper, names).Select(p => p with { Nominal = nominal })];

    private static FormulaObjective Means(double[] y) => new(At(0, -100, 100, "a", "b", "c"), x => [.. x.Select((v, i) => v - y[i])]);

    private static Comparison Compare(IObjective objective, int count, SavedFiles? files = null, CancellationToken? cancellation = null) =>
        LikelihoodComparison.Run(objective, [.. Enumerable.Range(0, count).Select(i => new Explanation(objective.Parameters[i].Name, i))], null, files, null, cancellation ?? TestContext.Current.CancellationToken);

    private static SavedFiles Files(string path) => SavedFiles.Open(path, new FitIdentity(ImmutableSortedDictionary<string, string>.Empty.Add("problem", "means")));
}
