using System.Text;
using Protonmotive.Formats.Potentials;
using Protonmotive.Formats.Sbml;
using Protonmotive.Networks;
using Protonmotive.Thermodynamics;
using Protonmotive.Tests.Reference.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Unit.Formats;

/// <summary>Standard potentials from a table or from annotations, and charge and formula from the package fbc.</summary>
public class StandardPotentialTests
{
    private const double RT = 8.31446261815324 * 310.15;

    private const string Table = "# made by hand\nid\tpotential\tcharge\tformula\nATP\t30.5\t-4\tC10H12N5O13P3\nADP\t0\t-3\tC10H12N5O10P2\nPi\t0\t-2\tHO4P\n";

    [Fact]
    public void Table_gives_potential_charge_and_formula()
    {
        var table = Read(Table);
        Assert.Equal(new StandardPotential(30_500, -4, "C10H12N5O13P3"), table["ATP"]);
        Assert.Equal(3, table.Count);
    }

    [Fact]
    public void Affinity_of_ATP_hydrolysis_in_millimoles()
    {
        // reference/thermodynamics.md, section 9: ATP 5, ADP 0.5, Pi 1 mM at 310.15 K: −54.25099 kJ/mol.
        var network = Hydrolysis("""<unitDefinition id="substance"><listOfUnits><unit kind="mole" scale="-3"/></listOfUnits></unitDefinition>""")
            .WithStandardPotentials(Read(Table), "a table");
        Assert.Equal(54_250.99, Probe.At0(network, "affinity.hydrolysis"), 5e-3);
        Assert.Equal("mJ", network.EnergyUnit);
        Assert.Contains(network.Notes, n => n.Contains("'T' is taken for the temperature", StringComparison.Ordinal));
        Assert.DoesNotContain(network.Notes, n => n.Contains("taken as mol/L", StringComparison.Ordinal));
    }

    [Fact]
    public void Undeclared_units_are_taken_as_molar_and_said()
    {
        var network = Hydrolysis("""<unitDefinition id="substance"><listOfUnits><unit kind="item"/></listOfUnits></unitDefinition>""").WithStandardPotentials(Read(Table), "a table");
        Assert.Contains(network.Notes, n => n.Contains("taken as mol/L", StringComparison.Ordinal));
        Assert.Equal(30_500 + (RT * Math.Log(5 / (0.5 * 1))), Probe.At0(network, "affinity.hydrolysis"), 1e-6);
    }

    [Fact]
    public void Books_close_with_potentials_from_a_table()
    {
        var ledger = Probe.Ledger(Hydrolysis("").WithStandardPotentials(Read(Table), "a table"), 10);
        Assert.True(ledger.HasPotentials);
        Assert.True(ledger.Dissipated > 0);
        Assert.True(ledger.ClosureResidual < 1e-9);   // ten times the relative tolerance of the run
    }

    [Fact]
    public void Atoms_and_charge_from_the_table_are_checked()
    {
        var faults = Audit.Check(Hydrolysis("").WithStandardPotentials(Read(Table), "a table")).Balance;
        // Water stands outside the model: one oxygen and two hydrogens come from nowhere, and a charge from the proton.
        Assert.Contains(new BalanceFault("hydrolysis", "O", 1), faults);
        Assert.Contains(new BalanceFault("hydrolysis", "H", 1), faults);
        Assert.Contains(new BalanceFault("hydrolysis", "charge", -1), faults);
    }

    [Fact]
    public void Annotation_gives_the_potential()
    {
        var network = Hydrolysis("", """<annotation><thermo:standardPotential xmlns:thermo="https://protonmotive.org/sbml/thermodynamics/1" value="30.5" unit="kJ/mol"/></annotation>""");
        Assert.Equal(new StandardPotential(30_500), PotentialAnnotations.Of(network)["ATP"]);
    }

