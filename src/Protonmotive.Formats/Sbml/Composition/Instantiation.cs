using System.Xml.Linq;
using static Protonmotive.Formats.Sbml.Composition.CompositionNames;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>Makes every use of every model, once it is known that they are not too many.</summary>
internal sealed class Instantiation(int largest)
{
    /// <summary>Deepest nesting of submodels.</summary>
    public const int Deepest = 100;

    /// <summary>Most characters that prefixes may add.</summary>
    private const long MostPrefixCharacters = 200_000_000;

    private readonly Dictionary<XElement, long> sizes = [];
    private readonly List<XElement> path = [];
    private long prefixCharacters;

    /// <summary>The main model with all that is inside it.</summary>
    /// <exception cref="SbmlException">A model is not there, contains itself, or the whole would be larger than the bound.</exception>
    public ModelInstance Make(ModelLibrary library, XElement model)
    {
        Size(library, model);
        return Make(library, model, null, null, "");
    }

    /// <summary>How many elements a model has with all its submodels; found once for each model, so that no expansion is needed to refuse one.</summary>
    private long Size(ModelLibrary library, XElement model)
    {
        if (sizes.TryGetValue(model, out long known)) return known;
        if (path.Contains(model)) throw SbmlException.At(model, library.File, $"Models hold each other: {string.Join(" → ", path.Skip(path.IndexOf(model)).Append(model).Select(m => Id(m)?.Value ?? "(main)"))}.", "Break the ring of submodels.");
        if (path.Count >= Deepest) throw SbmlException.At(model, library.File, $"Submodels are nested deeper than {Deepest}.", "Flatten part of the model first.");
        path.Add(model);
        long size = model.DescendantsAndSelf().LongCount();
        foreach (var submodel in Submodels(model))
        {
            var (inside, found) = Referred(library, submodel);
            size += Size(inside, found);
            if (size > largest) throw SbmlException.At(submodel, library.File, $"With its submodels the model would have more than {largest} elements.", "Leave out submodels, or simulate them one by one.");
        }
        path.RemoveAt(path.Count - 1);
        return sizes[model] = size;
    }

    private ModelInstance Make(ModelLibrary library, XElement model, ModelInstance? parent, XElement? submodel, string prefix)
    {
        var copy = PlacedElement.Copy(model, library.Place.Length > 0 ? library.File : null);
        var made = new ModelInstance(copy, library, parent, submodel) { Prefix = prefix };
        prefixCharacters += (long)prefix.Length * copy.DescendantsAndSelf().LongCount();
        if (prefixCharacters > MostPrefixCharacters) throw SbmlException.At(submodel ?? model, library.File, "The ids of the submodels are too long to be put before those of all their elements.", "Shorten the ids of the submodels.");
        foreach (var inner in Submodels(copy))
        {
            var id = Attribute(inner, "id") ?? throw SbmlException.At(inner, library.File, "A submodel has no id.", "Give it an id.");
            var (inside, found) = Referred(library, inner);
            made.Children[inner] = Make(inside, found, made, inner, made.PrefixOf(id));
        }
        return made;
    }

    private static IEnumerable<XElement> Submodels(XElement model) => List(model, "listOfSubmodels", "submodel");

    private static (ModelLibrary Library, XElement Model) Referred(ModelLibrary library, XElement submodel) =>
        library.Find(Attribute(submodel, "modelRef") ?? throw SbmlException.At(submodel, library.File, "The submodel names no model.", "Give it a modelRef."), submodel, library.File);
}
