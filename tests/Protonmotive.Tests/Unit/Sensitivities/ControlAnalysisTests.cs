using System.Collections.Immutable;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Sensitivities;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Sensitivities;

public class ControlAnalysisTests
{
    /// <summary>X₀ ⇌ S → X₁ with v₁ = k₁X₀ − k₋₁S and v₂ = k₂S (Heinrich and Schuster 1996, section 5.3), in a vessel of 2 L.</summary>
    [Fact]
    public void A_chain_of_two_steps_has_its_closed_form()
    {
        const double k1 = 3, km1 = 0.7, k2 = 1.3, x0 = 2;
        var b = new NetworkBuilder("chain");
        var v = b.Compartment("V", 2);
        var (a, s, p) = (b.Reservoir("X0", v, x0), b.Species("S", v, 0.1), b.Reservoir("X1", v, 0));
        b.Process("v1", ProcessKind.Reaction, "X0 <-> S", FluxLaw.Formula(v.Symbol * ((b.Parameter("k1", k1) * a) - (b.Parameter("km1", km1) * s.Symbol))));
        b.Process("v2", ProcessKind.Reaction, "S -> X1", FluxLaw.Formula(v.Symbol * (b.Parameter("k2", k2) * s)));
        var control = ControlAnalysis.At(b.Build());

        double first = k2 / (km1 + k2), second = km1 / (km1 + k2), level = k1 * x0 / (km1 + k2);
        Assert.Equal(level, control.Quantities.Single().Value, 1e-12);
        Assert.Equal(2 * k2 * level, control.Fluxes[0].Value, 1e-11);
        foreach (var flux in new[] { "v1", "v2" })
        {
            Assert.Equal(first, control.FluxControl.Scaled(flux, "v1"), 1e-12);
            Assert.Equal(second, control.FluxControl.Scaled(flux, "v2"), 1e-12);
        }

        Assert.Equal(first, control.ConcentrationControl.Scaled("S", "v1"), 1e-12);
        Assert.Equal(-first, control.ConcentrationControl.Scaled("S", "v2"), 1e-12);
        Assert.Equal(-km1 * level / ((k1 * x0) - (km1 * level)), control.Elasticities.Scaled("v1", "S"), 1e-12);
        Assert.Equal(1, control.Elasticities.Scaled("v2", "S"), 1e-12);
        Assert.Equal(-2 * km1, control.Elasticities.Unscaled("v1", "S"), 1e-12);

        // J = V k₁k₂X₀/(k₋₁ + k₂): its logarithmic slopes.
        Assert.Equal(1, control.FluxResponse.Scaled("v1", "k1"), 1e-12);
        Assert.Equal(1, control.FluxResponse.Scaled("v1", "X0"), 1e-12);
        Assert.Equal(1 - (k2 / (km1 + k2)), control.FluxResponse.Scaled("v1", "k2"), 1e-12);
        Assert.Equal(1, control.FluxResponse.Scaled("v1", "V"), 1e-12);
        Assert.Equal(0, control.FluxResponse.Unscaled("v1", "S.initial"));
        Assert.Equal(0, control.ConcentrationResponse.Scaled("S", "V"), 1e-12);
        Assert.Equal(k1 / (km1 + k2), control.ConcentrationResponse.Unscaled("S", "X0"), 1e-12);
    }

    /// <summary>A ⇄ B by two irreversible steps: J = k₁k₂T/(k₁ + k₂) with the total T = A + B.</summary>
    [Fact]
    public void A_conserved_total_is_held_and_has_its_own_response()
    {
        const double k1 = 2, k2 = 0.5;
        var control = ControlAnalysis.At(Cycle(k1, k2, 3, 1));
        Assert.Single(control.SteadyState.ConservedTotals);
        Assert.Equal(k1 * k2 * 4 / (k1 + k2), control.Fluxes[0].Value, 1e-11);
        Assert.Equal(k2 / (k1 + k2), control.FluxControl.Scaled("there", "there"), 1e-12);
        Assert.Equal(k1 / (k1 + k2), control.FluxControl.Scaled("there", "back"), 1e-12);
        Assert.Equal(-k1 / (k1 + k2), control.ConcentrationControl.Scaled("A", "there"), 1e-12);
        Assert.Equal(0.75, control.FluxResponse.Scaled("there", "A.initial"), 1e-12);
        Assert.Equal(0.25, control.FluxResponse.Scaled("there", "B.initial"), 1e-12);
        Assert.InRange(control.FluxSummationResidual, 0, 1e-12);
        Assert.InRange(control.ConcentrationSummationResidual, 0, 1e-12);
        Assert.InRange(control.ConnectivityResidual, 0, 1e-12);
    }

