using System.Collections.Immutable;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Problems;
using Protonmotive.Networks;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Fitting;

public class ObservedParametersTests
{
    private const double Rate = 0.7, Start = 2;
    private static readonly double[] times = [.. Enumerable.Range(0, 9).Select(i => 0.25 * i)];

    // What was measured of 3·x + 0.5 with a scatter that is written down here.
    private static readonly double[] measured = [.. times.Select((t, i) => (3 * Start * Math.Exp(-Rate * t)) + 0.5 + (0.2 * Math.Sin(7 * i)))];

    [Fact]
    public void Scale_offset_and_noise_go_to_the_least_squares_of_the_solution()
    {
        var objective = new FitObjective(Decay());
        double[] from = [Math.Log10(Rate), Start, -1.5, 4, 1];
        var (x, at) = objective.EvaluateRefined(from, ObjectiveParts.GaussNewton, TestContext.Current.CancellationToken);

        // Linear regression of what was measured on x(t), and σ² = RSS/n.
        double[] solution = [.. times.Select(t => Start * Math.Exp(-Rate * t))];
        double meanX = solution.Average(), meanY = measured.Average();
        double scale = solution.Zip(measured, (a, b) => (a - meanX) * (b - meanY)).Sum() / solution.Sum(a => (a - meanX) * (a - meanX)), offset = meanY - (scale * meanX);
        double sigma = Math.Sqrt(solution.Zip(measured, (a, b) => Math.Pow(b - (scale * a) - offset, 2)).Average());
        Assert.Equal(from[..2], x[..2]);
        Assert.Equal(Math.Log10(scale), x[2], 1e-5);
        Assert.Equal(offset, x[3], 1e-4);
        Assert.Equal(Math.Log10(sigma), x[4], 1e-4);
        Assert.Equal(measured.Length * (Math.Log(sigma) + (0.5 * Math.Log(2 * Math.PI)) + 0.5), at.Value, 1e-6);
        var plain = objective.Evaluate(x, ObjectiveParts.GaussNewton, TestContext.Current.CancellationToken);
        Assert.Equal(plain.Value, at.Value);
        Assert.Equal(plain.Gradient, at.Gradient);
    }

    [Fact]
    public void Slopes_by_observed_and_solved_parameters_are_those_of_differences()
    {
        var objective = new FitObjective(Decay());
        double[] x = [-0.1, 1.7, 0.4, 0.2, -0.5];
        var at = objective.Evaluate(x, ObjectiveParts.Gradient, TestContext.Current.CancellationToken);
        for (int j = 0; j < x.Length; j++)
        {
            double Value(double h)
            {
                double[] moved = [.. x];
                moved[j] += h;
                return objective.Evaluate(moved, ObjectiveParts.Value, TestContext.Current.CancellationToken).Value;
            }
            Assert.Equal((Value(1e-5) - Value(-1e-5)) / 2e-5, at.Gradient![j], 1e-5 * (1 + Math.Abs(at.Gradient[j])));
        }
    }

    [Fact]
    public void Parameters_of_one_condition_have_slopes_in_that_experiment_alone()
    {
        // One rate for each of two conditions: the first experiment doesn't depend on the second's rate, nor the other way round.
        var problem = Decay();
        var rate = problem.Parameters[0];
        var experiment = problem.Experiments[0];
        var objective = new FitObjective(problem with
        {
            Parameters = [.. problem.Parameters, rate with { Name = "other" }],
            Experiments =
            [
                experiment with { Condition = new FitCondition("first", [new FitAssignment(rate.Name, 0, 0)], []) },
                experiment with { Name = "second", Condition = new FitCondition("second", [new FitAssignment(rate.Name, 0, problem.Parameters.Length)], []) },
            ],
        });
        double[] x = [-0.1, 1.7, 0.4, 0.2, -0.5, -0.3];
        var at = objective.Evaluate(x, ObjectiveParts.GaussNewton, TestContext.Current.CancellationToken);
        for (int j = 0; j < x.Length; j++)
        {
            double Value(double h)
            {
                double[] moved = [.. x];
                moved[j] += h;
                return objective.Evaluate(moved, ObjectiveParts.Value, TestContext.Current.CancellationToken).Value;
            }
            Assert.Equal((Value(1e-5) - Value(-1e-5)) / 2e-5, at.Gradient![j], 1e-5 * (1 + Math.Abs(at.Gradient[j])));
        }
        Assert.Equal(0, at.GaussNewton![0, 5]);
        Assert.True(at.GaussNewton[0, 0] > 0 && at.GaussNewton[5, 5] > 0);
    }

