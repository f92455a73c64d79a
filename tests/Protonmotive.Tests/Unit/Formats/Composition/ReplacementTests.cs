using System.Xml.Linq;
using Xunit;
using static Protonmotive.Tests.Unit.Formats.Composition.ComposedModel;

namespace Protonmotive.Tests.Unit.Formats.Composition;

public sealed class ReplacementTests
{
    private const string Rule = "<listOfRules><assignmentRule variable='y'><m:math><m:apply><m:plus/><m:ci> x </m:ci><m:cn>1</m:cn></m:apply></m:math></assignmentRule></listOfRules>";

    [Theory]
    [InlineData("comp:idRef='x'")]
    [InlineData("comp:metaIdRef='m_x'")]
    [InlineData("comp:portRef='door'")]
    public void A_replaced_element_is_called_by_the_new_name(string reference)
    {
        var flat = Flatten(Parameters("p|" + Replaces($"comp:submodelRef='a' {reference}")) + Submodel("a", "D"),
            Definitions(("D", Parameters("x", "y") + Rule + "<comp:listOfPorts><comp:port comp:id='door' comp:idRef='x'/></comp:listOfPorts>")));
        Assert.Equal("p a__y", Ids(flat, "parameter"));
        Assert.Equal("plus(p, 1)", Formula(flat, "assignmentRule"));
        Assert.Equal("a__y", (string?)flat.Descendants(Sbml + "assignmentRule").Single().Attribute("variable"));
    }

    [Fact]
    public void A_replaced_unit_is_called_by_the_new_name()
    {
        var flat = Flatten("<listOfUnitDefinitions><unitDefinition id='u'>" + Replaces("comp:submodelRef='a' comp:unitRef='w'") + "</unitDefinition></listOfUnitDefinitions>" + Submodel("a", "D"),
            Definitions(("D", "<listOfUnitDefinitions><unitDefinition id='w'/></listOfUnitDefinitions><listOfParameters><parameter id='x' units='w' constant='true'/><parameter id='z' units='second' constant='true'/></listOfParameters>")));
        Assert.Equal("u", Ids(flat, "unitDefinition"));
        Assert.Equal(["u", "second"], flat.Descendants(Sbml + "parameter").Select(p => (string?)p.Attribute("units")));
    }

    [Fact]
    public void An_element_replaced_from_inside_keeps_its_name_and_takes_the_others_value()
    {
        var flat = Flatten(Parameters("p|<comp:replacedBy comp:submodelRef='a' comp:idRef='x'/>", "q") + Rule.Replace("'y'", "'q'", StringComparison.Ordinal).Replace(" x ", " p ", StringComparison.Ordinal) + Submodel("a", "D"),
            Definitions(("D", "<listOfParameters><parameter id='x' value='42' constant='true'/></listOfParameters>")));
        Assert.Equal("q p", Ids(flat, "parameter"));
        Assert.Equal("42", (string?)flat.Descendants(Sbml + "parameter").Last().Attribute("value"));
        Assert.Equal("plus(p, 1)", Formula(flat, "assignmentRule"));
    }

    [Fact]
    public void References_reach_through_two_submodels_and_their_ports()
    {
        var flat = Flatten(Parameters("p|" + Replaces("comp:submodelRef='a' comp:portRef='outer'")) + Submodel("a", "D"),
            Definitions(
                ("D", Submodel("b", "E") + "<comp:listOfPorts><comp:port comp:id='outer' comp:idRef='b'><comp:sBaseRef comp:portRef='inner'/></comp:port></comp:listOfPorts>"),
                ("E", Parameters("x", "y") + Rule + "<comp:listOfPorts><comp:port comp:id='inner' comp:idRef='x'/></comp:listOfPorts>")));
        Assert.Equal("plus(p, 1)", Formula(flat, "assignmentRule"));
        Assert.Equal("p a__b__y", Ids(flat, "parameter"));
    }

    [Fact]
    public void A_chain_of_replacements_ends_at_the_outermost()
    {
        var flat = Flatten(Parameters("p|" + Replaces("comp:submodelRef='a' comp:idRef='q'")) + Submodel("a", "D"),
            Definitions(("D", Parameters("q|" + Replaces("comp:submodelRef='b' comp:idRef='x'")) + Submodel("b", "E")), ("E", Parameters("x", "y") + Rule)));
        Assert.Equal("plus(p, 1)", Formula(flat, "assignmentRule"));
        Assert.Equal("p a__b__y", Ids(flat, "parameter"));
    }

    [Fact]
    public void Local_parameters_hide_what_replaces_a_global_one()
    {
        var flat = Flatten(Parameters("k|" + Replaces("comp:submodelRef='a' comp:idRef='x'")) + Submodel("a", "D"), Definitions(("D", Parameters("x") + """
            <listOfReactions><reaction id="r" reversible="false"><kineticLaw><m:math><m:apply><m:times/><m:ci>k</m:ci><m:ci>x</m:ci></m:apply></m:math>
            <listOfLocalParameters><localParameter id="k" value="3"/></listOfLocalParameters></kineticLaw></reaction></listOfReactions>
            """)));
        Assert.Equal("times(k_, k)", Formula(flat, "kineticLaw"));
        Assert.Equal("k_", Ids(flat, "localParameter"));
    }

    [Fact]
    public void Flux_balance_ids_follow()
    {
        XNamespace fbc = "http://www.sbml.org/sbml/level3/version1/fbc/version2";
        var flat = Flatten(Parameters("ub|" + Replaces("comp:submodelRef='a' comp:idRef='top'")) + Submodel("a", "D"), Definitions(("D", Parameters("top", "low") + """
            <listOfReactions><reaction id="r" reversible="false" fbc:lowerFluxBound="low" fbc:upperFluxBound="top"/></listOfReactions>
            <fbc:listOfObjectives fbc:activeObjective="o"><fbc:objective fbc:id="o" fbc:type="maximize"><fbc:listOfFluxObjectives><fbc:fluxObjective fbc:reaction="r" fbc:coefficient="1"/></fbc:listOfFluxObjectives></fbc:objective></fbc:listOfObjectives>
            """)));
        var reaction = flat.Descendants(Sbml + "reaction").Single();
        Assert.Equal(("a__low", "ub"), ((string?)reaction.Attribute(fbc + "lowerFluxBound"), (string?)reaction.Attribute(fbc + "upperFluxBound")));
        Assert.Equal("a__r", (string?)flat.Descendants(fbc + "fluxObjective").Single().Attribute(fbc + "reaction"));
        Assert.Equal("1", (string?)flat.Descendants(fbc + "fluxObjective").Single().Attribute(fbc + "coefficient"));
        Assert.Equal("a__o", (string?)flat.Descendants(fbc + "listOfObjectives").Single().Attribute(fbc + "activeObjective"));
    }

    [Fact]
    public void A_prefix_that_the_model_uses_already_is_lengthened()
    {
        var flat = Flatten(Parameters("a__x") + Submodel("a", "D"), Definitions(("D", Parameters("x"))));
        Assert.Equal("a__x a___x", Ids(flat, "parameter"));
    }

    [Fact]
    public void A_document_without_the_package_is_given_back_as_it_is()
    {
        var plain = XDocument.Parse($"<sbml xmlns='{Core}' level='3' version='2'><model id='m'/></sbml>");
        Assert.Same(plain, Protonmotive.Formats.Sbml.Composition.SbmlComposition.Flatten(plain, "plain.xml"));
    }
}
