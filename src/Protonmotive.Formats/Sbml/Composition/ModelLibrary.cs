using System.Xml.Linq;
using static Protonmotive.Formats.Sbml.Composition.CompositionNames;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>The models of one file by id: its main model, its definitions, and those it names in other files.</summary>
internal sealed class ModelLibrary
{
    private readonly ExternalModels externals;
    private readonly Dictionary<string, XElement> models = new(StringComparer.Ordinal);

    public ModelLibrary(XElement root, string file, string place, ExternalModels externals)
    {
        this.externals = externals;
        Root = root;
        File = file;
        Place = place;
        Main = root.Elements().FirstOrDefault(e => e.Name.LocalName == "model" && e.Name.Namespace == root.Name.Namespace);
        var all = List(root, "listOfModelDefinitions", "modelDefinition").Concat(List(root, "listOfExternalModelDefinitions", "externalModelDefinition"));
        if (Main is not null && Id(Main) is { } main) models[main.Value] = Main;
        foreach (var model in all)
        {
            var id = Id(model)?.Value ?? Attribute(model, "id") ?? throw SbmlException.At(model, file, "A model definition has no id.", "Give it an id.");
            if (!models.TryAdd(id, model)) throw SbmlException.At(model, file, $"The model id '{id}' is used twice.", "Give one of them another id.");
        }
    }

    public XElement Root { get; }

    /// <summary>The file's name, for errors.</summary>
    public string File { get; }

    /// <summary>Its path below the folder of the model that was asked for; empty for that model itself.</summary>
    public string Place { get; }

    public XElement? Main { get; }

    /// <summary>Finds a model, in another file where the id stands for one there.</summary>
    /// <param name="id">The id; null for the file's main model.</param>
    /// <param name="at">What asks, for errors.</param>
    /// <param name="asking">The file of what asks.</param>
    /// <exception cref="SbmlException">There is none, its file is not there or not allowed, or the definitions name each other in a ring.</exception>
    public (ModelLibrary Library, XElement Model) Find(string? id, XElement at, string asking)
    {
        var library = this;
        var seen = new HashSet<XElement>();
        while (true)
        {
            var found = id is null ? library.Main : library.models.GetValueOrDefault(id);
            if (found is null) throw SbmlException.At(at, asking, id is null ? $"'{library.File}' has no main model." : $"There is no model definition '{id}'{(library == this ? "" : $" in '{library.File}'")}.",
                "Name a model of listOfModelDefinitions or listOfExternalModelDefinitions, or the main model of the other file.");
            if (found.Name.LocalName != "externalModelDefinition") return (library, found);
            if (!seen.Add(found)) throw SbmlException.At(found, library.File, $"The external model definition '{id}' leads back to itself.", "Let the definitions end in a model.");
            var source = Attribute(found, "source") ?? throw SbmlException.At(found, library.File, $"The external model definition '{id}' names no source.", "Give the file of the model.");
            (at, asking, id) = (found, library.File, Attribute(found, "modelRef"));
            library = externals.Open(source, library, found);
        }
    }
}
