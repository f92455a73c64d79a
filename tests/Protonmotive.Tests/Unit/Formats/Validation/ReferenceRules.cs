using Protonmotive.Formats.Sbml.Validation;
using Xunit;

namespace Protonmotive.Tests.Unit.Formats.Validation;

/// <summary>One faulty model for each rule on what units, compartments, species, rules, reactions and events refer to.</summary>
public class ReferenceRules
{
    private const string Reaction = "<listOfReactions><reaction id='r' reversible='false'><listOfReactants><speciesReference species='A' stoichiometry='1' constant='true'/></listOfReactants>";
    private const string Event = "<listOfEvents><event useValuesFromTriggerTime='true'><trigger initialValue='true' persistent='true'>{math:<true/>:math}</trigger><listOfEventAssignments>";
    private const string EventEnd = "</listOfEventAssignments></event></listOfEvents>";

    [Theory]
    [InlineData(20401, 32, "<listOfUnitDefinitions><unitDefinition id='mole'/></listOfUnitDefinitions>")]
    [InlineData(20402, 24, "<listOfUnitDefinitions><unitDefinition id='substance'><listOfUnits><unit kind='second'/></listOfUnits></unitDefinition></listOfUnitDefinitions>")]
    [InlineData(20403, 24, "<listOfUnitDefinitions><unitDefinition id='length'><listOfUnits><unit kind='second'/></listOfUnits></unitDefinition></listOfUnitDefinitions>")]
    [InlineData(20404, 24, "<listOfUnitDefinitions><unitDefinition id='area'><listOfUnits><unit kind='metre'/></listOfUnits></unitDefinition></listOfUnitDefinitions>")]
    [InlineData(20405, 24, "<listOfUnitDefinitions><unitDefinition id='time'><listOfUnits><unit kind='metre'/></listOfUnits></unitDefinition></listOfUnitDefinitions>")]
    [InlineData(20406, 24, "<listOfUnitDefinitions><unitDefinition id='volume'><listOfUnits><unit kind='metre'/></listOfUnits></unitDefinition></listOfUnitDefinitions>")]
    [InlineData(20410, 32, "<listOfUnitDefinitions><unitDefinition id='u'><listOfUnits><unit kind='furlong' exponent='1' scale='0' multiplier='1'/></listOfUnits></unitDefinition></listOfUnitDefinitions>")]
    [InlineData(20411, 24, "<listOfUnitDefinitions><unitDefinition id='u'><listOfUnits><unit kind='mole' offset='1'/></listOfUnits></unitDefinition></listOfUnitDefinitions>")]
    [InlineData(20412, 24, "<listOfUnitDefinitions><unitDefinition id='u'><listOfUnits><unit kind='Celsius'/></listOfUnits></unitDefinition></listOfUnitDefinitions>")]
    [InlineData(20501, 24, "<listOfCompartments><compartment id='c' spatialDimensions='0' size='1'/></listOfCompartments>")]
    [InlineData(20502, 24, "<listOfCompartments><compartment id='c' spatialDimensions='0' units='volume'/></listOfCompartments>")]
    [InlineData(20503, 24, "<listOfCompartments><compartment id='c' spatialDimensions='0' constant='false'/></listOfCompartments>")]
    [InlineData(20504, 24, "<listOfCompartments><compartment id='c' size='1' outside='d'/></listOfCompartments>")]
    [InlineData(20505, 24, "<listOfCompartments><compartment id='c' size='1' outside='d'/><compartment id='d' size='1' outside='c'/></listOfCompartments>")]
    [InlineData(20506, 24, "<listOfCompartments><compartment id='c' size='1' outside='d'/><compartment id='d' spatialDimensions='0'/></listOfCompartments>")]
    [InlineData(20507, 24, "<listOfCompartments><compartment id='c' spatialDimensions='1' size='1' units='volume'/></listOfCompartments>")]
    [InlineData(20508, 24, "<listOfCompartments><compartment id='c' spatialDimensions='2' size='1' units='volume'/></listOfCompartments>")]
    [InlineData(20509, 24, "<listOfCompartments><compartment id='c' size='1' units='area'/></listOfCompartments>")]
    [InlineData(20510, 24, "<listOfCompartments><compartment id='c' size='1' compartmentType='t'/></listOfCompartments>")]
    [InlineData(20204, 24, "{s2}")]
    [InlineData(20216, 32, "", "<model id='m'", "<model id='m' conversionFactor='f'")]
    [InlineData(20601, 24, "{c2}<listOfSpecies><species id='A' compartment='d'/></listOfSpecies>")]
    [InlineData(20604, 24, "<listOfCompartments><compartment id='c' spatialDimensions='0'/></listOfCompartments><listOfSpecies><species id='A' compartment='c' initialConcentration='1'/></listOfSpecies>")]
    [InlineData(20608, 24, "{c2}<listOfSpecies><species id='A' compartment='c' initialAmount='1' substanceUnits='time'/></listOfSpecies>")]
    [InlineData(20609, 24, "{c2}<listOfSpecies><species id='A' compartment='c' initialAmount='1' initialConcentration='1'/></listOfSpecies>")]
    [InlineData(20610, 32, "{c}{s}<listOfRules><rateRule variable='A'>{math:<cn>1</cn>:math}</rateRule></listOfRules>" + Reaction + "</reaction></listOfReactions>")]
    [InlineData(20611, 32, "{c}{s}" + Reaction + "</reaction></listOfReactions>", "boundaryCondition='false' constant='false'", "boundaryCondition='false' constant='true'")]
    [InlineData(20612, 24, "{c2}<listOfSpecies><species id='A' compartment='c' initialAmount='1' speciesType='t'/></listOfSpecies>")]
    [InlineData(20613, 24, "<listOfSpeciesTypes><speciesType id='t'/></listOfSpeciesTypes>{c2}<listOfSpecies><species id='A' compartment='c' speciesType='t'/><species id='B' compartment='c' speciesType='t'/></listOfSpecies>")]
    [InlineData(20615, 24, "{c2}<listOfSpecies><species id='A' compartment='c' initialAmount='1' spatialSizeUnits='volume'/></listOfSpecies>")]
    [InlineData(20617, 32, "{c}{s}", "id='A'", "id='A' conversionFactor='f'")]
    [InlineData(20705, 32, "{c}{s}{p}", "id='A'", "id='A' conversionFactor='p'")]
    [InlineData(20801, 32, "{p}<listOfInitialAssignments><initialAssignment symbol='x'>{math:<cn>1</cn>:math}</initialAssignment></listOfInitialAssignments>")]
    [InlineData(20802, 32, "{p}<listOfInitialAssignments><initialAssignment symbol='p'>{math:<cn>1</cn>:math}</initialAssignment><initialAssignment symbol='p'>{math:<cn>2</cn>:math}</initialAssignment></listOfInitialAssignments>")]
    [InlineData(20803, 32, "{p}<listOfInitialAssignments><initialAssignment symbol='p'>{math:<cn>1</cn>:math}</initialAssignment></listOfInitialAssignments><listOfRules><assignmentRule variable='p'>{math:<cn>1</cn>:math}</assignmentRule></listOfRules>")]
    [InlineData(10304, 32, "{p}<listOfRules><assignmentRule variable='p'>{math:<cn>1</cn>:math}</assignmentRule><rateRule variable='p'>{math:<cn>1</cn>:math}</rateRule></listOfRules>")]
    [InlineData(20901, 32, "{p}<listOfRules><assignmentRule variable='x'>{math:<cn>1</cn>:math}</assignmentRule></listOfRules>")]
    [InlineData(20902, 32, "{p}<listOfRules><rateRule variable='x'>{math:<cn>1</cn>:math}</rateRule></listOfRules>")]
    [InlineData(20903, 32, "{p}<listOfRules><assignmentRule variable='k'>{math:<cn>1</cn>:math}</assignmentRule></listOfRules>")]
    [InlineData(20904, 32, "{p}<listOfRules><rateRule variable='k'>{math:<cn>1</cn>:math}</rateRule></listOfRules>")]
    [InlineData(20906, 32, "{p}<listOfRules><assignmentRule variable='p'>{math:<ci>q</ci>:math}</assignmentRule><assignmentRule variable='q'>{math:<ci>p</ci>:math}</assignmentRule></listOfRules>")]
    [InlineData(20906, 32, "{p}<listOfRules><assignmentRule variable='p'>{math:<ci>p</ci>:math}</assignmentRule></listOfRules>")]
    [InlineData(20906, 32, "{c}{s}{p}<listOfRules><assignmentRule variable='p'>{math:<ci>r</ci>:math}</assignmentRule></listOfRules>" + Reaction + "<kineticLaw>{math:<ci>p</ci>:math}</kineticLaw></reaction></listOfReactions>")]
    [InlineData(20912, 32, "{p}<listOfRules><rateRule variable='p'>{math:<apply><csymbol definitionURL='http://www.sbml.org/sbml/symbols/rateOf'>r</csymbol><ci>p</ci></apply>:math}</rateRule></listOfRules>")]
    [InlineData(10601, 32, "{p}<listOfRules><algebraicRule>{math:<apply><minus/><ci>p</ci><ci>k</ci></apply>:math}</algebraicRule><rateRule variable='p'>{math:<cn>1</cn>:math}</rateRule></listOfRules>")]
    [InlineData(10216, 32, "{c}{s}{p}<listOfRules><assignmentRule variable='p'>{math:<ci>v</ci>:math}</assignmentRule></listOfRules>" + Reaction + "<kineticLaw>{math:<ci>v</ci>:math}<listOfLocalParameters><localParameter id='v' value='1'/></listOfLocalParameters></kineticLaw></reaction></listOfReactions>")]
    [InlineData(21001, 31, "<listOfConstraints><constraint>{math:<cn>1</cn>:math}</constraint></listOfConstraints>")]
    [InlineData(21101, 24, "{c2}<listOfReactions><reaction id='r'/></listOfReactions>")]
    [InlineData(21107, 32, "{c}{s}" + Reaction + "</reaction></listOfReactions>", "<reaction ", "<reaction compartment='d' ")]
    [InlineData(21111, 32, "{c}{s}" + Reaction + "</reaction></listOfReactions>", "species='A' s", "species='X' s")]
    [InlineData(21113, 24, "{c2}{s2}<listOfReactions><reaction id='r'><listOfReactants><speciesReference species='A' stoichiometry='1'><stoichiometryMath>{math:<cn>1</cn>:math}</stoichiometryMath></speciesReference></listOfReactants></reaction></listOfReactions>")]
    [InlineData(21121, 32, "{c}{s}" + Reaction + "<kineticLaw>{math:<ci>B</ci>:math}</kineticLaw></reaction></listOfReactions>")]
    [InlineData(21124, 24, "{c2}{s2}<listOfReactions><reaction id='r'><listOfReactants><speciesReference species='A'/></listOfReactants><kineticLaw>{math:<ci>v</ci>:math}<listOfParameters><parameter id='v' value='1' constant='false'/></listOfParameters></kineticLaw></reaction></listOfReactions>")]
    [InlineData(21131, 24, "{c2}{s2}<listOfReactions><reaction id='r'><listOfReactants><speciesReference species='A'><stoichiometryMath>{math:<ci>B</ci>:math}</stoichiometryMath></speciesReference></listOfReactants></reaction></listOfReactions>")]
    [InlineData(21202, 31, "{p}" + Event + "<eventAssignment variable='p'>{math:<cn>1</cn>:math}</eventAssignment>" + EventEnd, "<true/>", "<cn>1</cn>")]
    [InlineData(21206, 24, "{p}<listOfEvents><event useValuesFromTriggerTime='false'><trigger>{math:<true/>:math}</trigger><listOfEventAssignments><eventAssignment variable='p'>{math:<cn>1</cn>:math}</eventAssignment></listOfEventAssignments></event></listOfEvents>")]
    [InlineData(10305, 32, "{p}" + Event + "<eventAssignment variable='p'>{math:<cn>1</cn>:math}</eventAssignment><eventAssignment variable='p'>{math:<cn>1</cn>:math}</eventAssignment>" + EventEnd)]
    [InlineData(10306, 32, "{p}<listOfRules><assignmentRule variable='p'>{math:<cn>1</cn>:math}</assignmentRule></listOfRules>" + Event + "<eventAssignment variable='p'>{math:<cn>1</cn>:math}</eventAssignment>" + EventEnd)]
    [InlineData(21211, 32, "{p}" + Event + "<eventAssignment variable='x'>{math:<cn>1</cn>:math}</eventAssignment>" + EventEnd)]
    [InlineData(21212, 32, "{p}" + Event + "<eventAssignment variable='k'>{math:<cn>1</cn>:math}</eventAssignment>" + EventEnd)]
    public void A_broken_rule_is_named(int rule, int edition, string content, string was = "\0", string becomes = "")
    {
        var problems = SbmlDocument.Of(SbmlDocument.Text(edition, content).Replace(was, becomes, StringComparison.Ordinal));
        Assert.True(problems.Any(p => p.Rule == rule && p.Severity == SbmlSeverity.Error), string.Join('\n', problems));
    }