    [Fact]
    public void Parameters_that_follow_others_are_followed_unless_they_are_set()
    {
        NetworkBuilder Make()
        {
            var b = new NetworkBuilder("open");
            var v = b.Compartment("V", 1);
            b.Species("S", v, 1);
            var kin = b.Parameter("kin", 2);
            b.Parameter("kout", kin * kin);
            b.Process("in", ProcessKind.Reaction, "-> S", FluxLaw.Formula(kin));
            b.Process("out", ProcessKind.Reaction, "S ->", FluxLaw.Formula(Expression.Symbol("kout") * Expression.Symbol("S")));
            return b;
        }

        // S = kin/kout = 1/kin; with kout set, S = kin/kout.
        Assert.Equal(-1, ControlAnalysis.At(Make().Build()).ConcentrationResponse.Scaled("S", "kin"), 1e-12);
        var set = new ControlOptions { Overrides = ImmutableDictionary<string, double>.Empty.Add("kout", 5) };
        Assert.Equal(1, ControlAnalysis.At(Make().Build(), set).ConcentrationResponse.Scaled("S", "kin"), 1e-12);
    }

    [Fact]
    public void Fluxes_at_equilibrium_are_said_to_be_idle()
    {
        var b = new NetworkBuilder("closed");
        var v = b.Compartment("V", 1);
        b.Species("A", v, 3);
        b.Species("B", v, 0);
        b.Process("r", ProcessKind.Reaction, "A <-> B", FluxLaw.MassAction(2, 1));
        var control = ControlAnalysis.At(b.Build());
        Assert.Equal(["r"], control.IdleFluxes);
        Assert.True(double.IsNaN(control.FluxControl.Scaled("r", "r")));
        Assert.Equal(0, control.ConcentrationControl.Scaled("A", "r"), 1e-9);
        Assert.Equal(1, control.ConcentrationResponse.Scaled("A", "A.initial"), 1e-9);
    }

    [Fact]
    public void What_cant_be_analysed_is_said()
    {
        var b = new NetworkBuilder("growth");
        b.Species("A", b.Compartment("V", 1), 3);
        b.Process("r", ProcessKind.Reaction, "-> A", FluxLaw.Formula(1));
        Assert.Equal("There is no steady state to analyse.", Assert.Throws<SensitivityException>(() => ControlAnalysis.At(b.Build(), new ControlOptions { Horizon = 100 })).What);
        Assert.Throws<UnknownParameterException>(() => ControlAnalysis.At(Cycle(1, 1, 1, 1), new ControlOptions { Parameters = ["k9"] }));
        var rules = new NetworkBuilder("rules");
        rules.Variable("x", 1);
        rules.Rate("x", 1 - Expression.Symbol("x"));
        Assert.Equal("Control is shared among processes, and there is none.", Assert.Throws<SensitivityException>(() => ControlAnalysis.At(rules.Build())).What);
    }

    private static Network Cycle(double k1, double k2, double a, double b0)
    {
        var b = new NetworkBuilder("cycle");
        var v = b.Compartment("V", 1);
        b.Species("A", v, a);
        b.Species("B", v, b0);
        b.Process("there", ProcessKind.Reaction, "A -> B", FluxLaw.MassAction(b.Parameter("k1", k1)));
        b.Process("back", ProcessKind.Reaction, "B -> A", FluxLaw.MassAction(b.Parameter("k2", k2)));
        return b.Build();
    }
}
