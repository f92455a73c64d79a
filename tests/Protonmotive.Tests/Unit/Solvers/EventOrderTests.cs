using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Solvers;

/// <summary>Which event is carried out, when, and with which values; the rules are those of SBML Level 3 Version 2, section 4.11.</summary>
public sealed class EventOrderTests
{
    private static readonly Tolerance Tight = new(1e-9, 1e-11);

    [Theory]
    [InlineData(true, 1)] // x when the trigger turned true, at t = 1
    [InlineData(false, 3)] // x when the event is carried out, two later
    public void A_delayed_event_takes_its_values_when_it_says(bool usesTriggerTimeValues, double expected)
    {
        var solution = Solve(5, new NetworkEvent("copy", LessOrEqual(1, Time), [new EventAssignment("y", Symbol("x"))]) { Delay = 2, UsesTriggerTimeValues = usesTriggerTimeValues });
        Assert.Equal(3, Assert.Single(solution.Events).Time);
        Assert.Equal(expected, solution.Column("y")[^1], 1e-8);
    }

    [Theory]
    [InlineData(true, 7)]
    [InlineData(false, 0)]
    public void An_event_that_is_not_persistent_is_withdrawn_when_its_trigger_fails(bool isPersistent, double expected)
    {
        var window = And(LessOrEqual(1, Time), Less(Time, 2));
        var solution = Solve(5, new NetworkEvent("set", window, [new EventAssignment("y", 7)]) { Delay = 2, IsPersistent = isPersistent });
        Assert.Equal(expected, solution.Column("y")[^1]);
    }

    [Fact]
    public void The_highest_priority_comes_first_and_the_last_assignment_stays()
    {
        NetworkEvent Set(string name, double value, double priority) => new(name, LessOrEqual(1, Time), [new EventAssignment("y", value)]) { Priority = priority };
        var solution = Solve(5, Set("low", 1, -3), Set("high", 2, 10), Set("middle", 3, 4));
        Assert.Equal(["high", "middle", "low"], Assert.Single(solution.Events).Names);
        Assert.Equal(1, solution.Column("y")[^1]);
    }

    [Fact]
    public void A_trigger_is_looked_at_again_after_each_event()
    {
        // The first event makes the trigger of the second false before its turn comes.
        var first = new NetworkEvent("first", LessOrEqual(1, Time), [new EventAssignment("y", 5)]) { Priority = 2 };
        var second = new NetworkEvent("second", And(LessOrEqual(1, Time), Less(Symbol("y"), 1)), [new EventAssignment("x", -100)]) { Priority = 1, IsPersistent = false };
        Assert.Equal(["first"], Assert.Single(Solve(5, first, second).Events).Names);
    }

    [Fact]
    public void Equals_are_carried_out_in_an_order_that_the_seed_decides()
    {
        NetworkEvent Set(string name) => new(name, LessOrEqual(1, Time), [new EventAssignment("y", name == "a" ? 1 : 2)]) { Priority = 1 };
        string First(ulong member) => Solve(2, member, Set("a"), Set("b")).Events[0].Names[0];
        var firsts = Enumerable.Range(0, 200).Select(i => First((ulong)i)).ToList();
        Assert.Equal(firsts, Enumerable.Range(0, 200).Select(i => First((ulong)i)));
        // 200 fair draws: 100 ± 4 standard deviations of √50.
        Assert.InRange(firsts.Count(f => f == "a"), 72, 128);
    }

    [Fact]
    public void A_trigger_that_comes_and_goes_inside_a_step_is_not_missed()
    {
        // Nothing else moves, so steps would be as long as the span; sin 10t turns negative at (2k + 1)π/10: eight times before 5.
        var solution = Solve(5, new NetworkEvent("count", Less(Sin(10 * Time), 0), [new EventAssignment("y", Symbol("y") + 1)]));
        Assert.Equal(8, solution.Column("y")[^1]);
        Assert.Equal(7 * Math.PI / 10, solution.Events[3].Time, 1e-9);
    }

    [Fact]
    public void Concentration_and_volume_set_together_both_follow_from_what_was_before()
    {
        // SBML: the amount becomes 0.2 times the old volume 0.5; in the new volume 0.2 that is a concentration of 0.5.
        var b = new NetworkBuilder("together");
        var cell = b.Compartment("cell", 0.5);
        b.Species("S", cell, 2);
        b.When("both", LessOrEqual(1, Time), [new EventAssignment("S", 0.2), new EventAssignment("cell", 0.2)]);
        var solution = Ode.Solve(new(Kernel.Compile(b.Build().Lower()), 0, 2), new Rodas4(), Tight);
        Assert.Equal(0.5, solution.ObservableColumn("S")[^1], 1e-12);
    }

    [Fact]
    public void A_delay_that_is_negative_is_an_error_that_names_the_event()
    {
        var error = Assert.Throws<NonFiniteException>(() => Solve(5, new NetworkEvent("early", LessOrEqual(1, Time), [new EventAssignment("y", 1)]) { Delay = -1 }));
        Assert.Contains("'early'", error.What, StringComparison.Ordinal);
    }

    private static Solution Solve(double end, params NetworkEvent[] events) => Solve(end, 0, events);

    // x' = 1 from 0; y stands still at 0.
    private static Solution Solve(double end, ulong member, params NetworkEvent[] events)
    {
        var b = new NetworkBuilder("events");
        b.Variable("x", 0);
        b.Variable("y", 0);
        b.Rate("x", 1).Rate("y", 0);
        foreach (var e in events) b.When(e);
        return Ode.Solve(new(Kernel.Compile(b.Build().Lower(), KernelBackend.Interpreted), 0, end), new Rodas5P(), Tight, new SolveOptions { Seed = 3, Member = member });
    }
}
