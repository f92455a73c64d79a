using Protonmotive.Formats.Sbml.Validation;
using Xunit;

namespace Protonmotive.Tests.Unit.Formats.Validation;

/// <summary>One faulty formula for each rule on formulas and function definitions.</summary>
public class FormulaRules
{
    [Theory]
    [InlineData(10201, 32, "<plus/>")]
    [InlineData(10201, 32, "<cn>1</cn><cn>2</cn>")]
    [InlineData(10201, 32, "<cn>abc</cn>")]
    [InlineData(10201, 32, "<apply/>")]
    [InlineData(10201, 32, "<apply><cn>1</cn><cn>1</cn></apply>")]
    [InlineData(10201, 32, "<apply><plus/><degree><cn>1</cn></degree></apply>")]
    [InlineData(10202, 32, "<apply><wizard/><cn>1</cn></apply>")]
    [InlineData(10202, 24, "<apply><max/><cn>1</cn></apply>")]
    [InlineData(10203, 32, "<ci encoding='text'>p</ci>")]
    [InlineData(10204, 31, "<ci definitionURL='x'>p</ci>")]
    [InlineData(10205, 32, "<csymbol definitionURL='http://www.sbml.org/sbml/symbols/tim'>t</csymbol>")]
    [InlineData(10205, 24, "<csymbol definitionURL='http://www.sbml.org/sbml/symbols/avogadro'>t</csymbol>")]
    [InlineData(10206, 32, "<ci type='real'>p</ci>")]
    [InlineData(10207, 32, "<cn type='hex'>1</cn>")]
    [InlineData(10208, 32, "<lambda><cn>1</cn></lambda>")]
    [InlineData(10209, 31, "<apply><and/><cn>1</cn><true/></apply>")]
    [InlineData(10210, 31, "<apply><plus/><cn>1</cn><true/></apply>")]
    [InlineData(10211, 31, "<apply><eq/><cn>1</cn><true/></apply>")]
    [InlineData(10212, 31, "<piecewise><piece><cn>1</cn><true/></piece><otherwise><false/></otherwise></piecewise>")]
    [InlineData(10213, 31, "<piecewise><piece><cn>1</cn><cn>1</cn></piece><otherwise><cn>2</cn></otherwise></piecewise>")]
    [InlineData(10214, 32, "<apply><ci>p</ci><cn>1</cn></apply>")]
    [InlineData(10215, 32, "<ci>nowhere</ci>")]
    [InlineData(10217, 31, "<true/>")]
    [InlineData(10218, 32, "<apply><divide/><cn>1</cn></apply>")]
    [InlineData(10218, 32, "<piecewise><piece><cn>1</cn></piece></piecewise>")]
    [InlineData(10218, 32, "<apply><csymbol definitionURL='http://www.sbml.org/sbml/symbols/delay'>d</csymbol><ci>p</ci></apply>")]
    [InlineData(10223, 32, "<apply><csymbol definitionURL='http://www.sbml.org/sbml/symbols/rateOf'>r</csymbol><cn>1</cn></apply>")]
    [InlineData(10224, 32, "<apply><csymbol definitionURL='http://www.sbml.org/sbml/symbols/rateOf'>r</csymbol><ci>q</ci></apply>")]
    public void A_rule_broken_by_a_formula_is_named(int rule, int edition, string formula) =>
        Named(rule, edition, (edition < 30 ? "{c2}" : "{c}") + "{p}<listOfRules><assignmentRule variable='q'>{math:" + formula + ":math}</assignmentRule></listOfRules>");

    [Theory]
    [InlineData(10219, 32, "<lambda><bvar><ci>x</ci></bvar><ci>x</ci></lambda>", "<apply><ci>f</ci></apply>")]
    [InlineData(20301, 32, "<cn>1</cn>", "<cn>1</cn>")]
    [InlineData(20303, 32, "<lambda><bvar><ci>x</ci></bvar><apply><ci>f</ci><ci>x</ci></apply></lambda>", "<cn>1</cn>")]
    [InlineData(20304, 32, "<lambda><bvar><ci>x</ci></bvar><ci>p</ci></lambda>", "<cn>1</cn>")]
    [InlineData(20305, 32, "<lambda><bvar><ci>x</ci></bvar></lambda>", "<cn>1</cn>")]
    public void A_rule_broken_by_a_function_is_named(int rule, int edition, string function, string formula) =>
        Named(rule, edition, "<listOfFunctionDefinitions><functionDefinition id='f'>{math:" + function + ":math}</functionDefinition></listOfFunctionDefinitions>{p}<listOfRules><assignmentRule variable='q'>{math:" + formula + ":math}</assignmentRule></listOfRules>");

    [Fact]
    public void Functions_are_defined_before_use_in_Level_2_Version_1() => Named(20302, 21, """
        <listOfFunctionDefinitions>
        <functionDefinition id='f'>{math:<lambda><apply><ci>g</ci></apply></lambda>:math}</functionDefinition>
        <functionDefinition id='g'>{math:<lambda><cn>1</cn></lambda>:math}</functionDefinition>
        </listOfFunctionDefinitions>
        """);

    [Fact]
    public void Units_of_numbers_are_defined() => Named(10221, 32, "{p}<listOfRules><assignmentRule variable='q'>{math:<cn xmlns:s='http://www.sbml.org/sbml/level3/version2/core' s:units='furlong'>1</cn>:math}</assignmentRule></listOfRules>");

    [Fact]
    public void Formulas_of_Level_1_are_read()
    {
        var problems = SbmlDocument.Problems(12, "{c1}<listOfParameters><parameter name='p' value='1'/></listOfParameters><listOfRules><parameterRule name='p' formula='2 * nowhere'/></listOfRules>");
        Assert.Contains(problems, p => p.What.Contains("'nowhere'", StringComparison.Ordinal));
        Assert.Contains(SbmlDocument.Problems(12, "{c1}<listOfRules><algebraicRule formula='2 * )'/></listOfRules>"), p => p.What.Contains("can't be read", StringComparison.Ordinal));
    }

    private static void Named(int rule, int edition, string content)
    {
        var problems = SbmlDocument.Problems(edition, content);
        Assert.True(problems.Any(p => p.Rule == rule && p.Severity == SbmlSeverity.Error), string.Join('\n', problems));
    }
}
