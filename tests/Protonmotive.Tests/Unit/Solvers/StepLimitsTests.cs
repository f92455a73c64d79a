using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Solvers;

/// <summary>Steps keep to limits that change over time.</summary>
public class StepLimitsTests
{
    [Fact]
    public void No_step_is_longer_than_what_holds_on_its_way()
    {
        var kernel = Kernel.Compile(new EquationSystem { Name = "rest", States = [new StateVariable("y", "", 1, 0 * Symbol("y"))], Parameters = [] });
        var steps = new Seen();
        var limits = new StepLimits([0, 1, 2, 6], [double.MaxValue, 0.1, 0.5, double.MaxValue]);
        Ode.Solve(new InitialValueProblem(kernel, 0, 10), new Rodas4(), new Tolerance(1e-6), new SolveOptions { Observer = steps, StepLimits = limits }, cancellation: TestContext.Current.CancellationToken);
        // A step that comes from before a limit may reach its beginning, and be stretched by a hundredth to end there.
        foreach (var (t, h) in steps.All)
            Assert.True(t >= 6 || (t < 1 && t + h <= 1.1 + 1e-9) || (t >= 1 && h <= (t < 1.9999 ? 0.101 : 0.505)), $"a step of {h} at {t}");
        Assert.InRange(steps.All.Count, 18, 40);
    }

    [Fact]
    public void Limits_that_do_not_fit_are_refused()
    {
        Assert.Throws<SolverException>(() => new StepLimits([0, 1], [1]));
        Assert.Throws<SolverException>(() => new StepLimits([1, 0], [1, 1]));
        Assert.Throws<SolverException>(() => new StepLimits([0], [0]));
    }

    private sealed class Seen : IStepObserver
    {
        public List<(double, double)> All { get; } = [];

        public bool Observe(in StepRecord step)
        {
            All.Add((step.Time, step.Step));
            return true;
        }
    }
}
