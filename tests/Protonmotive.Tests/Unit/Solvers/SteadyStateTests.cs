using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Protonmotive.Tests.Reference.Solvers;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Solvers;

/// <summary>Steady states of small systems that can be solved by hand.</summary>
public sealed class SteadyStateTests
{
    private static readonly Tolerance Tight = new(1e-8, 1e-10);
    private static readonly Expression X = Symbol("y1"), Y = Symbol("y2"), Z = Symbol("y3");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_closed_reaction_depends_on_its_total(bool followsDynamics)
    {
        // A ⇌ B with k₊ = 2, k₋ = 1 and A + B = 3: A = 1, B = 2, relaxing at rate 3.
        var flux = 2 * X - Y;
        var result = SteadyState.Find(Problem([-flux, flux], 3, 0), Tight, new SteadyStateOptions { FollowsDynamics = followsDynamics });
        Assert.True(result.Found);
        Assert.Equal(1, result.State[0], 1e-10);
        Assert.Equal(2, result.State[1], 1e-10);
        Assert.Equal("y1 + y2 = 3", Assert.Single(result.ConservedTotals).ToString());
        Assert.True(result.DependsOnStart);
        Assert.True(result.IsStable);
        Assert.Equal(-3, Assert.Single(result.Eigenvalues).Real, 1e-9);
        Assert.Equal(followsDynamics, result.IntegratedTime > 0);
    }

    [Fact]
    public void A_membrane_may_charge_to_either_side_from_none()
    {
        // A cation ten times more concentrated outside: Nernst, ΔΨ = −(RT/F) ln 10 outside less inside, so the charge is negative.
        var b = new NetworkBuilder("cation");
        b.Temperature = b.Parameter("T", 298.15, "K");
        Compartment outside = b.Compartment("outside", 1), inside = b.Compartment("inside", 1);
        b.Membrane("V", [outside], [inside], 1e-3, 0);
        b.Reservoir("K_out", outside, 1, charge: 1, standardPotential: 0);
        b.Reservoir("K_in", inside, 0.1, charge: 1, standardPotential: 0);
        b.Species("tracer", inside, 1, standardPotential: 0);
        b.Process("leak", ProcessKind.Leak, "K_out <-> K_in", FluxLaw.GoldmanHodgkinKatz(1e-6));
        b.Process("decay", ProcessKind.Reaction, "tracer <->", FluxLaw.MassAction(1, 0.5));
        var result = SteadyState.Find(new InitialValueProblem(Kernel.Compile(b.Build().Lower()), 0, 1), Tight);
        Assert.True(result.Found, result.Explanation);
        Assert.Equal(-1e-3 * PhysicalConstants.CodataGasConstant * 298.15 / PhysicalConstants.CodataFaraday * Math.Log(10), result.State[0], 1e-9);
    }

    [Fact]
    public void An_open_system_does_not_depend_on_its_start()
    {
        var result = SteadyState.Find(Problem([1 - X, X - 2 * Y], 5, 5), Tight);
        Assert.True(result.Found);
        Assert.False(result.DependsOnStart);
        Assert.Equal(1, result.State[0], 1e-10);
        Assert.Equal(0.5, result.State[1], 1e-10);
        Assert.InRange(result.Residual, 0, 1e-9);
    }

    [Fact]
    public void Enzyme_kinetics_finds_both_moieties()
    {
        // E + S ⇌ C → E + P, product back to substrate: E + C and S + C + P are conserved.
        Expression e = X, s = Y, c = Z, p = Symbol("y4");
        var bind = 10 * e * s - 2 * c;
        var make = 3 * c;
        var back = 0.5 * p;
        var result = SteadyState.Find(Problem([-bind + make, -bind + back, bind - make, make - back], 1, 4, 0, 0), Tight);
        Assert.True(result.Found);
        Assert.Equal(2, result.ConservedTotals.Length);
        Assert.Equal(1, result.State[0] + result.State[2], 1e-9);
        Assert.Equal(4, result.State[1] + result.State[2] + result.State[3], 1e-9);
        Assert.Equal(3 * result.State[2], 0.5 * result.State[3], 1e-8);
    }

    [Fact]
    public void A_slow_leak_beside_a_fast_exchange_is_no_conservation_law()
    {
        // A ⇌ B at 1e6, a source of 2e-6 and a leak of 1e-6 A: A + B is not conserved, and A = B = 2 in the end.
        var exchange = 1e6 * (X - Y);
        var result = SteadyState.Find(Problem([2e-6 - 1e-6 * X - exchange, exchange], 5, 1), Tight, new SteadyStateOptions { Horizon = 1e8 });
        Assert.Empty(result.ConservedTotals);
        Assert.True(result.Found, result.Explanation);
        Assert.Equal(2, result.State[0], 1e-5); // the sum decides over twelve decades: some 1e-16 / 1e-12 of it is rounding
    }

