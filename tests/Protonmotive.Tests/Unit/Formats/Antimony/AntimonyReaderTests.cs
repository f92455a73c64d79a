using Protonmotive.Formats.Antimony;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Unit.Formats.Antimony;

public class AntimonyReaderTests
{
    [Fact]
    public void A_bare_reaction_is_a_model()
    {
        var network = AntimonyReader.Parse("S1 -> S2; k1*S1\nS1 = 10; S2 = 0\nk1 = 0.1", "simple.ant");
        Assert.Equal("simple", network.Name);
        Assert.Equal(["S1", "S2"], network.Stores.Select(s => s.Name));
        Assert.Equal("default_compartment", Assert.Single(network.Compartments).Name);
        var process = Assert.Single(network.Processes);
        Assert.Equal("_J0", process.Name);
        Assert.True(process.IsReversible);
        Assert.Same(InfixParser.Parse("k1*S1"), Flux(process));
    }

    [Fact]
    public void The_starred_model_is_the_main_one_else_bare_statements_else_the_last()
    {
        Assert.Equal("b", AntimonyReader.Parse("model a() x = 1 end\nmodel *b() x = 1 end\nmodel c() x = 1 end").Name);
        Assert.Equal("c", AntimonyReader.Parse("model a()\nx = 1\nend\nmodule c\nx = 1\nend").Name);
        Assert.Equal("file", AntimonyReader.Parse("model a()\nx = 1\nend\ny = 2", "file.ant").Name);
    }

    [Fact]
    public void Arrows_say_whether_a_reaction_runs_both_ways()
    {
        var network = AntimonyReader.Parse("J0: A -> B; 1\nJ1: A => B; 1\nJ2: -> B; 1\nJ3: A -> ; 1\nA=1;B=1");
        Assert.Equal([true, false, true, true], network.Processes.Select(p => p.IsReversible));
        Assert.Empty(network.Processes[2].Reactants);
        Assert.Empty(network.Processes[3].Products);
    }

    [Fact]
    public void Coefficients_are_numbers_or_names()
    {
        var process = Assert.Single(AntimonyReader.Parse("n = 2; A = 1; B = 0\n1.5 A + n B -> 2 C; k; k = 1; C = 0").Processes);
        Assert.Equal([1.5, 2], [process.Reactants[0].Coefficient.Value, process.Products[0].Coefficient.Value]);
        Assert.Same(Expression.Symbol("n"), process.Reactants[1].Coefficient);
    }

    [Theory]
    [InlineData("$A -> B; k; A = 1; B = 0; k = 1")]
    [InlineData("const A; A -> B; k; A = 1; B = 0; k = 1")]
    [InlineData("const species A = 1; A -> B; k; B = 0; k = 1")]
    [InlineData("species $A, B; A -> B; k; A = 1; B = 0; k = 1")]
    public void Boundary_species_are_held(string text)
    {
        var network = AntimonyReader.Parse(text);
        Assert.True(network.Stores.Single(s => s.Name == "A").IsReservoir);
        Assert.False(network.Stores.Single(s => s.Name == "B").IsReservoir);
    }

    [Theory]
    [InlineData("compartment C = 2; species S in C; S = 3", 3)]
    [InlineData("compartment C = 2; species S in C = 3 / C", 1.5)]
    [InlineData("compartment C = 2; species S in C; S = 2*k; k = 4", 8)]
    public void Species_are_concentrations(string text, double concentration)
    {
        var system = AntimonyReader.Parse(text).Lower();
        Assert.Equal(2 * concentration, Start(system, "S.amount"), 1e-12);
    }

    [Theory]
    [InlineData("compartment C = 2; substanceOnly species S in C; S = 3 / C", 3)]
    [InlineData("compartment C = 2; substanceOnly species S in C = 3", 6)]
    [InlineData("compartment C = 2; substanceOnly species S in C; S = 2*k; k = 4", 8)]
    public void SubstanceOnly_species_are_amounts(string text, double amount)
    {
        var network = AntimonyReader.Parse(text);
        Assert.True(Assert.IsType<Species>(network.Stores[0]).InAmounts);
        Assert.Equal(amount, Start(network.Lower(), "S.amount"), 1e-12);
    }

    [Fact]
    public void A_compartment_comes_from_the_species_the_reaction_or_the_submodel()
    {
        var network = AntimonyReader.Parse("""
            model sub
              D = 1; D -> ; 1
            end
            model *main
              compartment own = 1, around = 2, other = 3
              species A in own
              J0 in around: A -> B; 1
              B -> E; 1
              F -> ; 1 in other
              A = 1; B = 1; E = 1; F = 1
              s in other: sub()
            end
            """);
        string PlaceOf(string name) => Assert.IsType<Species>(network.Stores.Single(s => s.Name == name)).Compartment.Name;
        Assert.Equal("own", PlaceOf("A"));
        Assert.Equal("around", PlaceOf("B"));
        Assert.Equal("default_compartment", PlaceOf("E"));
        Assert.Equal("other", PlaceOf("F"));
        Assert.Equal("other", PlaceOf("s__D"));
    }

