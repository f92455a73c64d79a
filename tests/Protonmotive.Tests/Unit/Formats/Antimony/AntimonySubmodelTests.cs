using Protonmotive.Formats.Antimony;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Formats.Antimony;

public class AntimonySubmodelTests
{
    private const string SideReaction = "model side(S, k1)\n  J0: S + E -> SE; k1*k2*S*E - k2*SE\n  E = 3; SE = E + S; k2 = 0.4; S = 5; k1 = 1.2\nend\n";

    [Fact]
    public void Instances_have_names_of_their_own_and_share_what_they_are_given()
    {
        var network = AntimonyReader.Parse(SideReaction + "model full\n  A: side(P, 2)\n  B: side(P, q)\n  q = 7; B.E = 10\nend");
        Assert.Equal(["A__E", "A__SE", "B__E", "B__SE", "P"], network.Stores.Select(s => s.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["A__J0", "B__J0"], network.Processes.Select(p => p.Name));
        Assert.Same(InfixParser.Parse("q*B__k2*P*B__E - B__k2*B__SE"), Flux(network.Processes[1]));
        Assert.Equal(2, network.Parameters.Single(p => p.Name == "A__k1").Value.Value);
        Assert.Equal(10, Assert.IsType<Species>(network.Stores.Single(s => s.Name == "B__E")).Initial.Value);
        Assert.Equal(5, Assert.IsType<Species>(network.Stores.Single(s => s.Name == "P")).Initial.Value);
    }

    [Fact]
    public void What_the_outer_model_says_of_a_joined_name_counts()
    {
        var network = AntimonyReader.Parse("model m\n  x = 3; y := 4*x\nend\nmodel *outer\n  A: m()\n  x2 = 5\n  A.x is x2\n  A.y is total\nend");
        Assert.Equal(5, Assert.Single(network.Parameters).Value.Value);
        var rule = Assert.Single(network.Assignments);
        Assert.Equal("total", rule.Target);
        Assert.Same(InfixParser.Parse("4*x2"), rule.Value);
    }

    [Fact]
    public void A_name_that_only_stands_in_a_formula_can_be_given_a_value()
    {
        var network = AntimonyReader.Parse("model m\n  A -> ; k*A; A = 1\nend\nmodel *outer\n  M: m()\n  M.k = 0.25\nend");
        Assert.Equal(0.25, Assert.Single(network.Parameters).Value.Value);
    }

    [Fact]
    public void Time_and_extent_are_converted()
    {
        var network = AntimonyReader.Parse("""
            model inner
              J: A -> ; k*A*time; A = 1; k = 2
              x = 1; x' = 3
              y := delay(x, 4) + J
              at 2 after (time > 5): x = 0
            end
            model *outer
              M: inner(), timeconv = 60, extentconv = f
              f = 1000
            end
            """);
        Assert.Same(InfixParser.Parse("M__k*M__A*(time/60)/60*f"), Flux(Assert.Single(network.Processes)));
        Assert.Equal(0.05, Assert.Single(network.Rates).Value.Value, 1e-15);
        Assert.Same(InfixParser.Parse("delay(M__x, 240) + M__J*60/f"), Assert.Single(network.Assignments).Value);
        var jump = Assert.Single(network.Events);
        Assert.Equal(120, jump.Delay!.Value);
        Assert.Same(InfixParser.Parse("5 < time/60"), jump.Trigger);
    }

    [Fact]
    public void A_conversion_factor_scales_a_joined_name()
    {
        var network = AntimonyReader.Parse("model inner\n  A -> B; k*A; A = 2; B = 0; k = 1\nend\nmodel *outer\n  M: inner()\n  M.A * f is total\n  f = 100\nend");
        var process = Assert.Single(network.Processes);
        Assert.Same(InfixParser.Parse("M__k*(total/f)"), Flux(process));
        Assert.Same(Expression.Symbol("f"), Assert.Single(process.Reactants).Coefficient);
        Assert.Same(InfixParser.Parse("2*f"), Assert.Single(network.InitialAssignments).Value);
    }

    [Fact]
    public void What_is_deleted_takes_its_reactions_and_formulas_along()
    {
        var network = AntimonyReader.Parse("model m\n  J: A -> B; k*A; K: B -> ; k2*B; A = 1; B = 2; k = 1; k2 = 1; y := 2*A; z := 3*B\nend\nmodel *outer\n  M: m()\n  delete M.A\nend");
        Assert.Equal(["M__K"], network.Processes.Select(p => p.Name));
        Assert.Equal(["M__z"], network.Assignments.Select(a => a.Target));
    }

    private static Expression Flux(Process process) => process.Law.Fluxes(process, new PhysicalConstants(1, null, 1), []).Net;
}
