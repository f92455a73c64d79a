using Protonmotive.Formats.Sbml.Validation;
using Xunit;

namespace Protonmotive.Tests.Unit.Formats.Validation;

/// <summary>One faulty document for each rule on elements, attributes and identifiers.</summary>
public class StructureRules
{
    [Theory]
    [InlineData(10102, 24, "{c2}<listOfWizards/>")]
    [InlineData(10102, 32, "<wizard xmlns='urn:x'/>")]
    [InlineData(10103, 24, "<listOfCompartments><compartment id='c' size='big'/></listOfCompartments>")]
    [InlineData(10103, 24, "<listOfCompartments><compartment id='c' volume='1'/></listOfCompartments>")]
    [InlineData(10103, 12, "{c1}<listOfParameters><parameter value='1'/></listOfParameters>")]
    [InlineData(10103, 12, "<listOfParameters><parameter name='p' value='1'/></listOfParameters>")]
    [InlineData(10301, 32, "{c}<listOfParameters><parameter id='c' value='1' constant='true'/></listOfParameters>")]
    [InlineData(10301, 24, "{c2}<listOfParameters><parameter id='c' value='1'/></listOfParameters>")]
    [InlineData(10302, 32, "<listOfUnitDefinitions><unitDefinition id='u'/><unitDefinition id='u'/></listOfUnitDefinitions>")]
    [InlineData(10303, 32, "{c}{s}<listOfReactions><reaction id='r' reversible='false'><listOfReactants><speciesReference species='A' stoichiometry='1' constant='true'/></listOfReactants><kineticLaw>{math:<ci>v</ci>:math}<listOfLocalParameters><localParameter id='v' value='1'/><localParameter id='v' value='1'/></listOfLocalParameters></kineticLaw></reaction></listOfReactions>")]
    [InlineData(10307, 32, "<listOfParameters><parameter metaid='x' id='p' value='1' constant='true'/><parameter metaid='x' id='q' value='1' constant='true'/></listOfParameters>")]
    [InlineData(10308, 32, "<listOfParameters><parameter sboTerm='SBO:1' id='p' value='1' constant='true'/></listOfParameters>")]
    [InlineData(10309, 32, "<listOfParameters><parameter metaid='1x' id='p' value='1' constant='true'/></listOfParameters>")]
    [InlineData(10310, 32, "<listOfParameters><parameter id='1p' value='1' constant='true'/></listOfParameters>")]
    [InlineData(10311, 32, "<listOfParameters><parameter id='p' value='1' units='m/s' constant='true'/></listOfParameters>")]
    [InlineData(10313, 32, "<listOfParameters><parameter id='p' value='1' units='furlong' constant='true'/></listOfParameters>")]
    [InlineData(10401, 24, "<annotation><x xmlns=''/></annotation>{c2}")]
    [InlineData(10402, 32, "<annotation><x xmlns='urn:a'/><y xmlns='urn:a'/></annotation>{c}")]
    [InlineData(10403, 24, "<annotation><x/></annotation>{c2}")]
    [InlineData(10404, 32, "<annotation/><annotation/>{c}")]
    [InlineData(10801, 32, "<notes><p>text</p></notes>{c}")]
    [InlineData(10805, 32, "<notes/><notes/>{c}")]
    [InlineData(20202, 24, "<listOfParameters><parameter id='p' value='1'/></listOfParameters>{c2}")]
    [InlineData(20203, 31, "<listOfParameters/>")]
    [InlineData(20205, 32, "{c}<listOfCompartments/>")]
    [InlineData(20206, 32, "<listOfFunctionDefinitions><unit/></listOfFunctionDefinitions>")]
    [InlineData(20208, 32, "<listOfCompartments><wizard/></listOfCompartments>")]
    [InlineData(20222, 32, "<listOfParameters/>", "<model id='m'", "<model id='m' colour='red'")]
    [InlineData(20227, 32, "<listOfParameters colour='red'/>")]
    [InlineData(20306, 31, "<listOfFunctionDefinitions><functionDefinition id='f'/></listOfFunctionDefinitions>")]
    [InlineData(20307, 32, "<listOfFunctionDefinitions><functionDefinition>{math:<lambda><cn>1</cn></lambda>:math}</functionDefinition></listOfFunctionDefinitions>")]
    [InlineData(20409, 24, "<listOfUnitDefinitions><unitDefinition id='u'/></listOfUnitDefinitions>")]
    [InlineData(20413, 31, "<listOfUnitDefinitions><unitDefinition id='u'><listOfUnits/></unitDefinition></listOfUnitDefinitions>")]
    [InlineData(20414, 32, "<listOfUnitDefinitions><unitDefinition id='u'><listOfUnits/><listOfUnits/></unitDefinition></listOfUnitDefinitions>")]
    [InlineData(20415, 32, "<listOfUnitDefinitions><unitDefinition id='u'><listOfUnits><species/></listOfUnits></unitDefinition></listOfUnitDefinitions>")]
    [InlineData(20419, 32, "<listOfUnitDefinitions><unitDefinition/></listOfUnitDefinitions>")]
    [InlineData(20421, 32, "<listOfUnitDefinitions><unitDefinition id='u'><listOfUnits><unit kind='mole'/></listOfUnits></unitDefinition></listOfUnitDefinitions>")]
    [InlineData(20517, 32, "<listOfCompartments><compartment id='c' size='1'/></listOfCompartments>")]
    [InlineData(20614, 32, "{c}<listOfSpecies><species id='A' initialAmount='1' hasOnlySubstanceUnits='false' boundaryCondition='false' constant='false'/></listOfSpecies>")]
    [InlineData(20623, 32, "{c}<listOfSpecies><species id='A' compartment='c' initialAmount='1' hasOnlySubstanceUnits='yes' boundaryCondition='false' constant='false'/></listOfSpecies>")]
    [InlineData(20706, 32, "<listOfParameters><parameter id='p' value='1,5' constant='true'/></listOfParameters>")]
    [InlineData(20804, 31, "{p}<listOfInitialAssignments><initialAssignment symbol='p'/></listOfInitialAssignments>")]
    [InlineData(20805, 32, "{p}<listOfInitialAssignments><initialAssignment>{math:<cn>1</cn>:math}</initialAssignment></listOfInitialAssignments>")]
    [InlineData(20907, 31, "{p}<listOfRules><rateRule variable='p'/></listOfRules>")]
    [InlineData(20908, 32, "{p}<listOfRules><assignmentRule>{math:<cn>1</cn>:math}</assignmentRule></listOfRules>")]
    [InlineData(21102, 24, "{c2}{s2}<listOfReactions><reaction id='r'><listOfProducts><speciesReference species='A'/></listOfProducts><listOfReactants><speciesReference species='B'/></listOfReactants></reaction></listOfReactions>")]
    [InlineData(21103, 31, "{c}{s}<listOfReactions><reaction id='r' reversible='false' fast='false'><listOfReactants/><listOfProducts><speciesReference species='A' constant='true'/></listOfProducts></reaction></listOfReactions>")]
    [InlineData(21104, 32, "{c}{s}<listOfReactions><reaction id='r' reversible='false'><listOfReactants><modifierSpeciesReference species='A'/></listOfReactants></reaction></listOfReactions>")]
    [InlineData(21110, 31, "{c}{s}<listOfReactions><reaction id='r' reversible='false'><listOfProducts><speciesReference species='A' constant='true'/></listOfProducts></reaction></listOfReactions>")]
    [InlineData(21116, 32, "{c}{s}<listOfReactions><reaction id='r' reversible='false'><listOfProducts><speciesReference species='A'/></listOfProducts></reaction></listOfReactions>")]
    [InlineData(21130, 31, "{c}{s}<listOfReactions><reaction id='r' reversible='false' fast='false'><listOfProducts><speciesReference species='A' constant='true'/></listOfProducts><kineticLaw/></reaction></listOfReactions>")]
    [InlineData(21201, 24, "<listOfEvents><event><listOfEventAssignments/></event></listOfEvents>")]
    [InlineData(21203, 24, "<listOfEvents><event><trigger>{math:<true/>:math}</trigger></event></listOfEvents>")]
    [InlineData(21209, 31, "<listOfEvents><event useValuesFromTriggerTime='true'><trigger initialValue='true' persistent='true'/></event></listOfEvents>")]
    [InlineData(21221, 32, "<listOfEvents><event useValuesFromTriggerTime='true'><trigger initialValue='true' persistent='true'/><delay/><delay/></event></listOfEvents>")]
    [InlineData(21225, 32, "<listOfEvents><event><trigger initialValue='true' persistent='true'/></event></listOfEvents>")]
    [InlineData(21226, 32, "<listOfEvents><event useValuesFromTriggerTime='true'><trigger/></event></listOfEvents>")]
    [InlineData(21228, 32, "<listOfEvents><event useValuesFromTriggerTime='true'><trigger initialValue='true' persistent='yes'/></event></listOfEvents>")]
    public void A_broken_rule_is_named(int rule, int edition, string content, string was = "\0", string becomes = "") =>
        Assert.Contains(SbmlDocument.Of(SbmlDocument.Text(edition, content).Replace(was, becomes, StringComparison.Ordinal)), p => p.Rule == rule && p.Severity == SbmlSeverity.Error);

