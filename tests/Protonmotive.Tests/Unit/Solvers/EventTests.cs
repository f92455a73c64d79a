using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Solvers;

/// <summary>Modes, events and stops of the integration loop.</summary>
public sealed class EventTests
{
    private static readonly Tolerance Tight = new(1e-9, 1e-11);

    public static TheoryData<Method> Methods => [new Rodas4(), new Rodas5P(), new Tsit5()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_bouncing_ball_lands_at_its_exact_times(Method method)
    {
        // x'' = −9.81 from 1 m: first impact at √(2/g), rebound with 0.9 of the speed, second impact 2·0.9·v/g later.
        var ball = Ball(0.9);
        var solution = Ode.Solve(new(ball, 0, 1.4), method, Tight);
        double g = 9.81, v = Math.Sqrt(2 * g), first = v / g, second = first + 2 * 0.9 * v / g;
        Assert.Equal(2, solution.Events.Length);
        Assert.Equal(first, solution.Events[0].Time, 1e-8);
        Assert.Equal(second, solution.Events[1].Time, 1e-8);
        Assert.Equal(-v, solution.Events[0].StateBefore[1], 1e-8);
        Assert.Equal(0.9 * v, solution.Events[0].StateAfter[1], 1e-8);
        double t = 1.4 - second, u = 0.81 * v;
        Assert.Equal(u * t - g * t * t / 2, solution.FinalState[0], 1e-7);
    }

    [Fact]
    public void Time_stands_twice_at_a_jump_before_and_after()
    {
        var solution = Ode.Solve(new(Kernel.Compile(Dose()), 0, 10), new Rodas4(), Tight);
        int row = solution.Times.IndexOf(5);
        Assert.Equal(5, solution.Times[row + 1]);
        Assert.Equal(1, solution.Times.Count(t => t == 5) - 1);
        Assert.Equal(Math.Exp(-5), solution.Column("x")[row], 1e-8);
        Assert.Equal(Math.Exp(-5) + 2, solution.Column("x")[row + 1], 1e-8);
    }

    [Fact]
    public void A_jump_at_a_time_is_met_exactly_and_its_state_follows()
    {
        var solution = Ode.Solve(new(Kernel.Compile(Dose()), 0, 10), new Rodas5P(), Tight, OutputTimes.EndOnly);
        Assert.Equal(5, Assert.Single(solution.Events).Time);
        Assert.Equal((Math.Exp(-5) + 2) * Math.Exp(-5), solution.FinalState[0], 1e-9);
        Assert.Single(solution.Times);
    }

    [Theory]
    [InlineData(true, 12)]
    [InlineData(false, 11)]
    public void Asked_rows_come_with_or_without_the_two_rows_of_a_jump(bool includesJumps, int rows)
    {
        var output = OutputTimes.Uniform(11) with { IncludesJumps = includesJumps };
        var solution = Ode.Solve(new(Kernel.Compile(Dose()), 0, 10), new Rodas4(), Tight, output);
        Assert.Equal(rows, solution.RowCount);
        double after = solution.Column(0)[solution.Times.LastIndexOf(5)];
        Assert.Equal(Math.Exp(-5) + 2, after, 1e-8);
    }

    [Fact]
    public void A_parameter_target_switches_the_parameter_and_observables_follow_their_segment()
    {
        var system = new EquationSystem
        {
            Name = "switched decay",
            States = [new("x", "", 1, -Symbol("k") * Symbol("x"))],
            Parameters = [new("k", "", 1)],
            Modes = [new("early", Less(Time, 2))],
            Events = [new("slow down", Not(Symbol("early")), [new("k", Symbol("k") / 10)])],
            Observables = [new("rate", "", Symbol("k") * Symbol("x"))],
        };
        var solution = Ode.Solve(new(Kernel.Compile(system), 0, 4), new Rodas5P(), Tight);
        Assert.Equal(Math.Exp(-2.2), solution.FinalState[0], 1e-9);
        int before = solution.Times.IndexOf(2);
        var rate = solution.ObservableColumn("rate");
        Assert.Equal(Math.Exp(-2), rate[before], 1e-8);
        Assert.Equal(Math.Exp(-2) / 10, rate[before + 1], 1e-8);
        Assert.Equal(1, solution.Events[0].ParametersBefore[0]);
        Assert.Equal(0.1, solution.Events[0].ParametersAfter[0]);
    }

    [Fact]
    public void A_mode_freezes_the_right_hand_side_between_stops()
    {
        // x' = 1 until t = 0.3, then −2: exact at the kink, so the end is exact to rounding.
        var solution = Ode.Solve(new(Kernel.Compile(Driven(Select(Symbol("m"), 1, -2), Less(Time, 0.3))), 0, 1), new Rodas4(), new(1e-3, 1e-3));
        Assert.Equal(0.3 - 1.4, solution.FinalState[0], 1e-14);
        Assert.Empty(solution.Events);
        Assert.Equal(2, solution.ParameterSegments.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_relation_true_only_at_the_start_is_taken_from_the_right(bool strict)
    {
        // At t = 0 both t < 0 and t ≤ 0 are about to be false, whatever the second says at 0 itself.
        var relation = strict ? Less(Time, 0) : LessOrEqual(Time, 0);
        var solution = Ode.Solve(new(Kernel.Compile(Driven(Select(Symbol("m"), 100, 1), relation)), 0, 1), new Rodas4(), Tight);
        Assert.Equal(1, solution.FinalState[0], 1e-12);
    }

    [Fact]
    public void A_state_that_starts_on_its_threshold_takes_the_side_it_moves_to()
    {
        // x' = 1 + m with m = (x ≤ 0): from x = 0 it rises at once, so m is false throughout.
        var solution = Ode.Solve(new(Kernel.Compile(Driven(1 + Symbol("m"), LessOrEqual(Symbol("x"), 0))), 0, 1), new Rodas4(), Tight);
        Assert.Equal(1, solution.FinalState[0], 1e-12);
        Assert.Single(solution.ParameterSegments);
    }

    [Fact]
    public void Simultaneous_events_read_the_values_before_the_jump()
    {
        var late = Not(Symbol("m"));
        var system = new EquationSystem
        {
            Name = "swap",
            States = [new("a", "", 1, 0), new("b", "", 2, 0)],
            Parameters = [],
            Modes = [new("m", Less(Time, 1))],
            Events = [new("a to b", late, [new("b", Symbol("a"))]), new("b to a", late, [new("a", Symbol("b"))])],
        };
        var solution = Ode.Solve(new(Kernel.Compile(system), 0, 2), new Rodas4(), Tight);
        Assert.Equal([2, 1], solution.FinalState);
        Assert.Equal(["a to b", "b to a"], Assert.Single(solution.Events).Names);
    }

    [Fact]
    public void An_event_may_trigger_another_at_the_same_time()
    {
        var system = new EquationSystem
        {
            Name = "cascade",
            States = [new("a", "", 0, 0), new("b", "", 0, 0)],
            Parameters = [],
            Modes = [new("early", Less(Time, 1)), new("low", Less(Symbol("a"), 0.5))],
            Events = [new("first", Not(Symbol("early")), [new("a", 1)]), new("second", Not(Symbol("low")), [new("b", Symbol("a") + 1)])],
        };
        var solution = Ode.Solve(new(Kernel.Compile(system), 0, 2), new Rodas4(), Tight);
        Assert.Equal([1, 2], solution.FinalState);
        Assert.Equal(["first", "second"], Assert.Single(solution.Events).Names);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void A_trigger_true_at_the_start_fires_unless_it_counts_as_true_before(bool trueBefore, int jumps)
    {
        var system = new EquationSystem
        {
            Name = "start",
            States = [new("x", "", 1, 0)],
            Parameters = [],
            Modes = [new("m", Less(0, Symbol("x")))],
            Events = [new("fire", Symbol("m"), [new("x", 5)], trueBefore)],
        };
        var solution = Ode.Solve(new(Kernel.Compile(system), 0, 1), new Rodas4(), Tight);
        Assert.Equal(jumps, solution.Events.Length);
        Assert.Equal(jumps == 1 ? 5 : 1, solution.FinalState[0]);
        Assert.Equal(jumps == 1 ? 2 : 1, solution.Times.Count(t => t == 0));
    }

    [Fact]
    public void An_event_at_the_end_still_fires()
    {
        var solution = Ode.Solve(new(Kernel.Compile(Dose()), 0, 5), new Rodas4(), Tight);
        Assert.Equal(Math.Exp(-5) + 2, solution.FinalState[0], 1e-8);
        Assert.Equal(2, solution.Times.Count(t => t == 5));
    }

    [Fact]
    public void A_threshold_crossed_by_a_fast_and_a_slow_state_is_met_in_order()
    {
        // x = e^(−t) falls under 1/2 at ln 2, under 1/4 at 2 ln 2, within one long step.
        var system = new EquationSystem
        {
            Name = "thresholds",
            States = [new("x", "", 1, -Symbol("x")), new("n", "", 0, 0)],
            Parameters = [],
            Modes = [new("half", Less(Symbol("x"), 0.5)), new("quarter", Less(Symbol("x"), 0.25))],
            Events = [new("second", Symbol("quarter"), [new("n", Symbol("n") * 10 + 2)]), new("first", Symbol("half"), [new("n", Symbol("n") * 10 + 1)])],
        };
        var solution = Ode.Solve(new(Kernel.Compile(system), 0, 10), new Rodas5P(), Tight);
        Assert.Equal(12, solution.FinalState[1]);
        Assert.Equal(Math.Log(2), solution.Events[0].Time, 1e-8);
        Assert.Equal(2 * Math.Log(2), solution.Events[1].Time, 1e-8);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_thermostat_switches_at_its_exact_times_and_never_chatters(Method method)
    {
        // x' = p − x between 1 and 2: heated with p = 3 it rises in ln 2, unheated it falls in ln 2; it starts falling from 1.5.
        var system = new EquationSystem
        {
            Name = "thermostat",
            States = [new("x", "", 1.5, Symbol("p") - Symbol("x"))],
            Parameters = [new("p", "", 0)],
            Modes = [new("cold", Less(Symbol("x"), 1)), new("hot", Less(2, Symbol("x")))],
            Events = [new("on", Symbol("cold"), [new("p", 3)]), new("off", Symbol("hot"), [new("p", 0)])],
        };
        var solution = Ode.Solve(new(Kernel.Compile(system), 0, 20), method, Tight, OutputTimes.EndOnly);
        int expected = 1 + (int)((20 - Math.Log(1.5)) / Math.Log(2));
        Assert.Equal(expected, solution.Events.Length);
        for (int k = 0; k < expected; k++)
        {
            Assert.Equal(Math.Log(1.5) + k * Math.Log(2), solution.Events[k].Time, 1e-7);
            Assert.Equal(k % 2 == 0 ? "on" : "off", solution.Events[k].Name);
        }
    }

    [Fact]
    public void A_relation_in_time_that_is_not_affine_is_found_by_its_root()
    {
        // x' = 1 while sin t < 0.5: in 0 … 2π that is all but π/6 … 5π/6.
        var system = Driven(Symbol("m"), Less(Sin(Time), 0.5));
        var solution = Ode.Solve(new(Kernel.Compile(system), 0, 2 * Math.PI), new Rodas4(), Tight, new SolveOptions { MaximumStep = 1 });
        Assert.Equal(4 * Math.PI / 3, solution.FinalState[0], 1e-9);
        Assert.Equal(3, solution.ParameterSegments.Length);
    }

    internal static Kernel Ball(double restitution) => Kernel.Compile(new EquationSystem
    {
        Name = "ball",
        States = [new("x", "m", 1, Symbol("v")), new("v", "m/s", 0, -9.81)],
        Parameters = [],
        Modes = [new("below", Less(Symbol("x"), 0)), new("falling", Less(Symbol("v"), 0))],
        Events = [new("bounce", And(Symbol("below"), Symbol("falling")), [new("v", -restitution * Symbol("v"))])],
    });

    internal static EquationSystem Driven(Expression rate, Expression relation) => new()
    {
        Name = "driven",
        States = [new("x", "", 0, rate)],
        Parameters = [],
        Modes = [new("m", relation)],
    };

    // x' = −x from 1; at t = 5, x grows by 2.
    private static EquationSystem Dose() => new()
    {
        Name = "dose",
        States = [new("x", "", 1, -Symbol("x"))],
        Parameters = [],
        Modes = [new("early", Less(Time, 5))],
        Events = [new("dose", Not(Symbol("early")), [new("x", Symbol("x") + 2)])],
    };
}
