using Protonmotive.Networks;
using Protonmotive.Solvers.Stochastic;
using Protonmotive.Symbolics;
using Protonmotive.Tests.Unit.Solvers.Stochastic;
using Xunit;

namespace Protonmotive.Tests.Fault.Solvers.Stochastic;

/// <summary>Models that have no stochastic meaning, and runs that can't go on, are told by channel, amount and time.</summary>
public sealed class StochasticFaults
{
    private static StochasticException Failing(Network network, StochasticOptions? options = null, double end = 100) =>
        Assert.Throws<StochasticException>(() => StochasticEnsemble.Run(network, 3, 8, [0, end], options));

    [Fact]
    public void A_negative_propensity_is_named_with_its_values()
    {
        var error = Failing(JumpModels.With(5, (b, x) => b.Process("exchange", ProcessKind.Reaction, "X ->", FluxLaw.Formula(x - 4.5))));
        Assert.Contains("'exchange'", error.What);
        Assert.Contains("-0.5", error.What);
        Assert.Contains("X.amount = 4", error.Where);
        Assert.Contains("run 0", error.Where);
        Assert.Contains("split", error.Mend);
    }

    [Fact]
    public void A_propensity_that_is_no_number_is_named() =>
        Assert.Contains("NaN", Failing(JumpModels.With(1, (b, x) => b.Process("p", ProcessKind.Reaction, "X ->", FluxLaw.Formula(x * Expression.Log(x - 2))))).What);

    [Fact]
    public void An_infinite_propensity_is_named()
    {
        foreach (StochasticMethod method in new StochasticMethod[] { new StochasticMethod.Direct(), new StochasticMethod.NextReaction() })
            Assert.Contains("'p' is", Failing(JumpModels.With(1, (b, x) => b.Process("p", ProcessKind.Reaction, "X ->", FluxLaw.Formula(1 / (x - 1)))), new StochasticOptions { Method = method }).What);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(-1)]
    [InlineData(1e16)]
    public void An_amount_that_is_no_count_is_refused(double amount)
    {
        var error = Failing(JumpModels.With(amount, (b, x) => b.Process("p", ProcessKind.Reaction, "X ->", FluxLaw.Formula(x * 1))));
        Assert.Contains("'X.amount'", error.What);
        Assert.Contains("molecules", error.Mend);
    }

    [Fact]
    public void Rounding_of_concentration_times_volume_is_forgiven()
    {
        var b = new NetworkBuilder("rounded");
        var x = b.Species("X", b.Compartment("cell", 0.1), 7.000000000000001 / 0.1);
        b.Process("p", ProcessKind.Reaction, "X ->", FluxLaw.Formula(x * 1));
        Assert.Equal(7, StochasticSimulation.Run(b.Build(), 1, [0], options: new StochasticOptions { Outputs = ["X.amount"] })["X.amount"][0]);
    }

    [Fact]
    public void A_reactant_that_is_not_there_can_not_be_taken()
    {
        var error = Failing(JumpModels.With(3, (b, x) => b.Process("drain", ProcessKind.Reaction, "X ->", FluxLaw.Formula(2))));
        Assert.Contains("'drain' takes more of 'X.amount' than there is", error.What);
    }

    [Fact]
    public void An_absorbing_state_is_an_end_not_an_error()
    {
        var network = JumpModels.With(5, (b, x) => b.Process("death", ProcessKind.Reaction, "X ->", FluxLaw.Formula(x * 1)));
        foreach (StochasticMethod method in new StochasticMethod[] { new StochasticMethod.Direct(), new StochasticMethod.NextReaction() })
        {
            var run = StochasticSimulation.Run(network, 1, [0, 1e6, 1e9], options: new StochasticOptions { Method = method });
            Assert.Equal([5, 0, 0], run["X"]);
            Assert.Equal(5, run.Firings);
        }
    }

    [Fact]
    public void A_model_without_processes_stands_still() =>
        Assert.Equal([2, 2], StochasticSimulation.Run(JumpModels.With(2, (_, _) => { }), 1, [0, 1])["X"]);

    [Fact]
    public void An_explosion_ends_with_its_cause()
    {
        // X + X → 3 X grows without bound in finite time.
        var network = JumpModels.With(10, (b, x) => b.Process("birth", ProcessKind.Reaction, "2 X -> 3 X", FluxLaw.Formula(x * (x - 1) * 1e3)));
        var error = Failing(network, new StochasticOptions { MaximumFirings = 1_000_000 });
        Assert.Contains("fired", error.What);
        Assert.Contains("X.amount", error.Where + error.What);
    }

    [Fact]
    public void Limits_on_firings_and_amounts_hold()
    {
        var network = JumpModels.With(10, (b, x) => b.Process("birth", ProcessKind.Reaction, "X -> 2 X", FluxLaw.Formula(x * 1)));
        Assert.Contains("above the limit of 100000", Failing(network, new StochasticOptions { MaximumFirings = 100_000 }).What);
        Assert.Contains("above the limit of 20000", Failing(network, new StochasticOptions { MaximumAmount = 20_000 }).What);
    }

    [Fact]
    public void The_failing_run_of_the_lowest_number_is_told_whatever_the_threads()
    {
        var network = JumpModels.With(3, (b, x) => b.Process("drain", ProcessKind.Reaction, "X ->", FluxLaw.Formula(0.02)));
        string One(int threads) => Assert.Throws<StochasticException>(() =>
            StochasticEnsemble.Run(network, 2000, 8, [0, 50], new StochasticOptions { Threads = threads })).Message;
        Assert.Equal(One(1), One(4));
    }

    [Fact]
    public void Cancellation_ends_a_long_run()
    {
        var network = JumpModels.With(1000, (b, x) => b.Process("turnover", ProcessKind.Reaction, "X -> X", FluxLaw.Formula(x * 1e6)));
        using var soon = new CancellationTokenSource(100);
        Assert.Throws<OperationCanceledException>(() => StochasticEnsemble.Run(network, 10, 1, [0, 1e6], new StochasticOptions { Cancellation = soon.Token }));
    }

    [Fact]
    public void What_has_no_stochastic_meaning_is_refused_by_name()
    {
        var b = new NetworkBuilder("algebraic");
        b.Variable("a", 1);
        b.Require("a", Expression.Symbol("a") - 2);
        Assert.Contains("'a'", Assert.Throws<NetworkException>(() => b.Build().ToChannels()).What);
    }

    [Fact]
    public void Unknown_outputs_bad_times_and_no_runs_are_refused()
    {
        var network = JumpModels.Immigration();
        Assert.Contains("'Z'", Failing(network, new StochasticOptions { Outputs = ["Z"] }).What);
        Assert.Contains("comes after", Failing(network, end: -1).What);
        Assert.Contains("No times", Assert.Throws<StochasticException>(() => StochasticSimulation.Run(network, 1, [])).What);
        Assert.Contains("0 runs", Assert.Throws<StochasticException>(() => StochasticEnsemble.Run(network, 0, 1, [0, 1])).What);
        Assert.Contains("not kept", Assert.Throws<StochasticException>(() => StochasticEnsemble.Run(network, 1, 1, [0, 1]).Quantile("X", 0.5)).What);
    }
}
