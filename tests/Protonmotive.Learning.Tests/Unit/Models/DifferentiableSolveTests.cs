using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Models;
using Protonmotive.Networks;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Tests.Unit.Models;

public class DifferentiableSolveTests
{
    private static readonly double[] times = [0, 0.5, 2];

    /// <summary>y(t) = y₀ exp(−k t), with y₀ = 2 b: gradients by k and, through the start, by b, in closed form.</summary>
    [Fact]
    public void A_decay_has_the_gradients_of_the_closed_form()
    {
        using var scope = NewDisposeScope();
        var b = new NetworkBuilder("decay");
        var k = b.Parameter("k", 1);
        var half = b.Parameter("b", 1);
        var y = b.Variable("y", 2 * half.Symbol);
        b.Rate("y", -k.Symbol * y.Symbol);
        var solve = new DifferentiableSolve(new InitialValueProblem(Kernel.Compile(b.Build().Lower()), 0, 2), ["k", "b"], ["y"], times, new Rodas5P(), new Tolerance(1e-10, 1e-13));
        double[,] rows = { { 0.3, 1.5 }, { 1.1, -0.7 }, { 2.0, 0.2 } };
        var parameters = tensor(rows).requires_grad_();
        var courses = solve.Solve(parameters);
        Assert.Equal([3L, 3, 1], courses.shape);
        var weights = tensor(new[] { 0.5, -1.0, 2.0 }).view(1, 3, 1);
        (courses * weights).sum().backward();
        for (int m = 0; m < 3; m++)
        {
            double byK = 0, byB = 0;
            for (int i = 0; i < 3; i++)
            {
                double w = weights[0, i, 0].item<double>(), e = Math.Exp(-rows[m, 0] * times[i]);
                Assert.Equal(2 * rows[m, 1] * e, courses[m, i, 0].item<double>(), 1e-8);
                byK += w * -times[i] * 2 * rows[m, 1] * e;
                byB += w * 2 * e;
            }
            Assert.Equal(byK, parameters.grad![m, 0].item<double>(), 1e-7);
            Assert.Equal(byB, parameters.grad[m, 1].item<double>(), 1e-7);
        }
    }

    /// <summary>On predator and prey: against the engine's own batched product, and against central differences of the solve.</summary>
    [Fact]
    public void Predator_and_prey_agree_with_the_engine_and_with_differences()
    {
        using var scope = NewDisposeScope();
        var (problem, names) = PredatorPrey();
        var solve = new DifferentiableSolve(problem, names, ["x", "y"], times, new Rodas5P(), new Tolerance(1e-10, 1e-12));
        double[] start = [1.3, 0.9, 0.8, 1.8, 1.2, 0.8, 0.9, 1.7];
        Tensor Loss(Tensor p) => solve.Solve(p).square().sum();
        var parameters = tensor(start, [2, 4]).requires_grad_();
        Loss(parameters).backward();

        var engine = EnsembleGradients.Solve(new EnsembleProblem(problem, EnsembleMembers.Table(names, start)) { Outputs = ["x", "y"] }, new Rodas5P(), new Tolerance(1e-10, 1e-12), OutputTimes.At(times), (_, rows, gradient) =>
        {
            double loss = 0;
            for (int i = 0; i < rows.Length; i++)
            {
                gradient[i] = 2 * rows[i];
                loss += rows[i] * rows[i];
            }
            return loss;
        }, cancellation: TestContext.Current.CancellationToken);
        for (int m = 0; m < 2; m++)
        {
            for (int j = 0; j < 4; j++)
            {
                double found = parameters.grad![m, j].item<double>();
                Assert.Equal(engine.ByParameters(m)[problem.Kernel.ParameterIndex(names[j])], found, 1e-10);
                double[] up = [.. start], down = [.. start];
                up[(m * 4) + j] += 1e-4;
                down[(m * 4) + j] -= 1e-4;
                using var off = no_grad();
                double difference = (Loss(tensor(up, [2, 4])) - Loss(tensor(down, [2, 4]))).item<double>() / 2e-4;
                Assert.Equal(difference, found, 2e-5 * (1 + Math.Abs(found))); // ε² and the solver's error over ε
            }
        }
    }

    /// <summary>A network before the model and an optimiser of TorchSharp behind it: the rate of prey is found again from its course.</summary>
    [Fact]
    public void Parameters_are_learned_through_it()
    {
        using var scope = NewDisposeScope();
        var (problem, _) = PredatorPrey();
        var solve = new DifferentiableSolve(problem, ["a"], ["x"], [1.0, 2.0, 3.0], new Tsit5(), new Tolerance(1e-8, 1e-10));
        var measured = solve.Solve(tensor(new[] { 1.3 }, [1, 1]));
        var logarithm = new TorchSharp.Modules.Parameter(zeros([1, 1], float64));
        using var optimiser = optim.Adam([logarithm], 0.05);
        for (int i = 0; i < 120; i++)
        {
            optimiser.zero_grad();
            (solve.Solve(logarithm.exp()) - measured).square().sum().backward();
            optimiser.step();
        }
        Assert.Equal(1.3, Math.Exp(logarithm.item<double>()), 1e-3);
    }

    [Fact]
    public void Singles_are_served_and_mistakes_told()
    {
        using var scope = NewDisposeScope();
        var (problem, names) = PredatorPrey();
        var solve = new DifferentiableSolve(problem, names, ["x"], times, new Tsit5(), new Tolerance(1e-8, 1e-10));
        var parameters = tensor(new[] { 1.3f, 0.9f, 0.8f, 1.8f }, [1, 4]).requires_grad_();
        var courses = solve.Solve(parameters);
        Assert.Equal(ScalarType.Float32, courses.dtype);
        courses.sum().backward();
        Assert.Equal(ScalarType.Float32, parameters.grad!.dtype);
        Assert.Contains("shape [n, 4]", Assert.Throws<DataException>(() => solve.Solve(zeros([4], float64))).Mend, StringComparison.Ordinal);
        Assert.Throws<UnknownParameterException>(() => new DifferentiableSolve(problem, ["zeta"], ["x"], times, new Tsit5(), new Tolerance(1e-8)));
    }

    /// <summary>Lotka and Volterra: x' = a x − b x y, y' = c x y − d y.</summary>
    private static (InitialValueProblem, ImmutableArray<string>) PredatorPrey()
    {
        var n = new NetworkBuilder("predator and prey");
        var (a, b, c, d) = (n.Parameter("a", 1.3), n.Parameter("b", 0.9), n.Parameter("c", 0.8), n.Parameter("d", 1.8));
        var x = n.Variable("x", 0.4);
        var y = n.Variable("y", 4.6);
        n.Rate("x", (a.Symbol * x.Symbol) - (b.Symbol * x.Symbol * y.Symbol));
        n.Rate("y", (c.Symbol * x.Symbol * y.Symbol) - (d.Symbol * y.Symbol));
        return (new InitialValueProblem(Kernel.Compile(n.Build().Lower()), 0, 3), ["a", "b", "c", "d"]);
    }
}
