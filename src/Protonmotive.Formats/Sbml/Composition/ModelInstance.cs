using System.Xml.Linq;
using static Protonmotive.Formats.Sbml.Composition.CompositionNames;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>One use of a model: its own copy of the elements, what its names stand for, and the uses inside it.</summary>
internal sealed class ModelInstance
{
    private static readonly HashSet<string> ownScope = new(StringComparer.Ordinal) { "unitDefinition", "port", "deletion", "replacedElement", "replacedBy", "sBaseRef" };

    public ModelInstance(XElement model, ModelLibrary library, ModelInstance? parent, XElement? submodel)
    {
        Model = model;
        Library = library;
        Parent = parent;
        Submodel = submodel;
        Index(model);
    }

    public XElement Model { get; }

    public ModelLibrary Library { get; }

    public ModelInstance? Parent { get; }

    /// <summary>The submodel element in the parent's model; null for the main model.</summary>
    public XElement? Submodel { get; }

    /// <summary>What stands before every id of this use in the flattened model.</summary>
    public string Prefix { get; set; } = "";

    public string File => Library.File;

    public Dictionary<string, XElement> Ids { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, XElement> Units { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, XElement> MetaIds { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, XElement> Ports { get; } = new(StringComparer.Ordinal);

    /// <summary>Elements that replace others or are replaced by one.</summary>
    public List<XElement> Replacing { get; } = [];

    /// <summary>The uses inside it by their submodel elements, in the order of the file.</summary>
    public Dictionary<XElement, ModelInstance> Children { get; } = [];

    /// <summary>A beginning for the ids of a submodel that no other id of this model shares.</summary>
    public string PrefixOf(string submodel)
    {
        var prefix = submodel + "__";
        while (Ids.Keys.Concat(Units.Keys).Any(id => id.StartsWith(prefix, StringComparison.Ordinal))) prefix += "_";
        return Prefix + prefix;
    }

    private void Index(XElement root)
    {
        var work = new Stack<XElement>([root]);
        while (work.TryPop(out var e))
        {
            if ((string?)e.Attribute("metaid") is { } metaId) Keep(MetaIds, metaId, e, "metaid");
            if (e.Name == Comp + "port") Keep(Ports, Attribute(e, "id"), e, "port id");
            else if (e.Name.LocalName == "unitDefinition") Keep(Units, Id(e)?.Value, e, "unit id");
            else if (e != root && !ownScope.Contains(e.Name.LocalName) && !IsLocal(e)) Keep(Ids, Id(e)?.Value ?? Attribute(e, "id"), e, "id");
            if (e.Elements(Comp + "listOfReplacedElements").Any() || e.Elements(Comp + "replacedBy").Any()) Replacing.Add(e);
            foreach (var child in e.Elements()) if (!IsProse(child) && child.Name.Namespace != MathNamespace) work.Push(child);
        }
        Replacing.Reverse();
    }

    private void Keep(Dictionary<string, XElement> names, string? name, XElement e, string kind)
    {
        if (name is not null && !names.TryAdd(name, e)) throw SbmlException.At(e, File, e.Name == Comp + "submodel" ? $"There are two submodels '{name}'." : $"The {kind} '{name}' is used twice.", "Give one of them another.");
    }
}
