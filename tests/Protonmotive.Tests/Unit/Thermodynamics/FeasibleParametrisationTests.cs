using System.Text;
using CsCheck;
using Protonmotive.Formats.Sbml;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Unit.Thermodynamics;

public class FeasibleParametrisationTests
{
    [Fact]
    public void Triangle_that_violates_by_ln_2_moves_each_constant_by_a_sixth_of_it()
    {
        // reference/thermodynamics.md, section 9: A-B, B-C all rates 1, C->A 2, A->C 1; cycle affinity RT ln 2. Least squares share it evenly
        // among the six constants: ln k⁺ falls and ln k⁻ rises by ln 2/6.
        var feasible = FeasibleParametrisation.Of(Triangle(2));
        Assert.Equal(6, feasible.Constants.Length);
        Assert.Equal(2, feasible.Potentials.Length);
        Assert.Single(feasible.References);
        Assert.Equal(3, feasible.Conductances.Length);
        foreach (var c in feasible.Constants) Assert.Equal((c.Name.StartsWith("kf_", StringComparison.Ordinal) ? -1 : 1) * Math.Log(2) / 6, c.LogShift, 1e-12);
        Assert.Equal(Math.Log(2) / 6, feasible.Distance, 1e-12);
        Assert.False(feasible.WasFeasible);
        Assert.False(Audit.Check(Triangle(2)).Wegscheider!.Consistent);
        Assert.True(Audit.Check(feasible.Network).Wegscheider!.Consistent);
    }

    [Fact]
    public void Feasible_constants_stay_as_they_were()
    {
        var feasible = FeasibleParametrisation.Of(Triangle(1));
        Assert.True(feasible.WasFeasible);
        Assert.All(feasible.Constants, c => Assert.Equal(c.Before, c.After, 1e-14));
        Assert.Equal(End(Triangle(1)), End(feasible.Network), 1e-12);
    }

    [Fact]
    public void Every_value_of_the_new_parameters_obeys_Wegscheider() => Gen.Double[-3, 3].Array[5].Sample(values =>
    {
        var feasible = FeasibleParametrisation.Of(Triangle(2));
        var overrides = feasible.ParameterNames.Select((name, i) => (name, Value: i < feasible.Potentials.Length ? values[i] : Math.Exp(values[i]))).ToDictionary(p => p.name, p => p.Value);
        var audit = Audit.Check(feasible.Network, overrides: overrides);
        return audit.Wegscheider is { Consistent: true, IndependentCycles: 1, Steps: 3 };
    }, iter: 20);

    [Fact]
    public void Conductances_and_potentials_are_those_of_Ederer_and_Gilles()
    {
        // 2 A ⇌ B with k⁺ = 6, k⁻ = 3: ln K = ln 2 = 2 μ_A − μ_B.
        var b = Cell("dimer");
        b.Process("bind", ProcessKind.Reaction, "2 A <-> B", FluxLaw.MassAction(b.Parameter("on", 6), b.Parameter("off", 3)));
        var feasible = FeasibleParametrisation.Of(b.Build());
        var mu = feasible.Potentials.Single();
        double a = mu.Species == "A" ? mu.Value : 0, B = mu.Species == "B" ? mu.Value : 0, K = feasible.Conductances.Single().Value;
        Assert.Equal(Math.Log(2), (2 * a) - B, 1e-12);
        Assert.Equal(6, K * Math.Exp(2 * a), 1e-12);
        Assert.Equal(3, K * Math.Exp(B), 1e-12);
    }

