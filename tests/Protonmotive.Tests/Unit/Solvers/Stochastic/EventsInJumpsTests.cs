using Protonmotive.Networks;
using Protonmotive.Solvers.Stochastic;
using Protonmotive.Symbolics;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Solvers.Stochastic;

/// <summary>Events, rate rules, draws and explicit time between firings.</summary>
public sealed class EventsInJumpsTests
{
    public static TheoryData<StochasticMethod> Methods => [new StochasticMethod.Direct(), new StochasticMethod.NextReaction()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void An_event_at_a_time_resets_at_that_time(StochasticMethod method)
    {
        var run = StochasticSimulation.Run(JumpModels.With(0, (b, x) =>
        {
            b.Process("arrival", ProcessKind.Reaction, "-> X", FluxLaw.Formula(5));
            b.At(4, "reset", (x, 100));
        }), 3, [0, 3.9, 4, 8], options: new StochasticOptions { Method = method });
        Assert.InRange(run["X"][1], 1, 60);
        Assert.Equal(100, run["X"][2]);
        Assert.InRange(run["X"][3], 101, 160);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void An_event_on_an_amount_is_carried_out_at_the_firing(StochasticMethod method)
    {
        // X counts up; each time it would be 10 it is set to 0: never above 9, and the resets are counted.
        var ensemble = StochasticEnsemble.Run(JumpModels.With(0, (b, x) =>
        {
            var resets = b.Parameter("resets", 0);
            b.Process("arrival", ProcessKind.Reaction, "-> X", FluxLaw.Formula(7));
            b.When("reset", GreaterOrEqual(x, 10), [new EventAssignment("X", 0), new EventAssignment("resets", resets + 1)]);
            b.Assign("arrivals", 10 * resets.Symbol + x);
        }), 2000, 4, JumpModels.Times(20, 40), new StochasticOptions { Method = method, Outputs = ["X", "arrivals"] });
        Assert.All(ensemble.Maximum("X"), most => Assert.InRange(most, 0, 9));
        // All arrivals together stay Poisson, mean 140: within 4.5 deviations of a mean of 2000.
        Assert.Equal(140, ensemble.Mean("arrivals")[40], 4.5 * Math.Sqrt(140.0 / 2000));
        Assert.Equal(140, Math.Pow(ensemble.StandardDeviation("arrivals")[40], 2), 4.5 * 140 * Math.Sqrt(2.0 / 2000));
    }

    [Fact]
    public void A_delayed_event_comes_after_its_delay_and_may_be_withdrawn()
    {
        Network Delayed(bool persistent) => JumpModels.With(1, (b, x) =>
        {
            b.Process("death", ProcessKind.Reaction, "X ->", FluxLaw.Formula(x * 1));
            b.Parameter("seen", 0);
            b.When(new NetworkEvent("late", Greater(x, 0), [new EventAssignment("seen", 1)], TrueBeforeStart: false) { Delay = 2, IsPersistent = persistent });
        });
        var options = new StochasticOptions { Outputs = ["seen", "X"] };
        var kept = StochasticEnsemble.Run(Delayed(true), 2000, 4, [0, 1.99, 2, 3], options);
        Assert.Equal([0, 0, 1, 1], kept.Mean("seen"));
        // Withdrawn unless X outlives the delay, with probability e^(−2).
        var withdrawn = StochasticEnsemble.Run(Delayed(false), 2000, 4, [0, 1.99, 2, 3], options);
        Assert.Equal(Math.Exp(-2), withdrawn.Mean("seen")[2], 4.5 * Math.Sqrt(Math.Exp(-2) / 2000));
    }

    [Fact]
    public void Rate_rules_tick_between_firings_and_drive_events()
    {
        // A clock with its own pace: at 0.5 it is set back to −0.5, so once each unit of time.
        var ensemble = StochasticEnsemble.Run(JumpModels.With(0, (b, x) =>
        {
            b.Variable("clock", 0);
            b.Rate("clock", 1);
            b.When("tick", GreaterOrEqual(Symbol("clock"), 0.5), [new EventAssignment("X", x + 1), new EventAssignment("clock", -0.5)]);
        }), 10, 1, JumpModels.Times(50, 50));
        for (int i = 0; i <= 50; i++) Assert.Equal(i, ensemble.Mean("X")[i]);
        Assert.Equal(0, ensemble.Maximum("clock")[7] - ensemble.Minimum("clock")[7]);
        Assert.Equal(0, ensemble.Mean("clock")[7], 1e-12);
    }

    [Fact]
    public void Random_numbers_are_drawn_at_the_start_and_at_events()
    {
        var ensemble = StochasticEnsemble.Run(JumpModels.With(0, (b, x) =>
        {
            var noise = b.Draw(new Draw("noise", Distribution.Normal, [3, 2]));
            b.Parameter("y", 0);
            b.At(1, "set", (b.Parameter("z", 0), noise));
            b.InitialAssignment("y", noise);
        }), 4000, 6, [0, 1, 2], new StochasticOptions { Outputs = ["y", "z"], KeepsSamples = true });
        foreach (var (name, row) in new[] { ("y", 0), ("z", 1) })
        {
            Assert.Equal(3, ensemble.Mean(name)[row], 4.5 * 2 / Math.Sqrt(4000));
            Assert.Equal(4, Math.Pow(ensemble.StandardDeviation(name)[row], 2), 4.5 * 4 * Math.Sqrt(2.0 / 4000));
        }
        Assert.NotEqual(ensemble.Sample("y", 2)[0], ensemble.Sample("z", 2)[0]);
    }

    [Fact]
    public void Propensities_that_depend_on_time_have_their_integral()
    {
        // Arrivals at rate 5 (1 + sin t), and from t = 3 on 20 more by a condition: Poisson with the integral as mean.
        var ensemble = StochasticEnsemble.Run(JumpModels.With(0, (b, x) =>
            b.Process("arrival", ProcessKind.Reaction, "-> X", FluxLaw.Formula((5 * (1 + Sin(Time))) + Select(GreaterOrEqual(Time, 3), 20, 0)))),
            2000, 9, [0, 1, 3, 5]);
        for (int i = 1; i < 4; i++)
        {
            double t = ensemble.Times[i], m = (5 * (t + 1 - Math.Cos(t))) + (t > 3 ? 20 * (t - 3) : 0);
            Assert.Equal(m, ensemble.Mean("X")[i], 4.5 * Math.Sqrt(m / 2000));
            Assert.Equal(m, Math.Pow(ensemble.StandardDeviation("X")[i], 2), 4.5 * m * Math.Sqrt((2 + (1 / m)) / 2000));
        }
    }

    [Fact]
    public void A_volume_that_grows_dilutes_what_meets_in_it()
    {
        // Loss at rate k/V with V = 1 + t: survival (1 + t)^(−k).
        var b = new NetworkBuilder("growing");
        var cell = b.Compartment("cell", 1);
        b.Rate("cell", 1);
        var x = b.Species("X", cell, 50, inAmounts: true);
        b.Process("loss", ProcessKind.Reaction, "X ->", FluxLaw.Formula(1.5 * x.Symbol / cell));
        var ensemble = StochasticEnsemble.Run(b.Build(), 2000, 9, [0, 1, 4]);
        foreach (var (row, t) in new[] { (1, 1.0), (2, 4.0) })
        {
            double p = Math.Pow(1 + t, -1.5);
            Assert.Equal(50 * p, ensemble.Mean("X")[row], 4.5 * Math.Sqrt(50 * p * (1 - p) / 2000));
        }
    }
}
