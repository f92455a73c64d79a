using System.Numerics;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Optimisers;
using Protonmotive.Fitting.Profiles;
using Xunit;

namespace Protonmotive.Tests.Unit.Fitting;

public sealed class ProfileTests : IDisposable
{
    private const double Threshold = 1.920729410347062; // half the 95 % quantile of χ² with 1 degree of freedom, 3.841458820694124 (any table)
    private readonly string folder = Path.Combine(Path.GetTempPath(), "pmf-profile-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    // ½|Ax − b|² with A = [[1, 1], [0, 2]]: information [[1, 1], [1, 5]], inverse [[5, −1], [−1, 1]]/4, so standard errors √1.25 and ½.
    [Fact]
    public void The_profile_of_a_Gaussian_is_its_parabola()
    {
        var objective = Gaussian(-100, 100);
        var profiles = ProfileLikelihood.Run(objective, [1, 2], cancellation: TestContext.Current.CancellationToken);

        double[] errors = [Math.Sqrt(1.25), 0.5], at = [1, 2];
        for (int i = 0; i < 2; i++)
        {
            double half = 1.959963984540054 * errors[i];
            Assert.Equal(ProfileVerdict.Identifiable, profiles[i].Verdict);
            Assert.Equal(at[i] - half, profiles[i].Low, 2e-3 * half);
            Assert.Equal(at[i] + half, profiles[i].High, 2e-3 * half);
            Assert.All(profiles[i].Points, p => Assert.Equal((p.Value - at[i]) * (p.Value - at[i]) / (2 * errors[i] * errors[i]), p.Objective, 1e-6));
            Assert.InRange(profiles[i].Points.Length, 10, 40);
        }
        Assert.Equal((1, -0.2), (profiles[0].MovesWith[0].Index, Math.Round(profiles[0].MovesWith[0].Slope, 6)));
    }

    [Fact]
    public void A_bound_inside_the_interval_leaves_it_open_there()
    {
        var profile = ProfileLikelihood.Run(Gaussian(0, 100), [1, 2], [0], cancellation: TestContext.Current.CancellationToken)[0];
        Assert.Equal(ProfileVerdict.NoLowerEnd, profile.Verdict);
        Assert.Equal(BranchEnd.Bound, profile.Down.End);
        Assert.Equal(0, profile.Down.Points[^1].Value);
        Assert.Equal(double.NegativeInfinity, profile.Low);
    }

    [Fact]
    public void A_sum_alone_is_determined_its_parts_are_flat_and_say_what_makes_up_for_them()
    {
        var objective = new FormulaObjective(FormulaObjective.Within(-10, 10, "a", "b", "c"), x => [10 * (x[0] + x[1] - 3), x[2] - 1]);
        var profiles = ProfileLikelihood.Run(objective, [1, 2, 1], cancellation: TestContext.Current.CancellationToken);

        // b goes to its bound before a does downwards, so a's profile is flat from −7 on alone; b can reach −7 … 10.
        Assert.Equal(BranchEnd.Crossed, profiles[0].Down.End);
        Assert.Equal(-7, profiles[0].Low, 0.25);
        Assert.Equal(BranchEnd.Bound, profiles[0].Up.End);
        Assert.InRange(profiles[0].Up.Rise, 0, 1e-6);
        Assert.Equal((1, -1.0), (profiles[0].MovesWith[0].Index, Math.Round(profiles[0].MovesWith[0].Slope, 1)));
        Assert.Equal(ProfileVerdict.Identifiable, profiles[2].Verdict);
    }

    [Fact]
    public void A_parameter_without_effect_is_flat()
    {
        var objective = new FormulaObjective(FormulaObjective.Within(-10, 10, "a", "b"), x => [x[0] - 3]);
        var profile = ProfileLikelihood.Run(objective, [3, 0], [1], cancellation: TestContext.Current.CancellationToken)[0];
        Assert.Equal(ProfileVerdict.Flat, profile.Verdict);
        Assert.True(double.IsPositiveInfinity(profile.High) && double.IsNegativeInfinity(profile.Low));
    }

    [Fact]
    public void A_better_optimum_met_on_the_way_is_told()
    {
        // (x² − 1)² + x/2: the lower of two minima is near −1, the profile begins at the upper one near 1.
        var objective = new FormulaObjective(FormulaObjective.Within(-2, 2, "x", "y"), x => [Math.Sqrt(2) * ((x[0] * x[0]) - 1), Complex.Sqrt(x[0] + 3), x[1]]);
        double upper = new TrustRegion().Minimise(objective, [1, 0], cancellation: TestContext.Current.CancellationToken).X[0];
        var profile = ProfileLikelihood.Run(objective, [upper, 0], [0], cancellation: TestContext.Current.CancellationToken)[0];
        Assert.NotNull(profile.Better);
        Assert.InRange(profile.Better.Value, -1.3, -0.7);
    }

    [Fact]
    public void Stopped_profiles_go_on_bit_for_bit()
    {
        var objective = FormulaObjective.Rosenbrock(-5, 5);
        var expected = ProfileLikelihood.Run(objective, [1, 1], cancellation: TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        var stopping = new StoppingObjective(objective, stop, 60);
        Assert.ThrowsAny<OperationCanceledException>(() => ProfileLikelihood.Run(stopping, [1, 1], files: SavedFiles.Open(folder, FitIdentity.Of(objective, [])), cancellation: stop.Token));
        var resumed = ProfileLikelihood.Run(objective, [1, 1], files: SavedFiles.Open(folder, FitIdentity.Of(objective, [])), cancellation: TestContext.Current.CancellationToken);

        foreach (var (a, b) in expected.Zip(resumed))
        {
            Assert.Equal(a.Points.SelectMany(p => (double[])[p.Value, p.Objective, .. p.X]).Select(BitConverter.DoubleToInt64Bits), b.Points.SelectMany(p => (double[])[p.Value, p.Objective, .. p.X]).Select(BitConverter.DoubleToInt64Bits));
            Assert.Equal((a.Low, a.High, a.Down.Evaluations, a.Up.Evaluations), (b.Low, b.High, b.Down.Evaluations, b.Up.Evaluations));
        }
    }

    [Fact]
    public void An_infinite_optimum_is_refused()
    {
        var objective = new FormulaObjective(FormulaObjective.Within(-1, 1, "x"), x => [double.NaN]);
        Assert.Throws<FitException>(() => ProfileLikelihood.Run(objective, [0], cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_threshold_is_half_the_quantile() => Assert.Equal(Threshold, new ProfileOptions().Threshold, 1e-9);

    private static FormulaObjective Gaussian(double lower, double upper) => new(FormulaObjective.Within(lower, upper, "x", "y"), x => [x[0] + x[1] - 3, (2 * x[1]) - 4]);
}