    [Fact]
    public void Shared_constants_stay_shared()
    {
        // Two binding sites with the same constants, as a rule writes them: the square A, AL, LA, ALA closes by itself.
        var b = Cell("square", "A0", "A1", "A2", "A12", "L");
        var (on, off) = (b.Parameter("on", 2), b.Parameter("off", 3));
        b.Process("first", ProcessKind.Reaction, "A0 + L <-> A1", FluxLaw.MassAction(on, off));
        b.Process("second", ProcessKind.Reaction, "A0 + L <-> A2", FluxLaw.MassAction(b.Parameter("on2", 5), b.Parameter("off2", 7)));
        b.Process("then_second", ProcessKind.Reaction, "A1 + L <-> A12", FluxLaw.MassAction(Expression.Symbol("on2"), Expression.Symbol("off2")));
        b.Process("then_first", ProcessKind.Reaction, "A2 + L <-> A12", FluxLaw.MassAction(on, off));
        var feasible = FeasibleParametrisation.Of(b.Build());
        Assert.True(feasible.WasFeasible);
        Assert.Equal(2, feasible.Conductances.Length);
        Assert.Equal(2, feasible.Potentials.Length); // two equilibrium constants
        Assert.Equal(4, feasible.Constants.Length);
        var audit = Audit.Check(feasible.Network, overrides: new Dictionary<string, double> { [feasible.Potentials[0].Name] = 1.7, [feasible.Conductances[1].Name] = 0.1 });
        Assert.True(audit.Wegscheider!.Consistent);
        Assert.Equal(1, audit.Wegscheider.IndependentCycles);
    }

    [Fact]
    public void Shared_constants_that_no_potentials_fit_are_refused()
    {
        var b = Cell("twin");
        var (on, off) = (b.Parameter("on", 2), b.Parameter("off", 3));
        b.Process("one", ProcessKind.Reaction, "A <-> B", FluxLaw.MassAction(on, off));
        b.Process("two", ProcessKind.Reaction, "A <-> B", FluxLaw.MassAction(2 * on, off));
        var fault = Assert.Throws<NetworkException>(() => FeasibleParametrisation.Of(b.Build()));
        Assert.Contains("factor 2", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Haldane_laws_keep_their_maximal_rates_and_give_one_constant_by_potentials()
    {
        var b = Cell("haldane", "A", "B", "C");
        foreach (var (name, left, right, K) in new[] { ("one", "A", "B", 2.0), ("two", "B", "C", 3), ("three", "C", "A", 1) })
        {
            Expression Of(string s) => Expression.Symbol(s);
            b.Process(name, ProcessKind.Reaction, $"{left} <-> {right}", FluxLaw.Formula(b.Parameter("V_" + name, 1) * (Of(left) - (Of(right) / b.Parameter("Keq_" + name, K))) / (1 + Of(left))));
        }
        var network = b.Build();
        Assert.Equal(Math.Log(6), Audit.Check(network).Wegscheider!.CycleAffinity, 1e-12);
        var feasible = FeasibleParametrisation.Of(network);
        Assert.All(feasible.Constants, c => Assert.Equal(-Math.Log(6) / 3, c.LogShift, 1e-12));
        Assert.Empty(feasible.Conductances);
        Assert.True(Audit.Check(feasible.Network, overrides: new Dictionary<string, double> { ["V_one"] = 9, [feasible.Potentials[0].Name] = -2 }).Wegscheider!.Consistent);
    }

    [Fact]
    public void One_way_steps_are_left_alone_with_the_reason()
    {
        var b = Cell("mixed");
        b.Process("bind", ProcessKind.Reaction, "A <-> B", FluxLaw.MassAction(2, 3));
        b.Process("decay", ProcessKind.Reaction, "B -> ", FluxLaw.MassAction(b.Parameter("k", 0.1)));
        var feasible = FeasibleParametrisation.Of(b.Build());
        Assert.Equal(("decay", "one-way"), feasible.LeftAlone.Single());
        Assert.DoesNotContain(feasible.Constants, c => c.Name == "k");
    }

    [Fact]
    public void Sbml_model_goes_through_and_its_gradients_follow_the_potentials()
    {
        var network = SbmlReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(TriangleSbml)), "triangle.xml");
        var feasible = FeasibleParametrisation.Of(network);
        Assert.Equal(Math.Log(2) / 6, feasible.Distance, 1e-9);
        Assert.True(Audit.Check(feasible.Network).Wegscheider!.Consistent);
        var kernel = Kernel.Compile(feasible.Network.Lower());
        string name = feasible.Potentials[0].Name;
        double at = feasible.Potentials[0].Value, h = 1e-4;
        var options = new SensitivityOptions { Tolerance = new Tolerance(1e-10, 1e-12) };
        double Value(double potential) => ForwardSensitivities.Solve(TangentStart.Of(kernel, new Dictionary<string, double> { [name] = potential }, []), 0, 0.3, [0.3], options).State(0)[0];
        double slope = ForwardSensitivities.Solve(TangentStart.Along(kernel, [name]), 0, 0.3, [0.3], options).StateTangent(0, 0)[0];
        Assert.NotEqual(0, slope);
        Assert.Equal((Value(at + h) - Value(at - h)) / (2 * h), slope, 1e-7);
    }

