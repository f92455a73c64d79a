using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Writing;

/// <summary>Puts back what the writer says in annotations of ours: names that are no identifiers of SBML, and fast reactions.</summary>
internal static class SbmlExtension
{
    private static readonly string[] references =
        ["id", "variable", "symbol", "species", "compartment", "conversionFactor"];

    private static readonly XName element = (XNamespace)SbmlNamespaces.Network + "element";

    /// <summary>Changes a model element that was just loaded; one without our annotations stays as it is.</summary>
    public static void Restore(XElement model)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var said in model.Descendants(element).ToList())
        {
            if (said.Parent is not { Name.LocalName: "annotation", Parent: { } owner }) continue;
            if (owner.Name.LocalName == "reaction" && (string?)said.Attribute("fast") == "true") owner.SetAttributeValue("fast", "true");
            if ((string?)owner.Attribute("id") is { } id && (string?)said.Attribute("name") is { Length: > 0 } name) names.TryAdd(id, name);
        }
        if (names.Count == 0) return;
        foreach (var e in model.Descendants())
        {
            if (e.Name.LocalName == "ci" && names.TryGetValue(e.Value.Trim(), out var name)) e.Value = name;
            else if (e.Name.Namespace == model.Name.Namespace)
                foreach (var attribute in e.Attributes())
                    if (references.Contains(attribute.Name.LocalName) && names.TryGetValue(attribute.Value, out var restored)) attribute.Value = restored;
        }
    }
}