    [Theory]
    [InlineData("value='x'", "no number")]
    [InlineData("value='1' unit='V'", "no unit of a standard potential")]
    public void Bad_annotations_are_named(string attributes, string what) =>
        Assert.Contains(what, Assert.Throws<PotentialTableException>(() => PotentialAnnotations.Find($"<annotation><t:standardPotential xmlns:t='{PotentialAnnotations.Namespace}' {attributes}/></annotation>", "A")).What);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("id\tpotential\nATP\n", "no potential")]
    [InlineData("id\tpotential\nATP\tmuch\n", "no number")]
    [InlineData("id\tpotential\nATP\t1\nATP\t2\n", "given twice")]
    [InlineData("id\tenergy\nATP\t1\n", "no column 'energy'")]
    [InlineData("potential\n1\n", "'id' is missing")]
    [InlineData("id\tpotential\nATP\t1\t2\n", "3 cells")]
    [InlineData("id\tpotential\tformula\nATP\t1\tc6\n", "no chemical formula")]
    [InlineData("id\tpotential\n\t1\n", "names no species")]
    public void Bad_tables_are_named_with_their_line(string text, string what)
    {
        var fault = Assert.Throws<PotentialTableException>(() => Read(text));
        Assert.Contains(what, fault.What);
        Assert.Contains("table.tsv", fault.Where);
    }

    [Fact]
    public void A_species_that_is_not_there_is_named() =>
        Assert.Contains("'XTP' is no species", Assert.Throws<NetworkException>(() => Hydrolysis("").WithStandardPotentials(Read("id\tpotential\nXTP\t1\n"), "a table")).What);

    [Theory]
    [InlineData("fbc:charge='-2' fbc:chemicalFormula='HO4P'", -2.0, "H:1 O:4 P:1")]
    [InlineData("charge='3'", 3.0, null)]
    [InlineData("fbc:chemicalFormula='C2H4R'", null, null)]
    [InlineData("fbc:chemicalFormula='(C2H4)n'", null, null)]
    [InlineData("", null, null)]
    public void Charge_and_formula_of_the_package(string attributes, double? charge, string? atoms)
    {
        var text = $"<sbml xmlns='http://www.sbml.org/sbml/level3/version1/core' xmlns:fbc='http://www.sbml.org/sbml/level3/version1/fbc/version2' level='3' version='1' fbc:required='false'><model id='m'><listOfCompartments><compartment id='c' size='1' constant='true'/></listOfCompartments><listOfSpecies><species id='A' compartment='c' initialConcentration='1' hasOnlySubstanceUnits='false' boundaryCondition='false' constant='false' {attributes}/></listOfSpecies></model></sbml>";
        var species = (Species)SbmlReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "fbc.xml").Stores.Single();
        Assert.Equal(charge, species.Charge);
        Assert.Equal(atoms, species.Composition is null ? null : string.Join(' ', species.Composition.Select(a => $"{a.Key}:{a.Value}")));
    }

    private static IReadOnlyDictionary<string, StandardPotential> Read(string text) => PotentialTable.Read(new StringReader(text), "table.tsv");

    private static Network Hydrolysis(string units, string annotation = "")
    {
        var text = $"""
            <sbml xmlns="http://www.sbml.org/sbml/level2/version4" level="2" version="4"><model id="m">
            {(units.Length > 0 ? $"<listOfUnitDefinitions>{units}</listOfUnitDefinitions>" : "")}
            <listOfCompartments><compartment id="c" size="1"/></listOfCompartments>
            <listOfSpecies><species id="ATP" compartment="c" initialConcentration="5">{annotation}</species><species id="ADP" compartment="c" initialConcentration="0.5"/><species id="Pi" compartment="c" initialConcentration="1"/></listOfSpecies>
            <listOfParameters><parameter id="T" value="310.15"/><parameter id="k" value="0.1"/></listOfParameters>
            <listOfReactions><reaction id="hydrolysis" reversible="false"><listOfReactants><speciesReference species="ATP"/></listOfReactants><listOfProducts><speciesReference species="ADP"/><speciesReference species="Pi"/></listOfProducts>
            <kineticLaw><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><ci>c</ci><ci>k</ci><ci>ATP</ci></apply></math></kineticLaw></reaction></listOfReactions>
            </model></sbml>
            """;
        return SbmlReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "hydrolysis.xml");
    }
}