    private static NetworkBuilder Cell(string name, params string[] species)
    {
        var b = new NetworkBuilder(name);
        var cell = b.Compartment("cell", 1);
        foreach (var s in species.Length > 0 ? species : ["A", "B"]) b.Species(s, cell, s == "A" || s == "A0" || s == "L" ? 1 : 0.2);
        return b;
    }

    private static Network Triangle(double closing)
    {
        var b = Cell("triangle", "A", "B", "C");
        b.Process("ab", ProcessKind.Reaction, "A <-> B", FluxLaw.MassAction(1, 1));
        b.Process("bc", ProcessKind.Reaction, "B <-> C", FluxLaw.MassAction(1, 1));
        b.Process("ca", ProcessKind.Reaction, "C <-> A", FluxLaw.MassAction(closing, 1));
        return b.Build();
    }

    private static double End(Network network) => Ode.Solve(new InitialValueProblem(Kernel.Compile(network.Lower()), 0, 0.5), new Rodas5P(), new Tolerance(1e-10)).FinalState[0];

    private const string TriangleSbml = """
        <sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model id="triangle">
        <listOfCompartments><compartment id="cell" size="2" spatialDimensions="3" constant="true"/></listOfCompartments>
        <listOfSpecies>
        <species id="A" compartment="cell" initialConcentration="1" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/>
        <species id="B" compartment="cell" initialConcentration="0.2" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/>
        <species id="C" compartment="cell" initialConcentration="0.1" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/>
        </listOfSpecies>
        <listOfParameters>
        <parameter id="k1" value="1" constant="true"/><parameter id="k2" value="1" constant="true"/><parameter id="k3" value="1" constant="true"/>
        <parameter id="k4" value="1" constant="true"/><parameter id="k5" value="2" constant="true"/><parameter id="k6" value="1" constant="true"/>
        </listOfParameters>
        <listOfReactions>
        <reaction id="ab" reversible="true" fast="false"><listOfReactants><speciesReference species="A" stoichiometry="1" constant="true"/></listOfReactants><listOfProducts><speciesReference species="B" stoichiometry="1" constant="true"/></listOfProducts>
        <kineticLaw><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><ci>cell</ci><apply><minus/><apply><times/><ci>k1</ci><ci>A</ci></apply><apply><times/><ci>k2</ci><ci>B</ci></apply></apply></apply></math></kineticLaw></reaction>
        <reaction id="bc" reversible="true" fast="false"><listOfReactants><speciesReference species="B" stoichiometry="1" constant="true"/></listOfReactants><listOfProducts><speciesReference species="C" stoichiometry="1" constant="true"/></listOfProducts>
        <kineticLaw><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><ci>cell</ci><apply><minus/><apply><times/><ci>k3</ci><ci>B</ci></apply><apply><times/><ci>k4</ci><ci>C</ci></apply></apply></apply></math></kineticLaw></reaction>
        <reaction id="ca" reversible="true" fast="false"><listOfReactants><speciesReference species="C" stoichiometry="1" constant="true"/></listOfReactants><listOfProducts><speciesReference species="A" stoichiometry="1" constant="true"/></listOfProducts>
        <kineticLaw><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><ci>cell</ci><apply><minus/><apply><times/><ci>k5</ci><ci>C</ci></apply><apply><times/><ci>k6</ci><ci>A</ci></apply></apply></apply></math></kineticLaw></reaction>
        </listOfReactions></model></sbml>
        """;
}
