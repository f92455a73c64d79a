using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Solvers;

/// <summary>Algebraic rules, fast processes, rates of change by name, and random parameters.</summary>
public sealed class AlgebraicTests
{
    private static readonly Tolerance Tight = new(1e-9, 1e-11);

    [Fact]
    public void An_algebraic_rule_holds_from_a_start_that_is_not_consistent_and_after_a_jump()
    {
        // x' = −x from 1, doubled at 1; z² + x = 5 with z near 2.
        var b = new NetworkBuilder("root");
        var x = b.Variable("x", 1);
        b.Variable("z", 1.5);
        b.Rate("x", -Symbol("x")).Require("z", (Symbol("z") * Symbol("z")) + Symbol("x") - 5);
        b.At(1, "double", (x, 2 * Symbol("x")));
        var solution = Ode.Solve(new(Kernel.Compile(b.Build().Lower()), 0, 2), new Rodas5P(), Tight);
        for (int row = 0; row < solution.RowCount; row++) Assert.Equal(Math.Sqrt(5 - solution.Column("x")[row]), solution.Column("z")[row], 1e-8);
        Assert.Equal(2 * Math.Exp(-2), solution.Column("x")[^1], 1e-8);
    }

    [Fact]
    public void A_system_of_algebraic_rules_alone_is_solved_at_every_time()
    {
        var b = new NetworkBuilder("alone");
        b.Variable("u", 0);
        b.Variable("v", 0);
        b.Require("u", Symbol("u") + Symbol("v") - Time).Require("v", Symbol("u") - Symbol("v") - 1);
        var solution = Ode.Solve(new(Kernel.Compile(b.Build().Lower()), 0, 4), new Rodas5P(), Tight, OutputTimes.Uniform(5));
        Assert.All(solution.Times.Zip(solution.Column("u").ToArray()), row => Assert.Equal((row.First + 1) / 2, row.Second, 1e-9));
    }

    [Fact]
    public void An_equation_that_does_not_determine_its_variable_is_an_error()
    {
        var b = new NetworkBuilder("undetermined");
        b.Variable("x", 1);
        b.Variable("z", 1);
        b.Rate("x", -Symbol("x")).Require("z", Symbol("x") - 0.5 + (0 * Time));
        var error = Assert.Throws<SolverException>(() => Ode.Solve(new(Kernel.Compile(b.Build().Lower()), 0, 1), new Rodas5P(), Tight));
        Assert.Contains("'z'", error.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fast_process_keeps_its_equilibrium_while_the_rest_moves()
    {
        // A ⇌ B at once, with 2 A = B; A leaves at rate 3 A: the total decays as exp(−t), a third of it A.
        var b = new NetworkBuilder("fast");
        var cell = b.Compartment("cell", 1);
        var A = b.Species("A", cell, 1);
        var B = b.Species("B", cell, 0);
        b.Process(new Process("turn", "", ProcessKind.Reaction, [new(A, 1)], [new(B, 1)], FluxLaw.Formula((2 * A.Symbol) - B.Symbol)) { IsFast = true });
        b.Process("leave", ProcessKind.Reaction, [new Participant(A, 1)], [], FluxLaw.Formula(3 * A.Symbol));
        var solution = Ode.Solve(new(Kernel.Compile(b.Build().Lower()), 0, 2), new Rodas5P(), Tight, OutputTimes.Uniform(5));
        for (int row = 0; row < solution.RowCount; row++)
        {
            double total = Math.Exp(-solution.Times[row]);
            Assert.Equal(total / 3, solution.ObservableColumn("A")[row], 1e-7); // ten orders faster than slow: an error of 1e-10, and the tolerance
            Assert.Equal(2 * total / 3, solution.ObservableColumn("B")[row], 1e-7);
        }
    }

    [Fact]
    public void A_rate_of_change_can_be_named()
    {
        var b = new NetworkBuilder("rates");
        var cell = b.Compartment("cell", 1);
        b.Rate("cell", 1);
        b.Species("S", cell, 6);
        b.Define("slope", Symbol(Network.RateName("S")));
        var solution = Ode.Solve(new(Kernel.Compile(b.Build().Lower()), 0, 2), new Rodas5P(), Tight, OutputTimes.Uniform(3));
        // The amount 6 stays in a volume 1 + t, so c = 6/(1 + t) and c' = −6/(1 + t)².
        Assert.All(solution.Times.Zip(solution.ObservableColumn("slope")), row => Assert.Equal(-6 / Math.Pow(1 + row.First, 2), row.Second, 1e-8));
    }

    [Fact]
    public void Random_parameters_differ_between_runs_and_not_between_repetitions()
    {
        var b = new NetworkBuilder("drawn");
        var k = b.Draw(new Draw("k", Distribution.Uniform, [2, 3]));
        b.Variable("x", k);
        b.Rate("x", 0);
        var kernel = Kernel.Compile(b.Build().Lower());
        double Start(ulong member) => Ode.Solve(new(kernel, 0, 1), new Rodas5P(), Tight, new SolveOptions { Seed = 5, Member = member }).FinalState[0];
        var starts = Enumerable.Range(0, 50).Select(i => Start((ulong)i)).ToList();
        Assert.All(starts, x => Assert.InRange(x, 2, 3));
        Assert.Equal(50, starts.Distinct().Count());
        Assert.Equal(starts[7], Start(7));
    }
}
