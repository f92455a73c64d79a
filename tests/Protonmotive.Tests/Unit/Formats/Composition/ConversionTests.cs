using Xunit;
using static Protonmotive.Tests.Unit.Formats.Composition.ComposedModel;

namespace Protonmotive.Tests.Unit.Formats.Composition;

/// <summary>Conversions worked out by hand: main time = t · time, main extent = e · extent, new = f · old.</summary>
public sealed class ConversionTests
{
    private const string Time = "<m:csymbol encoding='text' definitionURL='http://www.sbml.org/sbml/symbols/time'>t</m:csymbol>";

    private const string Factors = "comp:timeConversionFactor='t' comp:extentConversionFactor='e'";

    [Theory]
    [InlineData("<listOfRules><assignmentRule variable='y'><m:math>MATH</m:math></assignmentRule></listOfRules>", "assignmentRule", Time, "divide(time, t)")]
    [InlineData("<listOfRules><rateRule variable='y'><m:math>MATH</m:math></rateRule></listOfRules>", "rateRule", "<m:ci>x</m:ci>", "divide(a__x, t)")]
    [InlineData("<listOfEvents><event useValuesFromTriggerTime='true'><delay><m:math>MATH</m:math></delay></event></listOfEvents>", "delay", "<m:cn>2</m:cn>", "times(2, t)")]
    [InlineData("<listOfReactions><reaction id='r' reversible='false'><kineticLaw><m:math>MATH</m:math></kineticLaw></reaction></listOfReactions>", "kineticLaw", "<m:ci>x</m:ci>", "divide(times(a__x, e), t)")]
    [InlineData("<listOfRules><algebraicRule><m:math>MATH</m:math></algebraicRule></listOfRules>", "algebraicRule",
        "<m:apply><m:csymbol encoding='text' definitionURL='http://www.sbml.org/sbml/symbols/rateOf'>r</m:csymbol><m:ci>x</m:ci></m:apply>", "times(rateOf(a__x), t)")]
    [InlineData("<listOfRules><algebraicRule><m:math>MATH</m:math></algebraicRule></listOfRules>", "algebraicRule",
        "<m:apply><m:csymbol encoding='text' definitionURL='http://www.sbml.org/sbml/symbols/delay'>d</m:csymbol><m:ci>x</m:ci><m:cn>3</m:cn></m:apply>", "delay(a__x, times(3, t))")]
    public void Time_and_extent_are_converted(string content, string element, string formula, string expected)
    {
        var flat = Flatten(Parameters("t", "e") + Submodel("a", "D", Factors), Definitions(("D", Parameters("x", "y") + content.Replace("MATH", formula, StringComparison.Ordinal))));
        Assert.Equal(expected, Formula(flat, element));
    }

    [Fact]
    public void Factors_of_nested_submodels_multiply()
    {
        var flat = Flatten(Parameters("t") + Submodel("a", "D", "comp:timeConversionFactor='t'"),
            Definitions(("D", Parameters("u") + Submodel("b", "E", "comp:timeConversionFactor='u'")), ("E", Parameters("y") + $"<listOfRules><assignmentRule variable='y'><m:math>{Time}</m:math></assignmentRule></listOfRules>")));
        Assert.Equal("divide(time, times(a__u, t))", Formula(flat, "assignmentRule"));
    }

    [Fact]
    public void A_reaction_keeps_its_old_rate_inside_the_submodel()
    {
        var flat = Flatten(Parameters("t", "e") + Submodel("a", "D", Factors), Definitions(("D", Parameters("y") + """
            <listOfRules><assignmentRule variable="y"><m:math><m:ci>r</m:ci></m:math></assignmentRule></listOfRules>
            <listOfReactions><reaction id="r" reversible="false"><kineticLaw><m:math><m:cn>10</m:cn></m:math></kineticLaw></reaction></listOfReactions>
            """)));
        Assert.Equal("divide(times(a__r, t), e)", Formula(flat, "assignmentRule"));
    }

    [Theory]
    [InlineData("<listOfRules><assignmentRule variable='y'><m:math><m:ci>x</m:ci></m:math></assignmentRule></listOfRules>", "assignmentRule", "divide(p, f)")]
    [InlineData("<listOfRules><assignmentRule variable='x'><m:math><m:ci>y</m:ci></m:math></assignmentRule></listOfRules>", "assignmentRule", "times(a__y, f)")]
    [InlineData("<listOfRules><rateRule variable='x'><m:math><m:ci>y</m:ci></m:math></rateRule></listOfRules>", "rateRule", "times(a__y, f)")]
    [InlineData("<listOfInitialAssignments><initialAssignment symbol='x'><m:math><m:ci>y</m:ci></m:math></initialAssignment></listOfInitialAssignments>", "initialAssignment", "times(a__y, f)")]
    [InlineData("<listOfEvents><event useValuesFromTriggerTime='true'><listOfEventAssignments><eventAssignment variable='x'><m:math><m:ci>x</m:ci></m:math></eventAssignment></listOfEventAssignments></event></listOfEvents>", "eventAssignment", "times(divide(p, f), f)")]
    public void What_is_replaced_with_a_factor_is_divided_where_read_and_multiplied_where_set(string content, string element, string expected)
    {
        var flat = Flatten(Parameters("f", "p|" + Replaces("comp:submodelRef='a' comp:idRef='x' comp:conversionFactor='f'")) + Submodel("a", "D"), Definitions(("D", Parameters("x", "y") + content)));
        Assert.Equal(expected, Formula(flat, element));
    }

    [Fact]
    public void Only_own_species_use_the_main_models_conversion_factor()
    {
        var flat = Flatten("<listOfCompartments><compartment id='c' constant='true'/></listOfCompartments><listOfSpecies><species id='s' compartment='c'/></listOfSpecies>" + Parameters("f") + Submodel("a", "D"),
            Definitions(("D", "<listOfCompartments><compartment id='c' constant='true'/></listOfCompartments><listOfSpecies><species id='s' compartment='c'/></listOfSpecies>")), "conversionFactor='f'");
        Assert.Equal(["f", null], flat.Descendants(Sbml + "species").Select(s => (string?)s.Attribute("conversionFactor")));
        Assert.Null(flat.Root!.Element(Sbml + "model")!.Attribute("conversionFactor"));
    }
}
