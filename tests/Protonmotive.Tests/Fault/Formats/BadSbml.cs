using System.Text;
using Protonmotive.Formats.Sbml;
using Protonmotive.Kernels;
using Protonmotive.Networks;
using Xunit;

namespace Protonmotive.Tests.Fault.Formats;

/// <summary>Bad files are answered with what, where and mend, and never hang or overflow.</summary>
public class BadSbml
{
    private const string Head = """<sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2"><model id="m">""";
    private const string Tail = "</model></sbml>";

    [Theory]
    [InlineData("", "empty")]
    [InlineData("not xml at all", "no well-formed XML")]
    [InlineData("<sbml level='3'><model><listOfSpe", "no well-formed XML")]
    [InlineData("<html/>", "not <sbml>")]
    [InlineData("<sbml level='9'><model/></sbml>", "level is '9'")]
    [InlineData("<sbml level='3'/>", "no <model>")]
    public void Files_that_are_no_models(string text, string what) => Faults(text, what);

    [Fact]
    public void Entities_are_not_expanded() => Faults("<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;&x;&x;&x;&x;&x;'>]><sbml level='3'><model id='m'><notes>&y;</notes></model></sbml>", "document type definition");

    [Fact]
    public void A_hundred_thousand_nested_elements()
    {
        var text = new StringBuilder(Head).Append("<listOfParameters><parameter id='p'/></listOfParameters><listOfRules><assignmentRule variable='p'><math xmlns='http://www.w3.org/1998/Math/MathML'>");
        for (int i = 0; i < 100_000; i++) text.Append("<apply><minus/>");
        text.Append("<cn>1</cn>");
        for (int i = 0; i < 100_000; i++) text.Append("</apply>");
        Faults(text.Append("</math></assignmentRule></listOfRules>").Append(Tail).ToString(), "nested deeper");
    }

    [Theory]
    [InlineData("<listOfCompartments><compartment id='c' size='-1' constant='true'/></listOfCompartments>", "negative size")]
    [InlineData("<listOfParameters><parameter id='p' value='abc'/></listOfParameters>", "no number")]
    [InlineData("<listOfParameters><parameter id='p' value='1'/><parameter id='p' value='2'/></listOfParameters>", "used twice")]
    [InlineData("<listOfParameters><parameter id='p'/></listOfParameters><listOfRules><assignmentRule variable='p'><math><ci>nowhere</ci></math></assignmentRule></listOfRules>", "'nowhere' is not defined")]
    [InlineData("<listOfParameters><parameter id='p' value='1' constant='true'/></listOfParameters><listOfRules><algebraicRule><math><ci>p</ci></math></algebraicRule></listOfRules>", "no quantity left to determine")]
    [InlineData("<listOfThings/>", "<listOfThings> is not read")]
    [InlineData("<listOfFunctionDefinitions><functionDefinition id='f'><math><lambda><bvar><ci>x</ci></bvar><apply><ci>f</ci><ci>x</ci></apply></lambda></math></functionDefinition></listOfFunctionDefinitions><listOfParameters><parameter id='p'/></listOfParameters><listOfRules><assignmentRule variable='p'><math><apply><ci>f</ci><cn>1</cn></apply></math></assignmentRule></listOfRules>", "calls itself")]
    public void Faults_in_a_model(string body, string what) => Faults(Head + body + Tail, what);

    [Fact]
    public void Algebraic_loops_are_named()
    {
        var network = Read(Head + """
            <listOfParameters><parameter id="a"/><parameter id="b"/></listOfParameters>
            <listOfRules><assignmentRule variable="a"><math><ci>b</ci></math></assignmentRule><assignmentRule variable="b"><math><ci>a</ci></math></assignmentRule></listOfRules>
            """ + Tail);
        var e = Assert.Throws<NetworkException>(() => network.Lower());
        Assert.Contains("a → b → a", e.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Required_packages_are_refused_by_name() =>
        Faults("<sbml xmlns='http://www.sbml.org/sbml/level3/version2/core' xmlns:spatial='http://www.sbml.org/sbml/level3/version1/spatial/version1' level='3' version='2' spatial:required='true'><model/></sbml>", "package 'spatial'");

    [Fact]
    public void Errors_name_line_and_column()
    {
        var e = Assert.Throws<SbmlException>(() => Read("<sbml level='3'>\n<model>\n  <listOfCompartments>\n    <compartment id='c' size='-2'/>\n</listOfCompartments></model></sbml>"));
        Assert.Contains("line 4", e.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void NaN_set_for_a_parameter_is_named()
    {
        var kernel = Kernel.Compile(Read(Head + "<listOfParameters><parameter id='x' value='1' constant='false'/><parameter id='k' value='1'/></listOfParameters><listOfRules><rateRule variable='x'><math><ci>k</ci></math></rateRule></listOfRules>" + Tail).Lower());
        var e = Assert.ThrowsAny<ProtonmotiveException>(() => kernel.Parameters(new Dictionary<string, double> { ["k"] = double.NaN }));
        Assert.Contains("k", e.Message, StringComparison.Ordinal);
    }

    private static Network Read(string text) => SbmlReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "test.xml");

    private static void Faults(string text, string what)
    {
        var e = Assert.Throws<SbmlException>(() => Read(text));
        Assert.Contains(what, e.What, StringComparison.Ordinal);
        Assert.StartsWith("test.xml", e.Where, StringComparison.Ordinal);
        Assert.NotEmpty(e.Mend);
    }
}
