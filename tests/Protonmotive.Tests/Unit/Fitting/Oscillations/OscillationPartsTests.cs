using Protonmotive.Fitting.Problems;
using Protonmotive.Fitting.Starts.Oscillations;
using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Unit.Fitting.Oscillations;

/// <summary>The parts of the search against what is known of the Brusselator in closed form.</summary>
public class OscillationPartsTests
{
    [Theory]
    [InlineData(3)] // unstable
    [InlineData(1.5)] // stable
    [InlineData(9)] // two real eigenvalues above 0
    public void A_state_of_rest_is_found_stable_or_not_with_its_growth(double b)
    {
        var objective = new FitObjective(Brusselator.Problem());
        double[] x = [.. Brusselator.Truth];
        x[1] = Math.Log10(b);
        var start = objective.StartOf(0, x);
        var instance = objective.Kernel.Bind(start.Parameters);
        double[] rest = RestSearch.Find(instance, start.State, 14, 0)!;

        double a = Brusselator.A, half = Brusselator.K * (b - 1 - (a * a)) / 2, product = Brusselator.K * Brusselator.K * a * a;
        Assert.Equal(a, rest[0], 1e-8);
        Assert.Equal(b / a, rest[1], 1e-8);
        Assert.Equal(half + Math.Sqrt(Math.Max(0, (half * half) - product)), RestSearch.Growth(instance, rest, 0), 1e-6);
    }

    [Fact]
    public void What_makes_all_rates_faster_is_the_rate_that_they_share()
    {
        var objective = new FitObjective(Brusselator.Problem());
        var free = FreeStart.Of(objective);
        var courses = new CourseRecorder(objective, free).Record(Brusselator.Truth, 1, TestContext.Current.CancellationToken)!;

        double[] direction = TimeScaling.Direction(objective, Brusselator.Truth, [0, 1, 2], courses[0]);

        Assert.Equal([0, 0, 1 / Math.Log(10)], direction, (expected, found) => Math.Abs(expected - found) < 1e-6);
    }

    [Fact]
    public void A_course_at_another_pace_is_laid_over_the_data()
    {
        var objective = new FitObjective(Brusselator.Problem());
        var free = FreeStart.Of(objective);
        double[] slower = [.. Brusselator.Truth];
        slower[2] -= Math.Log10(1.25);
        var courses = new CourseRecorder(objective, free).Record(slower, 1.5, TestContext.Current.CancellationToken)!;

        var match = new CourseMatcher(objective, free).Best(courses, free!.At(objective, slower), new MatchLimits(1.5, 0.01, 0, 0));

        // The data begin off the limit cycle, so some of the first period stays unexplained.
        Assert.Equal(1.25, match.Stretch, 0.02); // 1.25 of its time pass in 1 of theirs
        Assert.True(match.Value < -0.5 * 81 * Math.Log(10), $"{match.Value:g4}: less than nine tenths of the variance are explained.");
    }

    [Fact]
    public void A_start_is_free_where_every_state_begins_at_a_parameter_of_its_own()
    {
        var objective = new FitObjective(Brusselator.Problem());
        var free = FreeStart.Of(objective)!;
        double[] x = [.. Brusselator.Truth];
        var at = free.At(objective, x);
        at.Set(x, [4, 12]);

        Assert.Equal([3, 4], free.Parameters);
        Assert.Equal([4, 10], x[3..5]); // y0's bound is 10
        Assert.Equal(1, at.Excess(0, 4));
        Assert.Equal(1.2, at.Excess(1, 12), 1e-12);
        Assert.Equal(1.3, at.Excess(0, -3), 1e-12);
        Assert.Null(FreeStart.Of(new FitObjective(Brusselator.Problem(freeStart: false))));
    }

    [Fact]
    public void The_elitist_search_finds_the_bottom_of_a_narrow_ellipsoid()
    {
        static double Value(double[] x) => x.Select((v, i) => Math.Pow(100, i / 4.0) * (v - 1) * (v - 1)).Sum();
        double[] start = [3, -2, 0, 4, -1], lower = [.. Enumerable.Repeat(-5.0, 5)], upper = [.. Enumerable.Repeat(5.0, 5)];

        var (x, value) = ElitistSearch.Minimise(Value, start, Value(start), 1, 3000, lower, upper, new RandomStream(1, 0));

        Assert.All(x, v => Assert.Equal(1, v, 1e-5));
        Assert.Equal(Value(x), value);
    }

    [Fact]
    public void The_elitist_search_ends_on_a_bound_that_holds_it()
    {
        static double Value(double[] x) => (x[0] * x[0]) + (x[1] * x[1]);

        var (x, _) = ElitistSearch.Minimise(Value, [4, 4], 32, 1, 1000, [2, -5], [5, 5], new RandomStream(1, 0));

        Assert.Equal(2, x[0]);
        Assert.Equal(0, x[1], 1e-3);
    }
}