    [Fact]
    public void Given_laws_are_used()
    {
        var flux = 2 * X - Y;
        var result = SteadyState.Find(Problem([-flux, flux], 3, 0), Tight, new SteadyStateOptions { ConservationLaws = new double[,] { { 2, 2 } } });
        Assert.Equal(3, Assert.Single(result.ConservedTotals).Total, 1e-12);
        Assert.Equal(1, result.State[0], 1e-10);
    }

    [Fact]
    public void An_oscillator_has_no_steady_state()
    {
        var result = SteadyState.Find(new(Kernel.Compile(StiffProblems.Brusselator()), 0, 20), new(1e-5, 1e-8), new SteadyStateOptions { Horizon = 300 });
        Assert.Equal(SteadyStateStatus.Oscillates, result.Status);
        Assert.Contains("oscillating", result.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Growth_has_no_steady_state()
    {
        Assert.Equal(SteadyStateStatus.Grows, SteadyState.Find(Problem([1 + 0 * X], 1), Tight).Status);
        Assert.Equal(SteadyStateStatus.Grows, SteadyState.Find(Problem([X * X], 1), Tight).Status);
    }

    [Fact]
    public void A_driven_system_has_no_steady_state() =>
        Assert.Equal(SteadyStateStatus.DependsOnTime, SteadyState.Find(Problem([Sin(Time) - X], 1), Tight, new SteadyStateOptions { Horizon = 100 }).Status);

    [Fact]
    public void Two_stable_states_are_met_from_perturbed_starts()
    {
        var problem = Problem([-(X - 1) * (X - 2) * (X - 3)], 1.5);
        var result = SteadyState.Find(problem, Tight, new SteadyStateOptions { FollowsDynamics = true, PerturbedStarts = 8 });
        Assert.Equal(1, result.State[0], 1e-9);
        Assert.Equal(3, Assert.Single(result.Others)[0], 1e-9);
        Assert.True(result.DependsOnStart);
    }

    [Fact]
    public void An_unstable_state_is_not_taken_for_the_one_it_settles_at()
    {
        // x' = x (1 − x) from 0.001: Newton from the start is drawn to 0, which repels.
        var result = SteadyState.Find(Problem([X * (1 - X)], 1e-3), Tight);
        Assert.Equal(1, result.State[0], 1e-9);
        Assert.True(result.IsStable);
    }

    [Fact]
    public void Quadratures_are_left_out()
    {
        var system = StiffProblems.System("with an integral", [2], [1 - X]) with { Quadratures = [new("q", "", X, null, 1)] };
        var result = SteadyState.Find(new(Kernel.Compile(system), 0, 10), Tight);
        Assert.Equal(1, Assert.Single(result.State), 1e-10);
        Assert.True(result.Found);
    }

    [Fact]
    public void A_switched_system_settles_after_its_last_switch()
    {
        // x' = p − x, p = 1 until t = 5 and 2 after.
        var system = StiffProblems.System("switched", [0], [Symbol("p") - X]) with
        {
            Parameters = [new("p", "", 1)],
            Modes = [new("early", Less(Time, 5))],
            Events = [new("raise", Not(Symbol("early")), [new("p", 2)])],
        };
        var result = SteadyState.Find(new(Kernel.Compile(system), 0, 10), Tight);
        Assert.Equal(2, Assert.Single(result.State), 1e-9);
        Assert.Equal(2, result.Parameters[0]);
    }

    [Fact]
    public void A_stiff_network_settles_with_its_moiety()
    {
        // HIRES: y₇ + y₈ stays 0.0057.
        var result = SteadyState.Find(new(Kernel.Compile(StiffProblems.Hires()), 0, 1000), Tight);
        Assert.True(result.Found, result.Explanation);
        Assert.Equal("y7 + y8 = 0.0057", Assert.Single(result.ConservedTotals).ToString());
        Assert.Equal(0.0057, result.State[6] + result.State[7], 1e-12);
        Assert.InRange(result.Residual, 0, 1e-12);
    }

    private static InitialValueProblem Problem(Expression[] rates, params double[] initial) =>
        new(Kernel.Compile(StiffProblems.System("small", initial, rates)), 0, 10);
}
