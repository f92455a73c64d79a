using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Sensitivities;
using Protonmotive.Sensitivities.Bifurcations;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Sensitivities.Bifurcations;

/// <summary>Bifurcations with closed forms: the normal forms of Strogatz (1994), chapters 3 and 8.</summary>
public class ContinuationTests
{
    private static readonly Expression X = Expression.Symbol("x"), Y = Expression.Symbol("y"), Μ = Expression.Symbol("mu");

    [Fact]
    public void A_saddle_node_is_a_fold_at_zero()
    {
        var diagram = Continuation.Trace(Rules(1, (X, Μ - (X * X), 1)), new ContinuationOptions("mu", -1, 2));
        var fold = Assert.Single(diagram.SpecialPoints);
        Assert.Equal(SpecialPointKind.Fold, fold.Kind);
        Assert.Equal(0, fold.ParameterValue, 1e-10);
        Assert.Equal(0, fold.State[0], 1e-7);
        var branch = Assert.Single(diagram.Branches);
        Assert.All(branch.Points, p => Assert.Equal(p.ParameterValue, p.State[0] * p.State[0], 1e-9));
        Assert.All(branch.Points.Where(p => p.IsStable is not null), p => Assert.Equal(p.State[0] > 0, p.IsStable));
        Assert.Equal("mu reaches 2", branch.FirstEnd);
        Assert.Equal("mu reaches 2", branch.LastEnd);
        Assert.Equal([2, 2], new[] { branch.Points[0].ParameterValue, branch.Points[^1].ParameterValue });
        Assert.Equal([-Math.Sqrt(2), Math.Sqrt(2)], new[] { branch.Points[0].State[0], branch.Points[^1].State[0] }.Order().Select(v => Math.Round(v, 12)), (a, b) => Math.Abs(a - b) < 1e-10);
    }

    [Fact]
    public void A_pitchfork_is_a_branch_point_with_two_more_branches()
    {
        var diagram = Continuation.Trace(Rules(-1, (X, (Μ * X) - (X * X * X), 0)), new ContinuationOptions("mu", -1, 1));
        var point = Assert.Single(diagram.SpecialPoints);
        Assert.Equal(SpecialPointKind.Branch, point.Kind);
        Assert.Equal(0, point.ParameterValue, 1e-7);
        Assert.Equal(3, diagram.Branches.Length);
        Assert.Equal([-1.0, 0, 1], diagram.Branches.Select(b => Math.Round(b.Points[^1].State[0], 9) + 0.0).Order());
        Assert.All(diagram.Branches[1..], b => Assert.All(b.Points.Where(p => p.IsStable is not null), p => Assert.True(p.IsStable)));
        Assert.All(diagram.Branches[0].Points.Where(p => Math.Abs(p.ParameterValue) > 1e-3), p => Assert.Equal(p.ParameterValue < 0, p.IsStable));
    }

    [Fact]
    public void A_transcritical_point_exchanges_stability()
    {
        var diagram = Continuation.Trace(Rules(-1, (X, X * (Μ - X), 0)), new ContinuationOptions("mu", -1, 1));
        var point = Assert.Single(diagram.SpecialPoints);
        Assert.Equal(SpecialPointKind.Branch, point.Kind);
        Assert.Equal(0, point.ParameterValue, 1e-7);
        Assert.Equal(3, diagram.Branches.Length);
        Assert.All(diagram.Branches[1..].SelectMany(b => b.Points), p => Assert.Equal(p.ParameterValue, p.State[0], 1e-8));
        Assert.All(diagram.Branches[1..].SelectMany(b => b.Points).Where(p => p.IsStable is not null), p => Assert.Equal(p.ParameterValue > 0, p.IsStable));
    }

    /// <summary>z' = (μ + iω) z ∓ z |z|²: the first Lyapunov coefficient, for an eigenvector of length 1, is ∓1/ω.</summary>
    /// <remarks>With q = (1, −i)/√2 the normal form is w' = iωw ∓ 2·|w|²w, where x = w q + c.c., so l₁ = Re c₁/ω with c₁ = ∓2; see Kuznetsov, 3.5.</remarks>
    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void A_hopf_normal_form_is_super_or_subcritical(double sign)
    {
        const double ω = 1.7;
        var r = (X * X) + (Y * Y);
        var diagram = Continuation.Trace(Rules(-0.5, (X, (Μ * X) - (ω * Y) + (sign * X * r), 0), (Y, (ω * X) + (Μ * Y) + (sign * Y * r), 0)), new ContinuationOptions("mu", -1, 1));
        var hopf = Assert.Single(diagram.SpecialPoints);
        Assert.Equal(SpecialPointKind.Hopf, hopf.Kind);
        Assert.Equal(0, hopf.ParameterValue, 1e-12);
        Assert.Equal(ω, hopf.Frequency!.Value, 1e-12);
        Assert.Equal(sign * 2 / ω, hopf.LyapunovCoefficient!.Value, 1e-6);
    }

