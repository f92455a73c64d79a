using System.Xml.Linq;
using static Protonmotive.Formats.Sbml.SbmlReader;

namespace Protonmotive.Formats.Sbml;

/// <summary>What a model's identifiers stand for, and which of them a rule, an initial assignment or an event gives.</summary>
internal sealed class SbmlIdentifiers
{
    private readonly XElement model;
    private readonly int level;
    private readonly Dictionary<string, List<XElement>> lists;
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<(string List, string Id), XElement> elements = [];

    public SbmlIdentifiers(XElement model, int level, string file)
    {
        this.model = model;
        this.level = level;
        lists = model.Elements().Where(e => e.Name.NamespaceName == model.Name.NamespaceName).GroupBy(e => e.Name.LocalName)
            .ToDictionary(g => g.Key, g => g.Elements().Where(e => e.Name.LocalName is not ("notes" or "annotation")).ToList(), StringComparer.Ordinal);
        foreach (var list in new[] { "listOfCompartments", "listOfSpecies", "listOfParameters", "listOfReactions" })
        {
            foreach (var e in List(list))
            {
                var id = Id(e, level) is { Length: > 0 } given ? given : throw SbmlException.At(e, file, $"<{e.Name.LocalName}> has no id.", "Give it an id.");
                if (!ids.Add(id)) throw SbmlException.At(e, file, $"The id '{id}' is used twice.", "Give one of them another id.");
                elements[(list, id)] = e;
            }
        }
        foreach (var e in List("listOfRules")) if (RuleTarget(e) is { } target) Ruled.Add(target);
        foreach (var e in List("listOfInitialAssignments")) Started.Add((string?)e.Attribute("symbol") ?? "");
        foreach (var e in List("listOfEvents").Descendants().Where(x => x.Name.LocalName == "eventAssignment")) SetByEvent.Add((string?)e.Attribute("variable") ?? "");
        if (level == 3) FindNamedReferences(file);
    }

    /// <summary>Targets of rules.</summary>
    public HashSet<string> Ruled { get; } = new(StringComparer.Ordinal);

    /// <summary>Targets of initial assignments.</summary>
    public HashSet<string> Started { get; } = new(StringComparer.Ordinal);

    /// <summary>Targets of event assignments.</summary>
    public HashSet<string> SetByEvent { get; } = new(StringComparer.Ordinal);

    /// <summary>Species references whose stoichiometry the model calls by its id.</summary>
    public HashSet<XElement> NamedReferences { get; } = [];

    /// <summary>The children of a list of the model.</summary>
    public IReadOnlyList<XElement> List(string name) => lists.GetValueOrDefault(name, []);

    /// <summary>Whether a formula may use the identifier.</summary>
    public bool Contains(string id) => ids.Contains(id);

    /// <summary>The element of that id in a list; null where there is none.</summary>
    public XElement? Find(string list, string id) => elements.GetValueOrDefault((list, id));

    /// <summary>Whether a rule, an initial assignment or an event gives its value.</summary>
    public bool IsGiven(string id) => Ruled.Contains(id) || Started.Contains(id) || SetByEvent.Contains(id);

    /// <summary>What a rule sets; null for an algebraic one.</summary>
    public static string? RuleTarget(XElement rule) => (string?)rule.Attribute("variable") ?? (string?)rule.Attribute("species") ?? (string?)rule.Attribute("specie")
        ?? (string?)rule.Attribute("compartment") ?? (rule.Name.LocalName == "algebraicRule" ? null : (string?)rule.Attribute("name"));

    /// <summary>Whether a rule gives a value at all times.</summary>
    public bool IsAssignment(XElement rule) => rule.Name.LocalName is not ("algebraicRule" or "rateRule") && !(level == 1 && (string?)rule.Attribute("type") == "rate");

    private void FindNamedReferences(string file)
    {
        var references = List("listOfReactions").Elements().Where(x => x.Name.LocalName is "listOfReactants" or "listOfProducts").Elements()
            .Where(r => r.Name.LocalName == "speciesReference" && r.Attribute("id") is not null).ToList();
        if (references.Count == 0) return;
        var called = model.Descendants().Where(x => x.Name.LocalName == "ci").Select(c => c.Value.Trim()).ToHashSet(StringComparer.Ordinal);
        foreach (var reference in references)
        {
            var id = (string)reference.Attribute("id")!;
            if (!called.Contains(id) && !IsGiven(id)) continue;
            if (!ids.Add(id)) throw SbmlException.At(reference, file, $"The id '{id}' is used twice.", "Give one of them another id.");
            NamedReferences.Add(reference);
        }
    }
}
