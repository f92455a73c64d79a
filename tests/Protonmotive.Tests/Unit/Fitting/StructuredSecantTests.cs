using System.Numerics;
using Protonmotive.Fitting.Optimisers;
using Xunit;

namespace Protonmotive.Tests.Unit.Fitting;

public class StructuredSecantTests
{
    private static readonly double[] gauss = [4, 1, 1, 3], secant = [-1, 0.5, 0.5, 2], step = [0.3, -0.2], change = [1.5, 0.4], sizes = [1, 1];

    [Fact]
    public void The_corrected_matrix_turns_the_step_into_the_change_of_the_gradient()
    {
        foreach (double[] before in (double[][])[[], secant])
        {
            var next = StructuredSecant.Update(before, gauss, step, change, sizes);
            Assert.Equal(next[1], next[2], 1e-14);
            for (int i = 0; i < 2; i++) Assert.Equal(change[i], ((gauss[2 * i] + next[2 * i]) * step[0]) + ((gauss[(2 * i) + 1] + next[(2 * i) + 1]) * step[1]), 1e-13);
        }
    }

    // With x = D z, matrices become D B D, gradients D g, steps D⁻¹ s.
    [Fact]
    public void It_does_not_depend_on_the_units_of_the_parameters()
    {
        double[] d = [1e3, 1e-2];
        double[] Scaled(double[] m) => [m[0] * d[0] * d[0], m[1] * d[0] * d[1], m[2] * d[0] * d[1], m[3] * d[1] * d[1]];
        var plain = Scaled(StructuredSecant.Update(secant, gauss, step, change, sizes));
        var scaled = StructuredSecant.Update(Scaled(secant), Scaled(gauss), [step[0] / d[0], step[1] / d[1]], [change[0] * d[0], change[1] * d[1]], [1 / d[0], 1 / d[1]]);
        for (int k = 0; k < 4; k++) Assert.Equal(plain[k], scaled[k], 1e-12 * Math.Abs(plain[k]));
    }

    [Fact]
    public void A_gradient_that_falls_along_the_step_leaves_it_as_it_was() =>
        Assert.Same(secant, StructuredSecant.Update(secant, gauss, step, [-1.5, -0.4], sizes));

    // Brown and Dennis' function (Moré, Garbow and Hillstrom 1981, ACM Trans. Math. Softw. 7, 17-41, no. 16): least sum of squares 85822.2.
    [Fact]
    public void Large_residuals_take_fewer_steps_than_with_Gauss_Newton_alone()
    {
        FormulaObjective BrownDennis() => new(FormulaObjective.Free("a", "b", "c", "d"), x => [.. Enumerable.Range(1, 20).Select(i =>
        {
            double t = i / 5.0;
            Complex u = x[0] + (t * x[1]) - Math.Exp(t), v = x[2] + (x[3] * Math.Sin(t)) - Math.Cos(t);
            return (u * u) + (v * v);
        })]);
        OptimiserState Run(bool corrects) => new TrustRegion { CorrectsCurvature = corrects }.Minimise(BrownDennis(), [25, 5, -5, -1], cancellation: TestContext.Current.CancellationToken);
        var (plain, corrected) = (Run(false), Run(true));

        Assert.Equal(85822.2, 2 * corrected.Value, 0.05);
        Assert.True(corrected.Evaluations < plain.Evaluations, $"{corrected.Evaluations} against {plain.Evaluations}");
    }

    // f = (1 − x)² + 100(y − x²)².
    [Fact]
    public void Measured_curvature_is_the_Hessian()
    {
        var (optimiser, objective) = (new TrustRegion { MissLimit = 0 }, FormulaObjective.Rosenbrock());
        OptimiserState state = optimiser.Begin(objective, [-1.2, 1], cancellation: TestContext.Current.CancellationToken);
        while (state is TrustRegionState { HasMoved: true }) state = optimiser.Advance(objective, state, TestContext.Current.CancellationToken);
        var at = Assert.IsType<TrustRegionState>(state);

        double x = at.X[0], y = at.X[1];
        double[] hessian = [2 - (400 * y) + (1200 * x * x), -400 * x, -400 * x, 200];
        for (int k = 0; k < 4; k++) Assert.Equal(hessian[k], at.Curvature[k] + at.Secant[k], 1e-3 * 1200 * x * x);
    }
}
