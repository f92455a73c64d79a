using System.Xml.Linq;
using Protonmotive.Formats.Sbml;
using Protonmotive.Networks;
using Protonmotive.Symbolics;
using Protonmotive.Tests.Property.Formats;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Formats;

/// <summary>What stands in a file that was written.</summary>
public sealed class SbmlWriterTests : IDisposable
{
    private static readonly XNamespace core = "http://www.sbml.org/sbml/level3/version2/core", math = "http://www.w3.org/1998/Math/MathML";
    private readonly string folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "pmf-" + Path.GetRandomFileName())).FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_reaction_has_its_parts()
    {
        var b = new NetworkBuilder("conversion");
        var cell = b.Compartment("cell", 2);
        var (s, p) = (b.Species("S", cell, 1), b.Species("P", cell, 0));
        var enzyme = b.Reservoir("E", cell, 0.5);
        var k = b.Parameter("r.k", 3, "1/s");
        b.Process("r", ProcessKind.Reaction, "2 S -> P", FluxLaw.Formula(cell * k.Symbol * s * enzyme));
        var r = Model(b.Build()).Descendants(core + "reaction").Single();
        Assert.Equal("false", (string?)r.Attribute("reversible"));
        Assert.Equal([("S", "2")], r.Element(core + "listOfReactants")!.Elements().Select(x => ((string)x.Attribute("species")!, (string)x.Attribute("stoichiometry")!)));
        Assert.Equal([("P", "1")], r.Element(core + "listOfProducts")!.Elements().Select(x => ((string)x.Attribute("species")!, (string)x.Attribute("stoichiometry")!)));
        Assert.Equal(["E"], r.Element(core + "listOfModifiers")!.Elements().Select(x => (string)x.Attribute("species")!));
        Assert.Equal([("k", "3")], r.Descendants(core + "localParameter").Select(x => ((string)x.Attribute("id")!, (string)x.Attribute("value")!)));
        Assert.Equal(["cell", "k", "S", "E"], r.Descendants(math + "ci").Select(c => c.Value));
        Assert.Equal("true", (string?)Find(b.Build(), "E").Attribute("boundaryCondition"));
    }

    [Fact]
    public void A_local_parameter_stays_global_where_it_is_needed_elsewhere_or_hidden()
    {
        var b = new NetworkBuilder("n");
        var cell = b.Compartment("cell", 1);
        var s = b.Species("S", cell, 1);
        var k = b.Parameter("k", 1);
        var own = b.Parameter("r.k", 2);
        var shared = b.Parameter("r.m", 3);
        var named = b.Parameter("r.S", 4);
        b.Process("r", ProcessKind.Reaction, "S -> ", FluxLaw.Formula((k.Symbol + own + shared + named) * s));
        b.Define("twice", shared * 2);
        var network = b.Build();
        Assert.Empty(Model(network).Descendants(core + "localParameter"));
        Assert.Equal(["k", "r.k", "r.m", "r.S"], SameNetwork.Returns(network).Parameters.Select(p => p.Name).Take(4));
    }

    [Theory]
    [InlineData("S", "S")]
    [InlineData("r1.k", "r1__k")]
    [InlineData("ΔΨ", "DeltaPsi")]
    [InlineData("2nd", "_2nd")]
    [InlineData("a b", "a_u20_b")]
    public void Names_become_identifiers_and_come_back(string name, string identifier)
    {
        var b = new NetworkBuilder("names");
        b.Parameter(name, 1, "1");
        b.Define("f", Symbol(name) * 2);
        var parameter = Model(b.Build()).Descendants(core + "parameter").First();
        Assert.Equal(identifier, (string?)parameter.Attribute("id"));
        Assert.Equal(name, SameNetwork.Returns(b.Build()).Parameters[0].Name);
    }

    [Theory]
    [InlineData("mmol/L", "mole 1 -3 1,litre -1 0 1")]
    [InlineData("1/(mmol min)", "mole -1 -3 1,second -1 0 60")]
    [InlineData("mM", "mole 1 -3 1,litre -1 0 1")]
    [InlineData("(2 s)^2", "second 2 0 2")]
    [InlineData("J/(mol K)", "joule 1 0 1,mole -1 0 1,kelvin -1 0 1")]
    [InlineData("mol s⁻¹", "mole 1 0 1,second -1 0 1")]
    public void Units_are_defined(string text, string factors)
    {
        var b = new NetworkBuilder("units");
        b.Parameter("p", 1, text);
        var model = Model(b.Build());
        var id = (string)model.Descendants(core + "parameter").Single().Attribute("units")!;
        var definition = model.Descendants(core + "unitDefinition").Single(d => (string?)d.Attribute("id") == id);
        Assert.Equal(factors, string.Join(',', definition.Descendants(core + "unit").Select(u => string.Join(' ', new[] { "kind", "exponent", "scale", "multiplier" }.Select(a => (string?)u.Attribute(a))))));
        // What comes back is written in other words, but is the same unit.
        Assert.True(Protonmotive.Networks.Unit.Parse(text).Matches(Protonmotive.Networks.Unit.Parse(SameNetwork.Returns(b.Build()).Parameters[0].Unit)));
    }

    [Fact]
    public void What_SBML_cannot_hold_is_listed()
    {
        var b = new NetworkBuilder("membrane") { Per = "litre of cells" };
        b.Temperature = b.Parameter("T", 310, "K");
        var (inside, outside) = (b.Compartment("inside", 1), b.Compartment("outside", 1));
        b.Species("K_i", inside, 0.14, charge: 1, standardPotential: 0);
        b.Species("K_o", outside, 0.005, charge: 1, standardPotential: 0);
        b.Membrane("ΔΨ", [outside], [inside], capacitance: 1e-3, initial: 0.01);
        b.Process("leak", ProcessKind.Channel, "K_i <-> K_o", FluxLaw.GoldmanHodgkinKatz(b.Parameter("P", 1e-3, "L/s")));
        b.Parameter("odd", 1, "U CS");
        var losses = SbmlWriter.Write(b.Build(), new StringWriter());
        Assert.Contains(losses, l => l.Contains("membrane 'ΔΨ'", StringComparison.Ordinal));
        Assert.Contains(losses, l => l.Contains("'U CS'", StringComparison.Ordinal));
        Assert.Contains(losses, l => l.Contains("per litre of cells", StringComparison.Ordinal));
        Assert.Contains(losses, l => l.Contains("1 process: the kind", StringComparison.Ordinal));
        XNamespace thermo = "https://protonmotive.org/sbml/thermodynamics/1";
        var potential = Find(b.Build(), "K_i").Descendants(thermo + "standardPotential").Single();
        Assert.Equal(("0", "J/mol"), ((string?)potential.Attribute("value"), (string?)potential.Attribute("unit")));
    }

    [Fact]
    public void A_membrane_keeps_its_equations()
    {
        var b = new NetworkBuilder("cell");
        b.Temperature = b.Parameter("T", 310, "K");
        var (inside, outside) = (b.Compartment("inside", 1), b.Compartment("outside", 1));
        b.Species("K_i", inside, 0.14, charge: 1, standardPotential: 0);
        b.Species("K_o", outside, 0.005, charge: 1, standardPotential: 0);
        b.Membrane("V", [outside], [inside], capacitance: b.Parameter("C", 1e-3), initial: 0.01);
        b.Process("leak", ProcessKind.Channel, "K_i <-> K_o", FluxLaw.Ohm(b.Parameter("g", 1e-9)));
        b.When("shock", Less(1, Time), [new EventAssignment("V", 0.05)]);
        var (one, two) = (b.Build().Lower(), SameNetwork.Read(SameNetwork.Text(b.Build())).Lower());
        Assert.Equal(one.States.Select(s => s.Name).Order(), two.States.Select(s => s.Name).Order());
        double At(EquationSystem system, string state) => system.States.Single(s => s.Name == state).Rate
            .Evaluate(name => name switch { "K_i.amount" => 0.1, "K_o.amount" => 0.02, "V.charge" => 2e-5, "T" => 310, "C" => 1e-3, "g" => 1e-9, "inside" or "outside" => 1, _ => system.Modes.First(m => m.Name == name).Relation.Operands[0].Value }, 0);
        foreach (var state in one.States) Assert.Equal(At(one, state.Name), At(two, state.Name), 1e-12 * Math.Abs(At(one, state.Name)));
        Assert.Equal(one.Events[0].Assignments[0].Target, two.Events[0].Assignments[0].Target);
    }

    [Fact]
    public void What_has_no_form_is_refused_by_name()
    {
        var b = new NetworkBuilder("n");
        b.Define("slope", Digamma(b.Parameter("x", 2)));
        Assert.Contains("Digamma", Assert.Throws<SbmlException>(() => SameNetwork.Text(b.Build())).What, StringComparison.Ordinal);
        var unknown = new NetworkBuilder("n");
        unknown.Define("f", Symbol("nothing") + 1);
        Assert.Contains("'nothing'", Assert.Throws<SbmlException>(() => SameNetwork.Text(unknown.Build())).What, StringComparison.Ordinal);
        var large = new NetworkBuilder("n");
        Expression doubled = large.Parameter("y", 2);
        for (int i = 0; i < 60; i++) doubled = doubled * doubled;
        large.Define("f", doubled);
        Assert.Contains("parts", Assert.Throws<SbmlException>(() => SameNetwork.Text(large.Build())).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_formulas_are_refused_before_they_hurt()
    {
        var b = new NetworkBuilder("n");
        Expression deep = b.Parameter("x", 0.5);
        for (int i = 0; i < 1_900; i++) deep = Sin(deep);
        b.Define("f", deep);
        Assert.Same(deep, SameNetwork.Read(SameNetwork.Text(b.Build())).Assignments.Single().Value);
        for (int i = 0; i < 100_000; i++) deep = Sin(deep);
        b.Define("g", deep);
        Assert.Contains("nested", Assert.Throws<SbmlException>(() => SameNetwork.Text(b.Build())).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Notes_and_annotations_move_to_the_new_namespace_and_stay_as_they_are()
    {
        var b = new NetworkBuilder("n");
        b.Parameter("p", 1);
        b.Document("p", new Documentation(
            "<notes xmlns=\"http://www.sbml.org/sbml/level2/version4\"><p xmlns=\"http://www.w3.org/1999/xhtml\">a <b>b</b> <i>c</i></p></notes>",
            "<annotation xmlns=\"http://www.sbml.org/sbml/level2/version4\"><q:x xmlns:q=\"http://example.org/q\" q:y=\"1\"/></annotation>", "SBO:0000002", "meta1"));
        var text = SameNetwork.Text(b.Build());
        Assert.Contains("<notes><p xmlns=\"http://www.w3.org/1999/xhtml\">a <b>b</b> <i>c</i></p></notes>", text, StringComparison.Ordinal);
        Assert.Contains("<annotation><q:x xmlns:q=\"http://example.org/q\" q:y=\"1\" /></annotation>", text, StringComparison.Ordinal);
        Assert.Contains("metaid=\"meta1\" sboTerm=\"SBO:0000002\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_of_one_namespace_are_gathered_and_stay_so()
    {
        var b = new NetworkBuilder("n");
        b.Parameter("p", 1);
        b.Document("p", new Documentation(null, "<annotation><q:x xmlns:q=\"http://example.org/q\"/><q:y xmlns:q=\"http://example.org/q\"/></annotation>", null, null));
        var annotation = Find(b.Build(), "p").Element(core + "annotation")!;
        Assert.Equal(2, annotation.Elements().Single().Elements().Count());
        SameNetwork.Returns(b.Build());
    }

    [Fact]
    public void Text_that_XML_cannot_hold_does_no_harm()
    {
        var b = new NetworkBuilder("a\u0001b");
        b.Parameter("p", 1, description: "x\u0002 < & \" \ud83d\ude00 \ud83d");
        b.Document("p", new Documentation("<notes><p>open", null, "nonsense", "not valid"));
        var losses = SbmlWriter.Write(b.Build(), new StringWriter());
        Assert.Equal("x\ufffd < & \" \ud83d\ude00 \ufffd", (string?)Find(b.Build(), "p").Attribute("name"));
        Assert.Equal(2, losses.Count(l => l.Contains("'p'", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_file_is_whole_or_not_there()
    {
        var b = new NetworkBuilder("n");
        b.Parameter("x", 2);
        var path = Path.Combine(folder, "model.xml");
        SbmlWriter.Save(b.Build(), path);
        var before = File.ReadAllText(path);
        Assert.Equal(SameNetwork.Text(b.Build()), before);
        b.Define("slope", Digamma(Symbol("x")));
        Assert.Throws<SbmlException>(() => SbmlWriter.Save(b.Build(), path));
        Assert.Equal(before, File.ReadAllText(path));
        Assert.Equal(["model.xml"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
    }

    private static XElement Model(Network network) => XDocument.Parse(SameNetwork.Text(network)).Root!.Element(core + "model")!;

    private static XElement Find(Network network, string id) => Model(network).Descendants().Single(e => (string?)e.Attribute("id") == id);
}
