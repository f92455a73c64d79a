using System.Text;
using Protonmotive.Formats.Sbml;
using Xunit;

namespace Protonmotive.Tests.Fault.Formats;

/// <summary>Documents that fuzzing found to end in something else than an error of ours, cut to what matters.</summary>
public class FoundByFuzzing
{
    private const string Rule = "<listOfParameters><parameter id='p' constant='false'/></listOfParameters><listOfRules><assignmentRule variable='p'><math>{0}</math></assignmentRule></listOfRules>";

    [Theory]
    [InlineData("<apply><lt/></apply>", "too few")]
    [InlineData("<apply><eq/></apply>", "too few")]
    [InlineData("<apply><csymbol definitionURL='http://www.sbml.org/sbml/symbols/rateOf'>r</csymbol><ci>p</ci></apply>", "without end")]
    public void Formulas(string formula, string what) => Refused(Rule.Replace("{0}", formula, StringComparison.Ordinal), what);

    [Theory]
    [InlineData("<listOfCompartments><compartment id='c' size='1'/></listOfCompartments><listOfSpecies><species id='A' compartment='c' initialAmount='1'/></listOfSpecies><listOfReactions><reaction id=''><listOfReactants><speciesReference species='A'/></listOfReactants><kineticLaw><math><cn>1</cn></math></kineticLaw></reaction></listOfReactions>", "has no id")]
    [InlineData("<listOfParameters><parameter id='' value='1'/></listOfParameters>", "has no id")]
    public void Models(string content, string what) => Refused(content, what);

    private static void Refused(string content, string what)
    {
        var text = $"<sbml xmlns='http://www.sbml.org/sbml/level3/version2/core' level='3' version='2'><model id='m'>{content}</model></sbml>";
        var e = Assert.ThrowsAny<ProtonmotiveException>(() => SbmlReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "test.xml").Lower());
        Assert.Contains(what, e.What, StringComparison.Ordinal);
    }
}
