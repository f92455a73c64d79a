using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>
/// Flattens a hierarchical SBML document (package comp) to a plain one: every submodel is copied in, its identifiers preceded by
/// <c>submodel__</c>, deletions and replacements are made, and times and extents are converted.
/// </summary>
/// <remarks>SBML Level 3 package Hierarchical Model Composition, version 1 release 3 (Smith et al. 2013, 2015).</remarks>
public static class SbmlComposition
{
    private const int DeepestSubmodel = 100;
    private const int MostElements = 2_000_000;

    private static readonly string[] order =
    [
        "listOfFunctionDefinitions", "listOfUnitDefinitions", "listOfCompartmentTypes", "listOfSpeciesTypes", "listOfCompartments", "listOfSpecies",
        "listOfParameters", "listOfInitialAssignments", "listOfRules", "listOfConstraints", "listOfReactions", "listOfEvents",
    ];

    /// <summary>The flat document; the document itself where it does not use the package.</summary>
    /// <param name="document">The document, read with line information.</param>
    /// <param name="file">Its path or name, for errors; external files are looked up beside it.</param>
    /// <param name="folder">The folder that external files must lie in; null where none may be opened.</param>
    /// <exception cref="SbmlException">A submodel, port, element or file does not exist or is not allowed, or submodels hold each other.</exception>
    public static XDocument Flatten(XDocument document, string file, string? folder)
    {
        var root = document.Root;
        if (root is null || !root.DescendantsAndSelf().Any(e => IsComp(e) || e.Attributes().Any(IsComp))) return document;
        var model = root.Elements().FirstOrDefault(e => e.Name.LocalName == "model") ?? throw SbmlException.At(root, file, "There is no <model>.", "Give an SBML file with a model.");
        int elements = 0;
        var top = Instantiate(model, new ModelSources(document, file, folder), "", null, null, 0, ref elements);
        var replacements = new Replacements(top, file);
        var flat = SafeXml.Shell(root, hasAttributes: false);
        flat.Add(root.Attributes().Where(a => !IsComp(a)).Select(a => new XAttribute(a)));
        flat.Add(Merge(top, new Renaming(replacements)));
        return new XDocument(flat);
    }

    /// <summary>Whether an element belongs to the package.</summary>
    internal static bool IsComp(XElement e) => IsComp(e.Name);

    /// <summary>An attribute of the package, with or without its namespace.</summary>
    internal static string? Attribute(XElement e, string name) => (string?)e.Attributes().FirstOrDefault(a => a.Name.LocalName == name);

    /// <summary>The id of an element of core or of a package.</summary>
    internal static string? Id(XElement e) => Attribute(e, "id");

    private static bool IsComp(XAttribute a) => IsComp(a.Name);

    private static bool IsComp(XName name) => name.NamespaceName.Contains("/comp/", StringComparison.Ordinal);

    private static ModelInstance Instantiate(XElement model, ModelSources sources, string prefix, ModelInstance? parent, XElement? submodel, int depth, ref int elements)
    {
        var place = submodel ?? model;
        if (depth > DeepestSubmodel) throw SbmlException.At(place, sources.File, $"Submodels are nested deeper than {DeepestSubmodel}; they hold each other.", "Break the cycle of submodels.");
        elements += model.Descendants().Count();
        if (elements > MostElements) throw SbmlException.At(place, sources.File, $"The submodels make more than {MostElements} elements.", "Instantiate fewer submodels.");
        var instance = new ModelInstance(SafeXml.Copy(model), prefix, parent, submodel);
        foreach (var child in instance.Model.Elements().Where(e => IsComp(e) && e.Name.LocalName == "listOfSubmodels").Elements())
        {
            var id = Id(child) ?? throw SbmlException.At(child, sources.File, "A submodel has no id.", "Give it one.");
            var name = Attribute(child, "modelRef") ?? throw SbmlException.At(child, sources.File, $"The submodel '{id}' names no model.", "Give it a modelRef.");
            var (definition, inner) = sources.Find(child, name);
            if (!instance.Submodels.TryAdd(id, Instantiate(definition, inner, $"{prefix}{id}__", instance, child, depth + 1, ref elements)))
                throw SbmlException.At(child, sources.File, $"There are two submodels '{id}'.", "Give one of them another id.");
        }
        return instance;
    }

    private static XElement Merge(ModelInstance top, Renaming renaming)
    {
        var lists = new Dictionary<XName, XElement>();
        var others = new List<XElement>();
        foreach (var instance in top.OuterFirst().Where(renaming.IsLive))
        {
            foreach (var child in renaming.Renamed(instance))
            {
                if (!child.Name.LocalName.StartsWith("listOf", StringComparison.Ordinal))
                {
                    if (instance == top) others.Add(child);
                }
                else if (lists.TryGetValue(child.Name, out var list))
                {
                    var items = child.Elements().ToList();
                    items.Remove();
                    list.Add(items);
                }
                else
                {
                    lists.Add(child.Name, child);
                }
            }
        }
        int Rank(XElement list) => Array.IndexOf(order, list.Name.LocalName) is var i && i < 0 ? order.Length : i;
        var flat = SafeXml.Shell(top.Model, hasAttributes: false);
        flat.Add(top.Model.Attributes().Where(a => !IsComp(a)).Select(a => new XAttribute(a)), others, lists.Values.OrderBy(Rank));
        return flat;
    }
}
