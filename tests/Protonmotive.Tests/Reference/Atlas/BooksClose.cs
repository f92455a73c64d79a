using Protonmotive.Atlas;
using Protonmotive.Solvers;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Reference.Atlas;

/// <summary>The promises every atlas system keeps.</summary>
public class BooksClose
{
    public static TheoryData<string, string> All()
    {
        var all = new TheoryData<string, string>();
        foreach (var system in AtlasCatalogue.Systems.Systems)
            foreach (var scenario in system.Scenarios) all.Add(system.Name, scenario.Name);
        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Closure_residual_is_at_most_ten_times_the_relative_tolerance(string system, string scenario)
    {
        const double relative = 1e-6;
        var ledger = AtlasRun.Of(system, scenario, relative).Ledger;
        Assert.True(ledger.ClosureResidual <= 10 * relative, $"residual {ledger.ClosureResidual:e2}");
        Assert.True(ledger.Activity > 0);
    }

    [Theory]
    [InlineData("mitochondrion")]
    [InlineData("heart")]
    [InlineData("beard-2005")]
    public void Passive_processes_of_consistent_systems_dissipate(string system)
    {
        var ledger = AtlasRun.Of(system, relative: 1e-6).Ledger;
        // 1e-6 of the traffic is what the tolerance leaves of a process at equilibrium.
        Assert.All(ledger.Processes.Where(p => p.Posts && p.Name != "F1" && p.Name != "outer_ADP"), p => Assert.True(p.Power >= -1e-6 * ledger.Activity, p.Name));
    }

    [Theory]
    [InlineData("oligomycin", 0, 1e-9)]
    [InlineData("uncoupler", double.NegativeInfinity, 0)]
    [InlineData("rotenone", double.NegativeInfinity, 0)]
    [InlineData("antimycin", double.NegativeInfinity, 0)]
    [InlineData("cyanide", double.NegativeInfinity, 0)]
    [InlineData("anoxia", double.NegativeInfinity, 0)]
    public void Without_the_gradient_no_ATP_is_made(string scenario, double least, double most)
    {
        var run = AtlasRun.Of("atp-demand", scenario, 1e-6);
        Assert.Equal(6.0, run.Results["ATP synthesis before"], 1e-3);
        Assert.InRange(run.Results["ATP synthesis at the end"], least, most);
    }

    /// <summary>At a steady state what the chain puts into the gradient is taken out of it, and what arrives as ATP is delivered.</summary>
    [Fact]
    public void Carriers_balance_at_steady_state()
    {
        var system = new Protonmotive.Atlas.Mitochondrion.AtpDemand();
        var network = system.Build(system.Scenarios[0]);
        var account = Account.Of(network);
        var problem = new InitialValueProblem(account.Compile(), 0, 1);
        var steady = SteadyState.Find(problem, new Tolerance(1e-10));
        var solution = Ode.Solve(problem with { InitialState = [.. steady.State.Take(problem.Kernel.StateCount)] }, new Rodas4(), new Tolerance(1e-8));
        var powers = account.Read(solution).Processes.SelectMany(p => p.Carriers).ToLookup(c => c.Carrier, c => c.Energy);
        Assert.Equal(0, powers["protons"].Concat(powers["charge"]).Sum(), 1e-3);
        Assert.Equal(0, powers["phosphate"].Sum(), 1e-3);
        Assert.Equal(368.07, powers["phosphate"].Max(), 0.01);
    }

    [Fact]
    public void Stress_test_results_are_consistent()
    {
        var r = AtlasRun.Of("stress-test", relative: 1e-6).Results;
        Assert.Equal(85.89, r["basal respiration"], 0.02);          // the titration's own point at 3 µM/s
        Assert.Equal(7.559, r["leak respiration"], 0.01);           // state 4 of figure 8
        Assert.Equal(r["basal respiration"], r["ATP-linked respiration"] + r["leak respiration"], 1e-9);
        Assert.True(r["maximal respiration"] > r["basal respiration"]);
        Assert.Equal(0, r["rest after rotenone and antimycin"], 1e-3);
    }
}
