using System.Xml.Linq;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>One model of a file, with its parts by identifier.</summary>
internal sealed class ModelView
{
    private readonly Dictionary<XElement, IReadOnlyList<string>> names = [];

    public ModelView(XElement model, SbmlEdition edition, XNamespace core)
    {
        Model = model;
Core = core;
        Edition = edition;
        Functions = List("listOfFunctionDefinitions");
        UnitDefinitions = List("listOfUnitDefinitions");
        Compartments = List("listOfCompartments");
        Species = List("listOfSpecies");
        Parameters = List("listOfParameters");
        InitialAssignments = List("listOfInitialAssignments");
        Rules = List("listOfRules");
        Constraints = List("listOfConstraints");
        Reactions = List("listOfReactions");
        Events = List("listOfEvents");
        foreach (var e in Functions) FunctionsById.TryAdd(Id(e), e);
        foreach (var e in UnitDefinitions) UnitsById.TryAdd(Id(e), e);
        foreach (var e in Compartments.Concat(Species).Concat(Parameters).Concat(Reactions)) Symbols.TryAdd(Id(e), e);
        if (edition.Level == 3)
            foreach (var e in Reactions.SelectMany(r => References(r)).Where(r => Id(r).Length > 0)) Symbols.TryAdd(Id(e), e);
        Symbols.Remove("");
    }

    public XElement Model { get; }

    public XNamespace Core { get; }

    public SbmlEdition Edition { get; }

    public IReadOnlyList<XElement> Functions { get; }

    public IReadOnlyList<XElement> UnitDefinitions { get; }

    public IReadOnlyList<XElement> Compartments { get; }

    public IReadOnlyList<XElement> Species { get; }

    public IReadOnlyList<XElement> Parameters { get; }

    public IReadOnlyList<XElement> InitialAssignments { get; }

    public IReadOnlyList<XElement> Rules { get; }

    public IReadOnlyList<XElement> Constraints { get; }

    public IReadOnlyList<XElement> Reactions { get; }

    public IReadOnlyList<XElement> Events { get; }

    public Dictionary<string, XElement> FunctionsById { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, XElement> UnitsById { get; } = new(StringComparer.Ordinal);

    /// <summary>What a formula may name: compartments, species, parameters, reactions and, in Level 3, species references.</summary>
    public Dictionary<string, XElement> Symbols { get; } = new(StringComparer.Ordinal);

    /// <summary>The identifier of an element; empty where it has none.</summary>
    public string Id(XElement e) => ((string?)e.Attribute(Edition.IdAttribute))?.Trim() ?? "";

    /// <summary>What a rule sets; null for an algebraic rule.</summary>
    public static string? Target(XElement rule) => rule.Name.LocalName switch
    {
        "assignmentRule" or "rateRule" => Text(rule, "variable"),
        "compartmentVolumeRule" => Text(rule, "compartment"),
        "speciesConcentrationRule" => Text(rule, "species"),
        "specieConcentrationRule" => Text(rule, "specie"),
        "parameterRule" => Text(rule, "name"),
        _ => null,
    };

    /// <summary>Whether a rule sets a rate, not a value.</summary>
    public static bool IsRate(XElement rule) => rule.Name.LocalName == "rateRule" || Text(rule, "type") == "rate";

    /// <summary>Rules that set values.</summary>
    public IEnumerable<XElement> AssignmentRules => Rules.Where(r => Target(r) is not null && !IsRate(r));

    /// <summary>Rules that set rates.</summary>
    public IEnumerable<XElement> RateRules => Rules.Where(r => Target(r) is not null && IsRate(r));

    /// <summary>The formula element; null where there is none.</summary>
    public static XElement? Math(XElement holder) => holder.Elements().FirstOrDefault(e => e.Name.LocalName == "math");

    public XElement? Child(XElement e, string name) => e.Elements(Core + name).FirstOrDefault();

    /// <summary>Reactants and products of a reaction.</summary>
    public IEnumerable<XElement> References(XElement reaction) =>
        Items(reaction, "listOfReactants").Concat(Items(reaction, "listOfProducts")).Where(e => e.Name.LocalName is "speciesReference" or "specieReference");

    /// <summary>The species that a reference of a reaction names.</summary>
    public static string Referred(XElement reference) => Text(reference, "species") ?? Text(reference, "specie") ?? "";

    /// <summary>The parameters of a kinetic law.</summary>
    public IEnumerable<XElement> Locals(XElement kineticLaw) => Items(kineticLaw, Edition.Level == 3 ? "listOfLocalParameters" : "listOfParameters");

    /// <summary>The children of a list, without notes and annotation.</summary>
    public IEnumerable<XElement> Items(XElement e, string list) =>
        e.Elements(Core + list).Elements().Where(c => c.Name.Namespace == Core && c.Name.LocalName is not ("notes" or "annotation" or "annotations"));

    /// <summary>Whether the element's value may change, by its attribute.</summary>
    public bool IsConstant(XElement e)
    {
        if (e.Name.LocalName == "reaction") return false;
        return Flag(e, "constant", Edition.Level == 2 && e.Name.LocalName is "compartment" or "parameter");
    }

    public static bool Flag(XElement e, string name, bool standard = false) => Text(e, name) switch { "true" or "1" => true, "false" or "0" => false, _ => standard };

    public static string? Text(XElement e, string name) => ((string?)e.Attribute(name))?.Trim();

    /// <summary>The identifiers that the formula of an element uses, each once; heads of function calls are not among them.</summary>
    public IReadOnlyList<string> Names(XElement holder)
    {
        if (names.TryGetValue(holder, out var known)) return known;
        IReadOnlyList<string> found = [];
        if (Edition.Level == 1)
        {
            try
            {
                found = [.. InfixParser.Parse(Text(holder, "formula") ?? "0").Symbols()];
            }
            catch (ProtonmotiveException)
            {
                found = []; // reported by the check of formulas
            }
        }
        else if (Math(holder) is { } math)
        {
            found = [.. math.Descendants().Where(e => e.Name.LocalName == "ci" && !IsHead(e) && e.Parent!.Name.LocalName != "bvar").Select(e => e.Value.Trim()).Distinct()];
        }
        return names[holder] = found;
    }

    /// <summary>Whether the element is the operator of an apply.</summary>
    public static bool IsHead(XElement e) => e.Parent is { Name.LocalName: "apply" } parent && parent.Elements().First() == e;

    private List<XElement> List(string name) => [.. Items(Model, name)];
}