    [Fact]
    public void A_closed_curve_is_followed_round_once()
    {
        // x² + μ² = 1 has folds at μ = ±1.
        var diagram = Continuation.Trace(Rules(0, (X, 1 - (X * X) - (Μ * Μ), 1)), new ContinuationOptions("mu", -3, 3));
        var branch = Assert.Single(diagram.Branches);
        Assert.True(branch.IsClosed);
        Assert.Equal([-1, 1], diagram.SpecialPoints.Select(p => Math.Round(p.ParameterValue, 9)));
        Assert.All(diagram.SpecialPoints, p => Assert.Equal(SpecialPointKind.Fold, p.Kind));
    }

    [Fact]
    public void A_conserved_total_is_held_and_can_be_the_parameter()
    {
        // A + 2B ⇌ 3B with A + B = T: B = 0, or B = k₊T/(k₊ + k₋): B's own branch is along T too.
        var b = new NetworkBuilder("autocatalysis");
        var v = b.Compartment("V", 1);
        b.Species("A", v, 2);
        b.Species("B", v, 1);
        b.Process("r", ProcessKind.Reaction, "A + 2 B <-> 3 B", FluxLaw.MassAction(b.Parameter("kf", 3), 1));
        var diagram = Continuation.Trace(b.Build(), new ContinuationOptions("A.initial", 0.5, 5));
        var points = diagram.Branches[0].Points;
        Assert.All(points, p => Assert.Equal(0.75 * (p.ParameterValue + 1), p.State[1], 1e-9));
        Assert.All(points, p => Assert.Equal(p.ParameterValue + 1, p.State[0] + p.State[1], 1e-9));
        var byRate = Continuation.Trace(b.Build(), new ContinuationOptions("kf", 0.1, 10) { IsLogarithmic = true });
        Assert.All(byRate.Branches[0].Points, p => Assert.Equal(3 * p.ParameterValue / (1 + p.ParameterValue), p.State[1], 1e-9));
    }

    [Fact]
    public void A_branch_ends_where_an_amount_turns_negative()
    {
        // in − out: S = (kin − 1)/k, below 0 for kin < 1.
        var b = new NetworkBuilder("drain");
        var v = b.Compartment("V", 1);
        b.Species("S", v, 1);
        b.Process("in", ProcessKind.Reaction, "-> S", FluxLaw.Formula(b.Parameter("kin", 2)));
        b.Process("out", ProcessKind.Reaction, "S ->", FluxLaw.Formula(1 + Expression.Symbol("S")));
        var branch = Assert.Single(Continuation.Trace(b.Build(), new ContinuationOptions("kin", 0, 3)).Branches);
        var ends = new[] { branch.FirstEnd, branch.LastEnd };
        Assert.Contains("S.amount turns negative", ends);
        Assert.Contains("kin reaches 3", ends);
        Assert.All(branch.Points, p => Assert.True(p.State[0] >= -1e-7));
    }

    [Fact]
    public void What_cant_be_followed_is_said()
    {
        var network = Rules(1, (X, Μ - X, 1));
        Assert.Throws<UnknownParameterException>(() => Continuation.Trace(network, new ContinuationOptions("nu", 0, 1)));
        Assert.Equal("From 1 to 0 there is no range.", Assert.Throws<SensitivityException>(() => Continuation.Trace(network, new ContinuationOptions("mu", 1, 0))).What);
        Assert.Equal("From 0 to 1 there is no logarithmic range.", Assert.Throws<SensitivityException>(() => Continuation.Trace(network, new ContinuationOptions("mu", 0, 1) { IsLogarithmic = true })).What);
        Assert.Equal("The steady state does not depend on 'x.initial'.", Assert.Throws<SensitivityException>(() => Continuation.Trace(network, new ContinuationOptions("x.initial", 0, 1))).What);
        Assert.Equal("There is no output 'z'.", Assert.Throws<SensitivityException>(() => Continuation.Trace(network, new ContinuationOptions("mu", 0, 1) { Outputs = ["z"] })).What);
        Assert.Equal("There is no steady state to begin at.", Assert.Throws<SensitivityException>(() => Continuation.Trace(Rules(1, (X, 1 + (Μ * Μ), 1)), new ContinuationOptions("mu", 0, 1) { Horizon = 10 })).What);
    }

    private static Network Rules(double μ, params (Expression Variable, Expression Rate, double Start)[] rules)
    {
        var b = new NetworkBuilder("rules");
        b.Parameter("mu", μ);
        foreach (var (variable, rate, start) in rules)
        {
            b.Variable(variable.Name, start);
            b.Rate(variable.Name, rate);
        }

        return b.Build();
    }
}
