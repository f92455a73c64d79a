namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>The elements of SBML core with their attributes and children, Levels 1 to 3.</summary>
/// <remarks>
/// Finney and Hucka (2003), SBML Level 1 Version 2; Hucka et al. (2015), J Integr Bioinform 12:271, Level 2 Version 5; Hucka et al.
/// (2019), J Integr Bioinform 16:20190021, Level 3 Version 2. A range such as 2.2-2 runs from Level 2 Version 2 to the end of Level 2.
/// </remarks>
internal static class SbmlGrammar
{
    private const string Named = "id:SId:2-:2- name:Text:2-";
    private const string Math = "math:2-:2-3.1:";

    private static readonly Dictionary<string, ElementGrammar> elements = new ElementGrammar[]
    {
        ElementGrammar.Parse("sbml", 20108, "level:Integer:1-:1- version:Integer:1-:1-", "model:1-::20201"),
        ElementGrammar.Parse("model", 20222,
            "name:SId:1 id:SId:2- name:Text:2- substanceUnits:UnitSIdRef:3- timeUnits:UnitSIdRef:3- volumeUnits:UnitSIdRef:3- areaUnits:UnitSIdRef:3- lengthUnits:UnitSIdRef:3- extentUnits:UnitSIdRef:3- conversionFactor:SIdRef:3-",
            "listOfFunctionDefinitions:2-::20205 listOfUnitDefinitions:1-::20205 listOfCompartmentTypes:2.2-2::20205 listOfSpeciesTypes:2.2-2::20205 listOfCompartments:1-:1:20205 listOfSpecies:1-::20205 listOfParameters:1-::20205 listOfInitialAssignments:2.2-::20205 listOfRules:1-::20205 listOfConstraints:2.2-::20205 listOfReactions:1-::20205 listOfEvents:2-::20205",
            orderRule: 20202),
        List("listOfFunctionDefinitions", 20223, "functionDefinition:2-", 20206),
        ElementGrammar.Parse("functionDefinition", 20307, Named, Math + "20306:20306"),
        List("listOfUnitDefinitions", 20224, "unitDefinition:1-", 20207),
        ElementGrammar.Parse("unitDefinition", 20419, "name:UnitSId:1:1 id:UnitSId:2-:2- name:Text:2-", "listOfUnits:1-:2:20414"),
        List("listOfUnits", 20420, "unit:1-", 20415),
        ElementGrammar.Parse("unit", 20421, "kind:Text:1-:1- exponent:Integer:1-2 exponent:Number:3-:3- scale:Integer:1-:3- multiplier:Number:2-:3- offset:Number:2.1"),
        List("listOfCompartmentTypes", 10103, "compartmentType:2", 10103),
        ElementGrammar.Parse("compartmentType", 10103, Named),
        List("listOfSpeciesTypes", 10103, "speciesType:2", 10103),
        ElementGrammar.Parse("speciesType", 10103, Named),
        List("listOfCompartments", 20225, "compartment:1-", 20208),
        ElementGrammar.Parse("compartment", 20517,
            "name:SId:1:1 volume:Number:1 units:UnitSIdRef:1- outside:SIdRef:1-2 id:SId:2-:2- name:Text:2- spatialDimensions:Integer:2 spatialDimensions:Number:3- size:Number:2- constant:Boolean:2-:3- compartmentType:SIdRef:2.2-2"),
        List("listOfSpecies", 20226, "specie:1.1 species:1-", 20209),
        ElementGrammar.Parse("specie", 10103, "name:SId:1:1 compartment:SIdRef:1:1 initialAmount:Number:1:1 units:UnitSIdRef:1 boundaryCondition:Boolean:1 charge:Integer:1"),
        ElementGrammar.Parse("species", 20623,
            "name:SId:1:1 compartment:SIdRef:1-:1- initialAmount:Number:1-:1 units:UnitSIdRef:1 boundaryCondition:Boolean:1-:3- charge:Integer:1-2 id:SId:2-:2- name:Text:2- initialConcentration:Number:2- substanceUnits:UnitSIdRef:2- spatialSizeUnits:UnitSIdRef:2.1-2.2 hasOnlySubstanceUnits:Boolean:2-:3- constant:Boolean:2-:3- speciesType:SIdRef:2.2-2 conversionFactor:SIdRef:3-"),
        List("listOfParameters", 20227, "parameter:1-", 20210),
        ElementGrammar.Parse("parameter", 20706, "name:SId:1:1 value:Number:1-:1.1 units:UnitSIdRef:1- id:SId:2-:2- name:Text:2- constant:Boolean:2-:3-"),
        List("listOfInitialAssignments", 20228, "initialAssignment:2.2-", 20211),
        ElementGrammar.Parse("initialAssignment", 20805, "symbol:SIdRef:2.2-:2.2-", Math + "20804:20804"),
        List("listOfRules", 20229, "algebraicRule:1- assignmentRule:2- rateRule:2- compartmentVolumeRule:1 specieConcentrationRule:1.1 speciesConcentrationRule:1 parameterRule:1", 20212),
        ElementGrammar.Parse("algebraicRule", 20910, "formula:Text:1:1 type:RuleType:1", Math + "20907:20907"),
        ElementGrammar.Parse("assignmentRule", 20908, "variable:SIdRef:2-:2-", Math + "20907:20907"),
        ElementGrammar.Parse("rateRule", 20909, "variable:SIdRef:2-:2-", Math + "20907:20907"),
        ElementGrammar.Parse("compartmentVolumeRule", 10103, "compartment:SIdRef:1:1 formula:Text:1:1 type:RuleType:1"),
        ElementGrammar.Parse("specieConcentrationRule", 10103, "specie:SIdRef:1:1 formula:Text:1:1 type:RuleType:1"),
        ElementGrammar.Parse("speciesConcentrationRule", 10103, "species:SIdRef:1:1 formula:Text:1:1 type:RuleType:1"),
        ElementGrammar.Parse("parameterRule", 10103, "name:SIdRef:1:1 formula:Text:1:1 type:RuleType:1 units:UnitSIdRef:1"),
        List("listOfConstraints", 20230, "constraint:2.2-", 20213),
        ElementGrammar.Parse("constraint", 21009, "", Math + "21007:21007 message:2.2-::21008", orderRule: 21002),
        List("listOfReactions", 20231, "reaction:1-", 20214),
        ElementGrammar.Parse("reaction", 21110,
            "name:SId:1:1 reversible:Boolean:1-:3- fast:Boolean:1-:3.1 id:SId:2-:2- name:Text:2- compartment:SIdRef:3-",
            "listOfReactants:1-::21106 listOfProducts:1-::21106 listOfModifiers:2-::21106 kineticLaw:1-::21106", orderRule: 21102),
        List("listOfReactants", 21150, "specieReference:1.1 speciesReference:1-", 21104),
        List("listOfProducts", 21150, "specieReference:1.1 speciesReference:1-", 21104),
        List("listOfModifiers", 21151, "modifierSpeciesReference:2-", 21105),
        ElementGrammar.Parse("specieReference", 10103, "specie:SIdRef:1:1 stoichiometry:Integer:1 denominator:Integer:1"),
        ElementGrammar.Parse("speciesReference", 21116,
            "species:SIdRef:1-:1- stoichiometry:Integer:1 denominator:Integer:1 id:SId:2.2- name:Text:2.2- stoichiometry:Number:2- constant:Boolean:3-:3-", "stoichiometryMath:2::21113"),
        ElementGrammar.Parse("modifierSpeciesReference", 21117, "species:SIdRef:2-:2- id:SId:2.2- name:Text:2.2-"),
        ElementGrammar.Parse("stoichiometryMath", 10103, "", Math + "10103:10103"),
        ElementGrammar.Parse("kineticLaw", 21132, "formula:Text:1:1 timeUnits:UnitSIdRef:1-2.1 substanceUnits:UnitSIdRef:1-2.1", Math + "21130:21130 listOfParameters:1-2::21122 listOfLocalParameters:3-::21127", orderRule: 21122),
        List("listOfLocalParameters", 21129, "localParameter:3-", 21128),
        ElementGrammar.Parse("localParameter", 21172, "id:SId:3-:3- name:Text:3- value:Number:3- units:UnitSIdRef:3-"),
        List("listOfEvents", 20232, "event:2-", 20215),
        ElementGrammar.Parse("event", 21225, "id:SId:2- name:Text:2- timeUnits:UnitSIdRef:2.1-2.2 useValuesFromTriggerTime:Boolean:2.4-:3-",
            "trigger:2-:2-3.1:21201:21201 delay:2-::21221 priority:3-::21230 listOfEventAssignments:2-:2:21222:21203", orderRule: 21205),
        ElementGrammar.Parse("trigger", 21226, "initialValue:Boolean:3-:3- persistent:Boolean:3-:3-", Math + "21209:21209"),
        ElementGrammar.Parse("delay", 21227, "", Math + "21210:21210"),
        ElementGrammar.Parse("priority", 21232, "", Math + "21231:21231"),
        List("listOfEventAssignments", 21224, "eventAssignment:2-", 21223),
        ElementGrammar.Parse("eventAssignment", 21214, "variable:SIdRef:2-:2-", Math + "21213:21213"),
    }.ToDictionary(e => e.Name, StringComparer.Ordinal);

    /// <summary>The grammar of an element; null for one that SBML core does not have.</summary>
    public static ElementGrammar? Find(string name) => elements.GetValueOrDefault(name);

    private static ElementGrammar List(string name, int attributeRule, string children, int childRule) => ElementGrammar.Parse(name, attributeRule, "", children, childRule: childRule);
}