    [Theory]
    [InlineData("negative size", "<listOfCompartments><compartment id='c' size='-1' constant='true'/></listOfCompartments>")]
    [InlineData("has no size", "<listOfCompartments><compartment id='c' constant='true'/></listOfCompartments>")]
    [InlineData("no value", "<listOfParameters><parameter id='p' constant='true'/></listOfParameters>")]
    [InlineData("no initial value", "{c}<listOfSpecies><species id='A' compartment='c' hasOnlySubstanceUnits='false' boundaryCondition='false' constant='false'/></listOfSpecies>")]
    public void Doubtful_values_are_warnings(string what, string content)
    {
        var problem = Assert.Single(SbmlDocument.Problems(32, content));
        Assert.Equal((null, SbmlSeverity.Warning), (problem.Rule, problem.Severity));
        Assert.Contains(what, problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Units_that_do_not_fit_are_warnings() => Assert.Contains(
        SbmlDocument.Problems(32, "<listOfParameters><parameter id='p' value='1' units='second' constant='false'/><parameter id='q' value='1' units='metre' constant='true'/></listOfParameters><listOfRules><assignmentRule variable='p'>{math:<ci>q</ci>:math}</assignmentRule></listOfRules>"),
        p => p is { Rule: 10513, Severity: SbmlSeverity.Warning, Line: 3, Element: "assignmentRule" });

    [Theory]
    [InlineData("which is no parameter", "<reaction id='r' reversible='false' fbc:lowerFluxBound='none'/>")]
    [InlineData("above its upper bound", "<reaction id='r' reversible='false' fbc:lowerFluxBound='two' fbc:upperFluxBound='one'/>")]
    public void Bounds_of_fluxes_are_checked(string what, string reaction)
    {
        var text = SbmlDocument.Text(32, "<listOfParameters><parameter id='one' value='1' constant='true'/><parameter id='two' value='2' constant='true'/></listOfParameters><listOfReactions>" + reaction + "</listOfReactions>")
            .Replace("<sbml ", "<sbml xmlns:fbc='http://www.sbml.org/sbml/level3/version1/fbc/version2' fbc:required='false' ", StringComparison.Ordinal).Replace("<model ", "<model fbc:strict='true' ", StringComparison.Ordinal);
        Assert.Contains(SbmlDocument.Of(text), p => p.Severity == SbmlSeverity.Error && p.What.Contains(what, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("no such model", "<comp:submodel comp:id='s' comp:modelRef='x'/>", "")]
    [InlineData("which is no submodel", "<comp:submodel comp:id='s' comp:modelRef='inner'/>", "comp:submodelRef='t' comp:idRef='p'")]
    [InlineData("does not have", "<comp:submodel comp:id='s' comp:modelRef='inner'/>", "comp:submodelRef='s' comp:idRef='z'")]
    public void References_into_submodels_are_checked(string what, string submodel, string replaced)
    {
        var text = SbmlDocument.Text(32, "<listOfParameters><parameter id='k' value='1' constant='true'>" + (replaced.Length > 0 ? $"<comp:listOfReplacedElements><comp:replacedElement {replaced}/></comp:listOfReplacedElements>" : "") + "</parameter></listOfParameters><comp:listOfSubmodels>" + submodel + "</comp:listOfSubmodels>")
            .Replace("<sbml ", "<sbml xmlns:comp='http://www.sbml.org/sbml/level3/version1/comp/version1' comp:required='true' ", StringComparison.Ordinal)
            .Replace("</sbml>", "<comp:listOfModelDefinitions><comp:modelDefinition id='inner'><listOfParameters><parameter id='p' value='1' constant='true'/></listOfParameters></comp:modelDefinition></comp:listOfModelDefinitions></sbml>", StringComparison.Ordinal);
        Assert.Contains(SbmlDocument.Of(text), p => p.Severity == SbmlSeverity.Error && p.What.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public void Unknown_required_packages_are_named() => Assert.Contains(
        SbmlDocument.Of(SbmlDocument.Text(32, "").Replace("<sbml ", "<sbml xmlns:x='http://www.sbml.org/sbml/level3/version1/qual/version1' x:required='true' ", StringComparison.Ordinal)),
        p => p.What.Contains("'qual'", StringComparison.Ordinal));
}