    [Fact]
    public void A_method_without_derivatives_is_refused()
    {
        var error = Assert.Throws<SensitivityException>(() => new FitObjective(Decay() with { Method = new Bdf() }));
        Assert.Contains("bdf", error.What, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("auto", error.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void Bounds_hold_for_them_too()
    {
        var problem = Decay();
        problem = problem with { Parameters = problem.Parameters.SetItem(3, problem.Parameters[3] with { Upper = 0.1 }) };
        var (x, _) = new FitObjective(problem).EvaluateRefined([Math.Log10(Rate), Start, 0, 0, 0], ObjectiveParts.Value, TestContext.Current.CancellationToken);
        Assert.Equal(0.1, x[3]);
    }

    // A scale that also sets the rate, and one whose observable a condition starts from, need a new solution.
    [Theory]
    [InlineData("rate")]
    [InlineData("start")]
    public void What_the_solution_depends_on_is_left_alone(string use)
    {
        var problem = Decay();
        int scale = problem.Parameters.Select(p => p.Name).ToList().IndexOf("scale");
        var condition = use == "rate" ? new FitAssignment("k", 0, scale) : new FitAssignment("x0", 0) { Formula = "observed" };
        problem = problem with
        {
            Parameters = use == "rate" ? problem.Parameters.RemoveAt(0) : problem.Parameters.RemoveAt(1),
            Experiments = [.. problem.Experiments.Select(e => e with { Condition = e.Condition with { Assignments = [use == "rate" ? condition with { Source = scale - 1 } : condition] } })],
        };
        double[] from = use == "rate" ? [2, -0.2, 0, 0] : [-0.2, -0.2, 0, 0];
        var (x, _) = new FitObjective(problem).EvaluateRefined(from, ObjectiveParts.Value, TestContext.Current.CancellationToken);
        Assert.Equal(from[..2], x[..2]);
        Assert.NotEqual(from[3], x[3]);
    }

    private static FitProblem Decay()
    {
        var b = new NetworkBuilder("decay");
        var cell = b.Compartment("cell", 1);
        var s = b.Species("x", cell, b.Parameter("x0", Start));
        b.Process("out", ProcessKind.Reaction, "x ->", FluxLaw.Formula(b.Parameter("k", Rate) * s.Symbol));
        b.Define("observed", (b.Parameter("scale", 1) * s.Symbol) + b.Parameter("offset", 0));
        b.Define("noise", b.Parameter("sigma", 1) + Expression.Zero);
        return new FitProblem
        {
            Name = "decay",
            System = b.Build().Lower(),
            Parameters =
            [
                new("k", ParameterScale.Log10, -3, 3), new("x0", ParameterScale.Linear, 0.1, 10), new("scale", ParameterScale.Log10, -4, 4),
                new("offset", ParameterScale.Linear, -10, 10), new("sigma", ParameterScale.Log10, -4, 4),
            ],
            Experiments = [new FitExperiment("decay", null, new FitCondition("decay", [], []), [.. times.Select((t, i) => new FitMeasurement("observed", "observed", "noise", double.NaN, t, measured[i], new NoiseModel(NoiseDistribution.Normal)))])],
        };
    }
}
