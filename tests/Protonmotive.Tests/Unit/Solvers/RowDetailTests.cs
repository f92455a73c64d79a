using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Solvers;

/// <summary>Rows that follow curves between the asked times.</summary>
public sealed class RowDetailTests
{
    private static readonly Tolerance Tight = new(1e-8, 1e-10);

    public static TheoryData<Method> Methods => [new Rodas4(), new Rodas5P(), new Tsit5(), new Bdf()];

    [Theory, MemberData(nameof(Methods))]
    public void Straight_lines_between_rows_show_a_fast_fall_that_even_times_miss(Method method)
    {
        // e^(−50 t): over by the second of five even times.
        var solution = Ode.Solve(new(Kernel.Compile(Fall()), 0, 4), method, Tight, OutputTimes.Uniform(5) with { Detail = Detail("x") });
        foreach (double asked in (double[])[0, 1, 2, 3, 4]) Assert.Contains(asked, solution.Times);
        Assert.InRange(solution.RowCount, 12, 60);
        // A parabola through three points strays from their chords by a fourth of what it strays between the outer ones: twice the share is a safe bound.
        Assert.InRange(LargestMiss(solution, t => Math.Exp(-50 * t)), 0, 0.008);
        for (int row = 1; row < solution.RowCount; row++) Assert.True(solution.Times[row] > solution.Times[row - 1]);
    }

    [Fact]
    public void Every_top_of_a_fast_oscillation_has_its_row()
    {
        // cos 100 t to t = 10: 159 tops, of which eleven even times show none but the first.
        var system = new EquationSystem { Name = "fast", States = [new("a", "", 1, 100 * Symbol("b")), new("b", "", 0, -100 * Symbol("a"))], Parameters = [], Observables = [new("x", "", Symbol("a"))] };
        var solution = Ode.Solve(new(Kernel.Compile(system), 0, 10), new Tsit5(), Tight, OutputTimes.Uniform(11) with { Detail = Detail("x") with { MostRows = 5000 } });
        var (t, x) = (solution.Times, solution.Column("a").ToArray());
        for (int k = 0; k <= 159; k++)
        {
            double top = 2 * Math.PI * k / 100;
            Assert.InRange(Enumerable.Range(0, t.Length).Where(i => Math.Abs(t[i] - top) < 0.02).Max(i => x[i]), 0.99, 1 + 1e-5);
        }
    }

    [Fact]
    public void No_more_rows_are_added_than_allowed_and_the_farthest_missed_come_first()
    {
        var output = OutputTimes.Uniform(5) with { Detail = Detail("x") with { MostRows = 4 } };
        var solution = Ode.Solve(new(Kernel.Compile(Fall()), 0, 4), new Rodas5P(), Tight, output);
        Assert.Equal(9, solution.RowCount);
        double few = LargestMiss(solution, t => Math.Exp(-50 * t));
        Assert.InRange(few, 0.008, 0.4); // without them it is nearly 1
    }

    [Fact]
    public void What_does_not_change_adds_nothing()
    {
        var system = new EquationSystem { Name = "rest", States = [new("a", "", 1, 0)], Parameters = [], Observables = [new("x", "", Symbol("a"))] };
        Assert.Equal(5, Ode.Solve(new(Kernel.Compile(system), 0, 4), new Rodas5P(), Tight, OutputTimes.Uniform(5) with { Detail = Detail("x") }).RowCount);
    }

    [Fact]
    public void A_jump_still_stands_twice_in_the_rows()
    {
        var system = Fall() with { Modes = [new("early", Less(Time, 1.5))], Events = [new("dose", Not(Symbol("early")), [new("a", Symbol("a") + 2)])] };
        var solution = Ode.Solve(new(Kernel.Compile(system), 0, 4), new Rodas5P(), Tight, OutputTimes.Uniform(5) with { Detail = Detail("x") });
        int row = solution.Times.IndexOf(1.5);
        Assert.Equal(2, solution.Times.Count(t => t == 1.5));
        Assert.Equal(2, solution.Column("a")[row + 1] - solution.Column("a")[row], 1e-12);
        Assert.InRange(LargestMiss(solution, t => t < 1.5 ? Math.Exp(-50 * t) : Math.Exp(-50 * t) + (2 * Math.Exp(-50 * (t - 1.5)))), 0, 0.016);
    }

    [Fact]
    public void An_unknown_observable_is_an_error()
    {
        var error = Assert.Throws<SolverException>(() => Ode.Solve(new(Kernel.Compile(Fall()), 0, 1), new Rodas5P(), Tight, OutputTimes.Uniform(2) with { Detail = Detail("y") }));
        Assert.Contains("'y'", error.Message, StringComparison.Ordinal);
    }

    private static double LargestMiss(Solution solution, Func<double, double> x)
    {
        double most = 0;
        for (int row = 1; row < solution.RowCount; row++)
        {
            double from = solution.Times[row - 1], to = solution.Times[row], a = solution.Column("a")[row - 1], b = solution.Column("a")[row];
            for (int k = 1; k < 20 && to > from; k++) most = Math.Max(most, Math.Abs(a + ((b - a) * k / 20) - x(from + ((to - from) * k / 20))));
        }
        return most;
    }

    private static RowDetail Detail(string observable) => new() { Axes = [[new WatchedCurve(observable)]] };

    private static EquationSystem Fall() => new() { Name = "fall", States = [new("a", "", 1, -50 * Symbol("a"))], Parameters = [], Observables = [new("x", "", Symbol("a"))] };
}
