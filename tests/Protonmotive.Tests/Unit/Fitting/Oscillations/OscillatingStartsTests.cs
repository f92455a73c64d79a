using Protonmotive.Fitting;
using Protonmotive.Fitting.Optimisers;
using Protonmotive.Fitting.Problems;
using Protonmotive.Fitting.Starts;
using Protonmotive.Fitting.Starts.Oscillations;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Fitting.Oscillations;

public class OscillatingStartsTests
{
    private static readonly OscillationOptions little = new() { Oscillators = 1, Effort = 0.02 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_best_of_three_starts_is_the_oscillator_that_was_measured(bool freeStart)
    {
        var objective = new FitObjective(Brusselator.Problem(freeStart));
        var starts = new OscillatingStarts(objective, new MultiStartOptions { Seed = 1 }, new OscillationOptions { Oscillators = 3, Effort = 0.25 });
        double[] truth = freeStart ? Brusselator.Truth : [.. Brusselator.Truth.Take(3), .. Brusselator.Truth.Skip(5)];
        var best = Enumerable.Range(0, 3).Select(i => new TrustRegion().Minimise(objective, starts.Best(i, 0, TestContext.Current.CancellationToken).Point, cancellation: TestContext.Current.CancellationToken)).MinBy(s => s.Value)!;

        Assert.Equal(Brusselator.Least, best.Value, 1e-4);
        for (int j = 0; j < truth.Length; j++) Assert.Equal(truth[j], best.X[j], 1e-3);
    }

    [Fact]
    public void A_start_depends_on_seed_and_index_alone()
    {
        var objective = new FitObjective(Brusselator.Problem());
        double[] Point(ulong seed, int index) => new OscillatingStarts(objective, new MultiStartOptions { Seed = seed }, little).Best(index, 0, TestContext.Current.CancellationToken).Point;

        double[] first = Point(1, 0);
        Assert.Equal(first, Point(1, 0));
        Assert.NotEqual(first, Point(1, 1));
        Assert.NotEqual(first, Point(2, 0));
    }

    [Fact]
    public void Where_nothing_oscillates_a_start_begins_at_a_drawn_point()
    {
        var decay = Decay([0, 1, 2, 3]);
        var objective = new FitObjective(decay);
        var options = new MultiStartOptions { Seed = 3, Candidates = 4 };
        var starts = new OscillatingStarts(objective, options, new OscillationOptions { Draws = 50 });

        StartPoint drawn = new StartPoints(objective, options).Best(2, 0, TestContext.Current.CancellationToken), found = starts.Best(2, 0, TestContext.Current.CancellationToken);
        Assert.Equal(drawn.Point, found.Point);
        Assert.False(drawn.IsSubstitute);
        Assert.True(found.IsSubstitute);
        Assert.All(MultiStart.Run(objective, new TrustRegion(), options with { Starts = 2, Source = starts }, cancellation: TestContext.Current.CancellationToken).Starts, s => Assert.True(s.IsSubstitute));
    }

    [Fact]
    public void Data_at_two_times_are_refused_with_the_experiment_s_name()
    {
        var refused = Assert.Throws<FitException>(() => new OscillatingStarts(new FitObjective(Decay([0, 1])), new MultiStartOptions()));

        Assert.Contains("'decay' is measured at 2 times", refused.What, StringComparison.Ordinal);
    }

    [Fact]
    public void The_nominal_values_come_first_where_they_are_asked_for()
    {
        var problem = Brusselator.Problem();
        problem = problem with { Parameters = [.. problem.Parameters.Select((p, j) => p with { Nominal = Brusselator.Truth[j] })] };
        var starts = new OscillatingStarts(new FitObjective(problem), new MultiStartOptions { NominalFirst = true });

        Assert.Equal(Brusselator.Truth, starts.Best(0, 0, TestContext.Current.CancellationToken).Point);
    }

    private static FitProblem Decay(double[] times)
    {
        Expression x = Expression.Symbol("x"), rate = Expression.Symbol("rate");
        return new FitProblem
        {
            Name = "decay",
            System = new EquationSystem
            {
                Name = "decay",
                States = [new StateVariable("x", "", Expression.One, -(rate * x))],
                Parameters = [new ParameterDefinition("rate", "", Expression.One)],
                Observables = [new Observable("seen", "", x)],
            },
            Parameters = [new("rate", ParameterScale.Log10, -1, 1)],
            Experiments = [new FitExperiment("decay", null, new FitCondition("decay", [], []), [.. times.Select(t => new FitMeasurement("seen", "seen", "", 0.1, t, Math.Exp(-t), new NoiseModel(NoiseDistribution.Normal)))])],
            Tolerance = new Tolerance(1e-9, 1e-12),
        };
    }
}
