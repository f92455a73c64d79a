using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Solvers;

/// <summary>Delay differential equations against the method of steps and other closed forms.</summary>
public sealed class DelayTests
{
    private static readonly Tolerance Tight = new(1e-9, 1e-11);

    public static TheoryData<Method> Methods => [new Rodas4(), new Rodas5P(), new Tsit5()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_linear_delay_equation_follows_the_method_of_steps(Method method)
    {
        // y' = −y(t − 1), y = 1 before: y(t) = Σ_{k ≥ 0, t ≥ k − 1} (−1)^k (t − k + 1)^k / k!.
        var b = new NetworkBuilder("linear");
        b.Variable("y", 1);
        b.Rate("y", -Delay(Symbol("y"), 1));
        var solution = Ode.Solve(new(Kernel.Compile(b.Build().Lower()), 0, 6), method, Tight, OutputTimes.Uniform(13));
        for (int row = 0; row < solution.RowCount; row++)
        {
            double t = solution.Times[row], expected = 0, factorial = 1;
            for (int k = 0; k <= t + 1; factorial *= ++k) expected += Math.Pow(-1, k) * Math.Pow(t - k + 1, k) / factorial;
            Assert.Equal(expected, solution.Column("y")[row], 1e-7); // a hundred times the tolerance, over six lags
        }
    }

    [Fact]
    public void A_stiff_equation_with_a_delay_keeps_the_order_of_its_method()
    {
        // y' = −1000 (y − cos t) − sin t + y(t − 1) − cos(t − 1), y = cos t before and after.
        var b = new NetworkBuilder("stiff");
        b.Parameter("c", Cos(Time));
        b.Variable("y", Cos(Time));
        var y = Symbol("y");
        b.Rate("y", (-1000 * (y - Cos(Time))) - Sin(Time) + Delay(y, 1) - Cos(Time - 1));
        var solution = Ode.Solve(new(Kernel.Compile(b.Build().Lower()), 0, 4), new Rodas5P(), new Tolerance(1e-8, 1e-8), OutputTimes.EndOnly);
        Assert.Equal(Math.Cos(4), solution.FinalState[0], 1e-7);
        Assert.InRange(solution.Work.Steps, 1, 400);
    }

    [Fact]
    public void A_lag_may_grow_with_time()
    {
        // x' = 1 from 1, so x half of the time ago is 1 + t/2.
        var b = new NetworkBuilder("growing");
        b.Variable("x", 1);
        b.Rate("x", 1);
        b.Define("y", Delay(Symbol("x"), Time / 2));
        var solution = Ode.Solve(new(Kernel.Compile(b.Build().Lower()), 0, 4), new Rodas5P(), Tight, OutputTimes.Uniform(5));
        Assert.All(solution.Times.Zip(solution.ObservableColumn("y")), row => Assert.Equal(1 + row.First / 2, row.Second, 1e-9));
    }

    [Fact]
    public void A_jump_is_seen_one_lag_later()
    {
        var b = new NetworkBuilder("echo");
        var k = b.Parameter("k", 0);
        b.Variable("x", 0);
        b.Rate("x", Delay(k.Symbol + (0 * Time), 0.5));
        b.At(1, "on", (k, 1));
        var solution = Ode.Solve(new(Kernel.Compile(b.Build().Lower()), 0, 3), new Rodas5P(), Tight, OutputTimes.EndOnly);
        Assert.Equal(1.5, solution.FinalState[0], 1e-9);
    }

    [Fact]
    public void At_a_steady_state_the_past_is_as_the_present()
    {
        // y' = 2 − y(t − 1)/2 rests at 4 (lag · slope = 1/2 < π/2, so it is stable too).
        var b = new NetworkBuilder("rest");
        b.Variable("y", 1);
        b.Rate("y", 2 - Delay(Symbol("y"), 1) / 2);
        var solution = Ode.Solve(new(Kernel.Compile(b.Build().Lower()), 0, 60), new Rodas5P(), Tight, OutputTimes.EndOnly);
        Assert.Equal(4, solution.FinalState[0], 1e-6);
    }
}