    [Theory]
    [InlineData(10104, "<sbml")]
    [InlineData(10102, "<html/>")]
    [InlineData(20101, "<sbml level='3' version='2'><model/></sbml>")]
    [InlineData(20102, "<sbml xmlns='http://www.sbml.org/sbml/level3/version2/core' version='2'><model/></sbml>")]
    [InlineData(20103, "<sbml xmlns='http://www.sbml.org/sbml/level3/version2/core' level='3' version='9'><model/></sbml>")]
    [InlineData(20103, "<sbml xmlns='http://www.sbml.org/sbml/level3/version2/core' level='3' version='1'><model/></sbml>")]
    [InlineData(20201, "<sbml xmlns='http://www.sbml.org/sbml/level3/version1/core' level='3' version='1'/>")]
    public void A_broken_document_is_named(int rule, string text) => Assert.Contains(SbmlDocument.Of(text), p => p.Rule == rule && p.Severity == SbmlSeverity.Error);

    [Fact]
    public void Problems_come_all_at_once_with_line_and_column()
    {
        var problems = SbmlDocument.Problems(32, "<listOfParameters>\n  <parameter id='p' value='x' constant='true'/>\n  <parameter id='p' value='1'/>\n</listOfParameters>");
        Assert.Equal([(20706, 4), (10301, 5), (20706, 5)], problems.Select(p => (p.Rule!.Value, p.Line)));
        Assert.All(problems, p => Assert.Equal((4, "parameter", "p"), (p.Column, p.Element, p.Id)));
        Assert.StartsWith("4:4: error 20706: The attribute value is 'x', which is not a number. Mend", problems[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_thousand_nested_elements_are_one_problem()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000));
        Assert.Contains("nested deeper", Assert.Single(SbmlDocument.Of("<sbml>" + deep)).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12, "{c1}<listOfSpecies><species name='A' compartment='c' initialAmount='1'/></listOfSpecies><listOfParameters><parameter name='k' value='1'/></listOfParameters><listOfReactions><reaction name='r'><listOfReactants><speciesReference species='A'/></listOfReactants><kineticLaw formula='k*A'/></reaction></listOfReactions>")]
    [InlineData(24, "{c2}{s2}<listOfParameters><parameter id='k' value='1'/></listOfParameters><listOfReactions><reaction id='r'><listOfReactants><speciesReference species='A'/></listOfReactants><kineticLaw>{math:<apply><times/><ci>k</ci><ci>A</ci></apply>:math}</kineticLaw></reaction></listOfReactions>")]
    [InlineData(32, "{c}{s}{p}<listOfReactions><reaction id='r' reversible='false'><listOfReactants><speciesReference species='A' stoichiometry='1' constant='true'/></listOfReactants><kineticLaw>{math:<apply><times/><ci>k</ci><ci>A</ci></apply>:math}</kineticLaw></reaction></listOfReactions>")]
    public void A_model_in_order_has_no_problems(int edition, string content) => Assert.Empty(SbmlDocument.Problems(edition, content));
}