    [Fact]
    public void Rules_are_read()
    {
        var network = AntimonyReader.Parse("x := 2*y\ny = 1; y' = -k*y; k = p/2; p = 3");
        Assert.Same(InfixParser.Parse("2*y"), Assert.Single(network.Assignments).Value);
        Assert.Same(InfixParser.Parse("-(k*y)"), Assert.Single(network.Rates).Value);
        Assert.Same(InfixParser.Parse("p/2"), Assert.Single(network.InitialAssignments).Value);
        Assert.Equal(1.5, network.Lower().Parameters.Single(p => p.Name == "k").Definition.Evaluate(name => name == "p" ? 3 : double.NaN), 1e-15);
    }

    [Fact]
    public void The_last_value_counts_and_a_blank_takes_it_away()
    {
        var network = AntimonyReader.Parse("x = 1; x = 2; y := 3; y := ; y = 4");
        Assert.Equal([2.0, 4.0], network.Parameters.Select(p => p.Value.Value));
        Assert.Empty(network.Assignments);
    }

    [Fact]
    public void An_algebraic_rule_determines_what_is_variable()
    {
        var rule = Assert.Single(AntimonyReader.Parse("0 = x + y - total; x = 1; var y; total = 3; x' = -x").AlgebraicRules);
        Assert.Equal("y", rule.Target);
        Assert.Equal("z", Assert.Single(AntimonyReader.Parse("alg1: 0 = z - 2;").AlgebraicRules).Target);
    }

    [Fact]
    public void Events_are_read_with_their_properties()
    {
        var network = AntimonyReader.Parse("x = 0; y = 0\nE1: at 2*x after (time > 5), t0=false, priority=x+1, persistent=false, fromTrigger=false: x = 1, y = x + 2;\nat x >= 3:\n  y = 1");
        var first = network.Events[0];
        Assert.Equal("E1", first.Name);
        Assert.Same(InfixParser.Parse("5 < time"), first.Trigger);
        Assert.Same(InfixParser.Parse("2*x"), first.Delay);
        Assert.Same(InfixParser.Parse("x + 1"), first.Priority);
        Assert.False(first.TrueBeforeStart || first.IsPersistent || first.UsesTriggerTimeValues);
        Assert.Equal(["x", "y"], first.Assignments.Select(a => a.Target));
        var second = network.Events[1];
        Assert.Equal("_E0", second.Name);
        Assert.True(second.TrueBeforeStart && second.IsPersistent && second.UsesTriggerTimeValues);
    }

    [Fact]
    public void Functions_are_put_in_place()
    {
        var network = AntimonyReader.Parse("function quadratic(x, a, b, c)\n  a*x^2 + b*x + c;\nend\nfunction twice(x) 2*x end\ny := twice(quadratic(s, 1, 2, 3)); s = 1");
        Assert.Same(InfixParser.Parse("2*(s^2 + 2*s + 3)"), Assert.Single(network.Assignments).Value);
    }

    [Fact]
    public void Names_units_and_notes_are_kept()
    {
        var network = AntimonyReader.Parse("""
            model m
              unit substance = 1e-6 mole; unit time_unit = 60 second; unit per = 1/second
              k = 3 per
              c has litre
              compartment c = 1
              species S in c = 1
              S is "Glucose"
              S identity "http://identifiers.org/chebi/CHEBI:17234", "x:y"
              S.sboTerm = SBO:0000247
              S notes "Sweet."
              model notes ```
                of two lines
              ```
              m is "A model"
            end
            m is "Its name"
            """);
        Assert.Equal("1e-06 mol", network.Stores[0].ContentUnit, ignoreCase: true);
        Assert.Equal("60 s", network.TimeUnit);
        Assert.Equal("1/s", network.Parameters[0].Unit);
        Assert.Equal("L", network.Compartments[0].Unit);
        Assert.Equal("Glucose", network.Stores[0].Description);
        var said = network.Documentation["S"];
        Assert.Equal("SBO:0000247", said.Term);
        Assert.Contains("CHEBI:17234", said.Annotation);
        Assert.Contains("Sweet.", said.Notes);
        Assert.Contains("two lines", network.Documentation[""].Notes);
        Assert.Equal("Its name", network.Documentation[""].Name);
    }

