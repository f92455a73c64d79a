using System.Xml.Linq;
using static Protonmotive.Formats.Sbml.Composition.CompositionNames;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>
/// Turns a model composed of submodels into a plain one: every submodel is written out, its ids become
/// <c>submodel__id</c>, and what is deleted, replaced or converted is carried out.
/// </summary>
/// <remarks>
/// SBML Level 3 Package: Hierarchical Model Composition, version 1 release 3 (Smith et al. 2015, J Integr Bioinform 12:268).
/// Other files are read through the caller's function only, which is asked for paths inside the model's folder.
/// </remarks>
public static class SbmlComposition
{
    /// <summary>Most elements that a model may have with all its submodels.</summary>
    public const int LargestModel = 2_000_000;

    /// <summary>Flattens a document; other files of the model are read from its folder only.</summary>
    /// <param name="document">An SBML document; it is not changed.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <param name="folder">The folder that other files must lie in; null where none may be opened.</param>
    /// <returns>A document without anything of the package; elements keep the lines where they were written.</returns>
    /// <exception cref="SbmlException">A reference leads nowhere or out of the folder, a model contains itself, or the whole is larger than <see cref="LargestModel"/>.</exception>
    public static XDocument Flatten(XDocument document, string file, string? folder) => Flatten(document, file, folder is null ? null : new ModelFolder(folder).Load);

    /// <summary>Flattens a document; one that does not use the package is given back as it is.</summary>
    /// <param name="document">An SBML Level 3 document; it is not changed.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <param name="external">Opens another file by its path below the model's folder, parts divided by '/'; null where there are none.</param>
    /// <returns>A document without anything of the package; elements keep the lines where they were written.</returns>
    /// <exception cref="SbmlException">A reference leads nowhere, a model contains itself, or the whole is larger than <see cref="LargestModel"/>.</exception>
    public static XDocument Flatten(XDocument document, string file, Func<string, XDocument>? external = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document.Root is not { } root || !IsComposed(root)) return document;
        var externals = new ExternalModels(external);
        var library = new ModelLibrary(root, file, "", externals);
        var flatRoot = PlacedElement.At(root, root.Name);
        foreach (var attribute in root.Attributes().Where(a => a.Name.Namespace != Comp && a.Value != Comp.NamespaceName)) flatRoot.Add(new XAttribute(attribute));
        if (library.Main is { } model)
        {
            var main = new Instantiation(LargestModel).Make(library, model);
            var replacements = new Replacements(main);
            flatRoot.Add(FlatModel(main, replacements, new References(replacements)));
            // What another file needs, the whole now needs.
            foreach (var needed in externals.Opened.SelectMany(o => o.Root.Attributes()).Where(a => a.Name.LocalName == "required" && a.Name.Namespace != Comp && a.Name.NamespaceName.Length > 0))
                if (flatRoot.Attribute(needed.Name) is not { Value: "true" or "1" }) flatRoot.SetAttributeValue(needed.Name, needed.Value);
        }
        foreach (var prose in root.Elements().Where(IsProse)) flatRoot.AddFirst(PlacedElement.Copy(prose));
        return new XDocument(flatRoot);
    }

    private static bool IsComposed(XElement root) => root.Attributes().Any(a => a.Name.Namespace == Comp) || root.Elements().Concat(root.Elements().Elements()).Any(e => e.Name.Namespace == Comp);

    private static PlacedElement FlatModel(ModelInstance main, Replacements replacements, References references)
    {
        var core = main.Model.Name.Namespace;
        var flat = PlacedElement.At(main.Model, core + "model");
        var lists = new Dictionary<XName, XElement>();
        var defaults = new ModelDefaults(main, core, references);
        var work = new Stack<ModelInstance>([main]);
        while (work.TryPop(out var instance))
        {
            var writing = new ModelWriting(instance, replacements, references, core);
            if (instance == main) writing.AddAttributes(main.Model, flat);
            if (replacements.IsRemoved(instance.Model)) continue;
            foreach (var child in instance.Model.Elements())
            {
                if (IsProse(child) && instance != main) continue;
                if (writing.Write(child) is not { } written) continue;
                defaults.Complete(written, instance);
                if (lists.TryGetValue(written.Name, out var list)) Merge(list, written);
                else
                {
                    lists[written.Name] = written;
                    flat.Add(written);
                }
            }
            foreach (var (submodel, child) in instance.Children.Reverse()) if (!replacements.IsRemoved(submodel)) work.Push(child);
        }
        defaults.Settle(flat);
        return flat;
    }

    private static void Merge(XElement list, XElement more)
    {
        foreach (var attribute in more.Attributes()) if (list.Attribute(attribute.Name) is null && attribute.Name.LocalName is not ("id" or "metaid")) list.Add(new XAttribute(attribute));
        var children = more.Elements().Where(e => !IsProse(e)).ToList();
        foreach (var child in children)
        {
            // Taken out first: an element with a parent would be copied, and the copy would not know its line.
            child.Remove();
            list.Add(child);
        }
    }
}
