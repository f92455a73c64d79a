using Protonmotive.Solvers;
using Xunit;

namespace Protonmotive.Tests.Unit.Solvers;

/// <summary>Fixed steps on a nonlinear problem where f depends on t: the error must fall as the stated order says.</summary>
public sealed class ObservedOrderTests
{
    public static TheoryData<Method> Methods => [new Rodas4(), new Rodas5P(), new Tsit5()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Solution_has_its_stated_order(Method method) => AssertOrder(method.Order, h => Errors(method, h, FormulaSystem.Moving, FormulaSystem.MovingSolution).Solution, method);

    [Theory]
    [MemberData(nameof(Methods))]
    public void Dense_output_has_its_stated_order(Method method) => AssertOrder(method.DenseOrder + 1, h => Errors(method, h, FormulaSystem.Moving, FormulaSystem.MovingSolution).Dense, method);

    [Theory]
    [MemberData(nameof(Methods))]
    public void Error_estimate_falls_one_order_faster_than_the_embedded_solution(Method method) =>
        AssertOrder(method.EmbeddedOrder + 1, h => Errors(method, h, FormulaSystem.Moving, FormulaSystem.MovingSolution).Estimate, method);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Solution_has_its_stated_order_with_an_algebraic_equation(int order)
    {
        Method method = order == 4 ? new Rodas4() : new Rodas5P();
        AssertOrder(order, h => Errors(method, h, FormulaSystem.Algebraic, FormulaSystem.AlgebraicSolution).Solution, method);
    }

    private static void AssertOrder(int stated, Func<double, double> error, Method method)
    {
        double coarse = error(1.0 / 16), fine = error(1.0 / 32), order = Math.Log2(coarse / fine);
        TestContext.Current.TestOutputHelper?.WriteLine($"{method.Name}: observed {order:f3}, stated {stated}, errors {coarse:g3} {fine:g3}");

        // The next term of the error is O(h) smaller than the first, h = 1/16 to 1/32: half an order is room for it.
        Assert.InRange(order, stated - 0.3, stated + 1.2);
    }

    // The largest global error up to t = 2; the largest local error of the dense output over the steps, from the exact solution; the largest estimate.
    private static (double Solution, double Dense, double Estimate) Errors(Method method, double h, Func<FormulaSystem> system, Func<double, double[]> solution)
    {
        var stepper = method.CreateStepper(system(), new ErrorNorm(new Tolerance(1e-6, 1e-9), new double[system().Count].Select(_ => 1.0).ToArray(), Enumerable.Range(0, system().Count).ToArray(), system().Count));
        double[] y = solution(0), next = new double[2], error = new double[2], inside = new double[2];
        double estimate = 0, global = 0;
        int steps = (int)Math.Round(2 / h);
        for (int i = 0; i < steps; i++)
        {
            Assert.True(stepper.TryStep(i * h, y, h, next, error));
            estimate = Math.Max(estimate, Norm(error, [0, 0]));
            stepper.Advance();
            (y, next) = (next, y);
            global = Math.Max(global, Norm(y, solution((i + 1) * h)));
        }

        double dense = 0;
        for (int i = 0; i < steps; i++)
        {
            stepper.Invalidate();
            var exact = solution(i * h);
            Assert.True(stepper.TryStep(i * h, exact, h, next, error));
            foreach (double theta in new[] { 0.2, 0.5, 0.9 })
            {
                Interpolant.Evaluate(theta, exact, next, stepper.DenseVectors(h), inside);
                dense = Math.Max(dense, Norm(inside, solution((i + theta) * h)));
            }
        }

        return (global, dense, estimate);
    }

    private static double Norm(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
}
