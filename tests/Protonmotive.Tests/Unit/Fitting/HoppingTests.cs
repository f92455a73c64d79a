using Protonmotive.Fitting;
using Protonmotive.Fitting.Optimisers;
using Protonmotive.Fitting.Problems;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Fitting;

public class HoppingTests
{
    private const double Frequency = 3, Amplitude = 2, Sigma = 0.1, Span = 20;

    /// <summary>x″ = −ω²x from (a, 0) is a cos ωt: ten periods, fitted from a third of the frequency.</summary>
    [Fact]
    public void Hops_find_the_frequency_of_an_oscillator_that_one_descent_misses()
    {
        var objective = new FitObjective(Oscillator());
        double[] start = [0, 0];
        var once = new TrustRegion().Minimise(objective, start, cancellation: TestContext.Current.CancellationToken);
        var found = new Hopping(new TrustRegion()) { Hops = 60 }.Minimise(objective, start, seed: 1, TestContext.Current.CancellationToken);

        // What was measured has no noise: χ² is 0 at the truth.
        double least = 81 * Math.Log(Sigma * Math.Sqrt(2 * Math.PI));
        Assert.True(once.Value > least + 1000, $"One descent ends at {once.Value:g6}.");
        Assert.Equal(least, found.Value, 1e-5);
        Assert.Equal(Frequency, Math.Pow(10, found.X[0]), 1e-6);
        Assert.Equal(Amplitude, Math.Pow(10, found.X[1]), 1e-6);
    }

    [Fact]
    public void The_best_point_is_kept_whatever_a_hop_finds()
    {
        var objective = new FitObjective(Oscillator());
        var method = new Hopping(new TrustRegion()) { Hops = 5 };
        var state = method.Begin(objective, [0, 0], 2, TestContext.Current.CancellationToken);
        while (!state.IsFinished)
        {
            var next = method.Advance(objective, state, TestContext.Current.CancellationToken);
            Assert.True(next.Value <= state.Value);
            Assert.True(next.Evaluations >= state.Evaluations);
            Assert.Equal(next.Value, objective.Evaluate(next.X, ObjectiveParts.Value, TestContext.Current.CancellationToken).Value, 1e-9);
            state = next;
        }
        Assert.Equal(5, ((HoppingState)state).Hop);
    }

    [Fact]
    public void A_start_that_fails_fails_with_its_reason()
    {
        var objective = new FormulaObjective(FormulaObjective.Within(-5, 5, "x"), x => [System.Numerics.Complex.Sqrt(-1 - (x[0] * x[0])) * double.PositiveInfinity]);
        var state = new Hopping(new TrustRegion()).Minimise(objective, [1], cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(FitStatus.StartFailed, state.Status);
        Assert.NotEmpty(state.Message);
    }

    private static FitProblem Oscillator()
    {
        Expression x = Expression.Symbol("x"), v = Expression.Symbol("v"), frequency = Expression.Symbol("frequency");
        double[] times = [.. Enumerable.Range(0, 81).Select(i => Span * i / 80)];
        return new FitProblem
        {
            Name = "oscillator",
            System = new EquationSystem
            {
                Name = "oscillator",
                States = [new StateVariable("x", "", Expression.Symbol("amplitude"), v), new StateVariable("v", "", Expression.Zero, -(frequency * frequency * x))],
                Parameters = [new ParameterDefinition("frequency", "", Expression.One), new ParameterDefinition("amplitude", "", Expression.One)],
                Observables = [new Observable("position", "", x)],
            },
            Parameters = [new("frequency", ParameterScale.Log10, -1, 2), new("amplitude", ParameterScale.Log10, -2, 2)],
            Experiments = [new FitExperiment("swing", null, new FitCondition("swing", [], []), [.. times.Select(t => new FitMeasurement("position", "position", "", Sigma, t, Amplitude * Math.Cos(Frequency * t), new NoiseModel(NoiseDistribution.Normal)))])],
            Tolerance = new Tolerance(1e-9, 1e-12),
        };
    }
}
