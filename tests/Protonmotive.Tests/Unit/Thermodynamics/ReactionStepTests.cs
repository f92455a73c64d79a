using Protonmotive.Networks;
using Protonmotive.Symbolics;
using Protonmotive.Thermodynamics;
using Protonmotive.Tests.Reference.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Unit.Thermodynamics;

public class ReactionStepTests
{
    [Theory]
    [InlineData("A <-> B", "V*(A - B/Keq)/(1 + A + B)", StepStanding.Reversible, 12)]
    [InlineData("A <-> 2 B", "cell*(kf*A - kr*B^2)", StepStanding.Reversible, 2.0 / 5)]
    [InlineData("A + X <-> B", "kf*A - kr*B", StepStanding.Reversible, 2.0 / 5 / 4)] // X is held at 4 and stands in kf
    [InlineData("A <-> B", "V*(A^2 - (B/Keq)^2)/(1 + A)", StepStanding.Reversible, 12)]
    [InlineData("A <-> B", "kf*A*C - kr*B*D", StepStanding.OwnEquation, 2.0 / 5)]
    [InlineData("A <-> B", "V*A/(1 + A)", StepStanding.OneWay, double.NaN)]
    [InlineData("A <-> B", "V*(B - A)", StepStanding.Unknown, double.NaN)]
    [InlineData("A <-> B", "kf*C - kr*C", StepStanding.Unknown, double.NaN)]
    [InlineData("A <-> B", "kf*A - kr*B + V*A/(1 + A)", StepStanding.Unknown, double.NaN)]
    [InlineData("A <-> B", "kf*A - kr*B + V*(A - B*kr/kf)/(1 + A)", StepStanding.Reversible, 2.0 / 5)]
    [InlineData("A <-> B", "V*A*exp(C) - V*B", StepStanding.Unknown, double.NaN)]
    [InlineData("A <-> B", "0*A", StepStanding.Nothing, double.NaN)]
    public void Standing_and_equilibrium_constant(string equation, string law, StepStanding standing, double K)
    {
        var step = Step(equation, law);
        Assert.Equal(standing, step.Standing);
        Assert.Equal(K, Math.Exp(step.LogEquilibrium ?? double.NaN), 1e-9);
        Assert.True(step.Standing != StepStanding.Unknown || step.Reason.Length > 0);
    }

    [Fact]
    public void Haldane_laws_round_a_cycle_must_fit_together()
    {
        Assert.True(Audit.Check(Triangle(closing: 1.0 / 6)).Passed);
        var w = Audit.Check(Triangle(closing: 1)).Wegscheider!;
        Assert.Equal(3, w.Cycle.Length);
        Assert.Equal(Math.Log(6), w.CycleAffinity, 1e-12);
    }

    [Fact]
    public void Dissipation_of_a_split_law_is_that_of_its_elementary_steps()
    {
        // Reversible Michaelis-Menten at s = 3, p = 1: J = 1.5333333333, A/RT = ln 24 (reference/thermodynamics.md, section 9).
        var b = new NetworkBuilder("MM") { EnergyUnit = "RT" };
        var cell = b.Compartment("cell", 1);
        b.Reservoir("S", cell, 3);
        b.Reservoir("P", cell, 1);
        b.Process("turn", ProcessKind.Reaction, "S <-> P", FluxLaw.Formula(InfixParser.Parse("(10*2*S - 5*0.5*P)/(5 + 2 + 10*S + 0.5*P)")));
        var ledger = Probe.Ledger(b.Build(), 1);
        Assert.Equal(4.873015873200184, ledger.DissipatedByFluxes, 1e-9);
        Assert.Equal(Math.Log(24), ledger.Processes.Single().FinalAffinity!.Value, 1e-12);
    }

    [Fact]
    public void A_joined_pair_dissipates_as_one_reversible_step()
    {
        double Dissipated(bool joined)
        {
            var b = new NetworkBuilder("pair") { EnergyUnit = "RT" };
            var cell = b.Compartment("cell", 1);
            b.Species("A", cell, 3);
            b.Species("B", cell, 0);
            if (joined)
            {
                b.Process("there", ProcessKind.Reaction, "A -> B", FluxLaw.Formula(2 * Expression.Symbol("A")));
                b.Process("back", ProcessKind.Reaction, "B -> A", FluxLaw.Formula(Expression.Symbol("B")));
            }
            else
            {
                b.Process("step", ProcessKind.Reaction, "A <-> B", FluxLaw.MassAction(2, 1));
            }
            return Probe.Ledger(b.Build(), 30).DissipatedByFluxes;
        }
        // 3 ln 3 over all time (reference/thermodynamics.md, section 9); a singular integrand at the start costs some digits.
        Assert.Equal(3 * Math.Log(3), Dissipated(joined: true), 1e-6);
        Assert.Equal(Dissipated(joined: false), Dissipated(joined: true), 1e-6);
    }

    [Fact]
    public void Enzymes_that_undo_each_other_are_not_joined()
    {
        var b = new NetworkBuilder("kinase and phosphatase");
        var cell = b.Compartment("cell", 1);
        b.Species("A", cell, 3);
        b.Species("B", cell, 1);
        b.Process("kinase", ProcessKind.Reaction, "A -> B", FluxLaw.Formula(InfixParser.Parse("A/(1 + A)")));
        b.Process("phosphatase", ProcessKind.Reaction, "B -> A", FluxLaw.Formula(InfixParser.Parse("B/(2 + B)")));
        Assert.All(ReactionSteps.Of(b.Build()), s => Assert.Equal(StepStanding.OneWay, s.Standing));
    }

    private static ReactionStep Step(string equation, string law)
    {
        var b = new NetworkBuilder("law");
        var cell = b.Compartment("cell", 2);
        foreach (var (name, value) in (ValueTuple<string, double>[])[("V", 3), ("Keq", 12), ("kf", 2), ("kr", 5)]) b.Parameter(name, value);
        foreach (var name in (string[])["A", "B", "C", "D"]) b.Species(name, cell, 1);
        b.Reservoir("X", cell, 4);
        b.Process("r", ProcessKind.Reaction, equation, FluxLaw.Formula(InfixParser.Parse(law)));
        return ReactionSteps.Of(b.Build()).Single();
    }

    private static Network Triangle(double closing)
    {
        var b = new NetworkBuilder("triangle");
        var cell = b.Compartment("cell", 1);
        foreach (var name in (string[])["A", "B", "C"]) b.Species(name, cell, 1);
        var K = b.Parameter("K", closing);
        b.Process("one", ProcessKind.Reaction, "A <-> B", FluxLaw.Formula(InfixParser.Parse("(A - B/2)/(1 + A)")));
        b.Process("two", ProcessKind.Reaction, "B <-> C", FluxLaw.Formula(InfixParser.Parse("7*(B - C/3)/(1 + B + C)")));
        b.Process("three", ProcessKind.Reaction, "C <-> A", FluxLaw.Formula(InfixParser.Parse("C - A/K")));
        return b.Build();
    }
}