    [Fact]
    public void Random_numbers_become_draws()
    {
        var network = AntimonyReader.Parse("function noise(s) normal(0, s) end\na = normal(m, 2); m = 1; b = uniform(0, 1); c = poisson(3, 1, 5); d = noise(2) + noise(3)");
        Assert.Equal([Distribution.Normal, Distribution.Uniform, Distribution.Poisson, Distribution.Normal, Distribution.Normal], network.Draws.Select(d => d.Distribution));
        Assert.Same(Expression.Symbol("m"), network.Draws[0].Arguments[0]);
        Assert.Equal([1.0, 5.0], [network.Draws[2].Lowest!.Value, network.Draws[2].Highest!.Value]);
        Assert.Equal([2.0, 3.0], network.Draws.Skip(3).Select(d => d.Arguments[1].Value));
    }

    [Fact]
    public void What_has_no_place_is_told()
    {
        var network = AntimonyReader.Parse("J0: A -> B; A; A = 1; B = 0\n-10 < J0 < 10\nJ0 <= 5; maximize J0; A.mean = 3; C -o J0; C = 1\nconstraint: A > 0");
        Assert.Contains(network.Notes, n => n.Contains("a constraint (line 2, column 1, and 2 more)"));
        Assert.Contains(network.Notes, n => n.Contains("objective"));
        Assert.Contains(network.Notes, n => n.Contains("uncertainty"));
    }

    [Fact]
    public void Comments_and_joined_lines_are_skipped()
    {
        var network = AntimonyReader.Parse("# one\n// two\n/* three\n four */ x = 1 + \\\n  2 # five\ny = 4");
        Assert.Equal([3.0, 4.0], network.Parameters.Select(p => p.Value.Value));
    }

    [Theory]
    [InlineData("2^3^2", 512)]
    [InlineData("-2^2", -4)]
    [InlineData("2^-1", 0.5)]
    [InlineData("7 % 3 + -7 % 3", 0)]
    [InlineData("1 < 2 < 3", 1)]
    [InlineData("1 < 3 < 2", 0)]
    [InlineData("true || true && false", 0)]
    [InlineData("!false == true", 1)]
    [InlineData("piecewise(1, 2 < 1, 2, 1 < 2, 3)", 2)]
    [InlineData("log(exponentiale) + log10(100) + ln(1) + log(2, 8)", 6)]
    [InlineData("sqr(3) + sqrt(4) + root(3, 27) + root(9)", 17)]
    [InlineData("plus(1,2,3) + times(2,3) + minus(5) + divide(6,3)", 9)]
    [InlineData("gt(2,1) + leq(1,1,2) + neq(1,1) + xor(true,false) + implies(true,false)", 3)]
    [InlineData("ceil(1.2) + floor(1.8) + abs(-3) + factorial(4) + max(1,5,2) + min(4,3)", 38)]
    [InlineData("quotient(7,2) + rem(7,2)", 4)]
    [InlineData("40 second / 4 litres", 10)]
    [InlineData("1e3 + .5 + 2.", 1002.5)]
    public void Formulas_mean_what_they_mean_in_SBML(string formula, double value)
    {
        var parameter = Assert.Single(AntimonyReader.Parse($"x = {formula}").Parameters);
        Assert.Equal(value, parameter.Value.Value, 1e-12);
    }

    [Fact]
    public void Delays_and_rates_are_read()
    {
        var network = AntimonyReader.Parse("x = 1; x' = -x; y := delay(x, 2) + rateOf(x)");
        Assert.Same(Expression.Delay(Expression.Symbol("x"), 2) + Expression.Symbol(Network.RateName("x")), Assert.Single(network.Assignments).Value);
    }

    [Fact]
    public void A_model_runs()
    {
        var kernel = Kernel.Compile(AntimonyReader.Parse("S1 -> S2; k1*S1; S1 = 10; S2 = 0; k1 = 0.1; at (time > 5): k1 = 0").Lower());
        var solution = Ode.Solve(new InitialValueProblem(kernel, 0, 10), new Rodas4(), new Tolerance(1e-9), OutputTimes.EndOnly);
        Assert.Equal(10 * Math.Exp(-0.5), solution.Column("S1.amount")[^1], 1e-6);
    }

    private static double Start(EquationSystem system, string state)
    {
        var parameters = new Dictionary<string, double>(StringComparer.Ordinal);
        double Value(string name) => parameters.TryGetValue(name, out double v) ? v : parameters[name] = system.Parameters.Single(p => p.Name == name).Definition.Evaluate(Value);
        return system.States.Single(s => s.Name == state).Initial.Evaluate(Value);
    }

    private static Expression Flux(Process process) => process.Law.Fluxes(process, new PhysicalConstants(1, null, 1), []).Net;
}
