using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>Finds the model that a submodel names: in its own document, or in a file beside it.</summary>
internal sealed class ModelSources
{
    private const int DeepestChain = 50;

    private readonly XDocument document;
    private readonly string file;
    private readonly string? folder;
    private readonly Dictionary<string, ModelSources> files;

    /// <param name="document">The document.</param>
    /// <param name="file">Its path, for errors.</param>
    /// <param name="folder">The folder that files named by the document must lie in; null where none may be opened.</param>
    public ModelSources(XDocument document, string file, string? folder)
        : this(document, file, folder, new Dictionary<string, ModelSources>(StringComparer.Ordinal))
    {
    }

    private ModelSources(XDocument document, string file, string? folder, Dictionary<string, ModelSources> files)
    {
        this.document = document;
        this.file = file;
        this.folder = folder;
        this.files = files;
    }

    /// <summary>The file, for errors.</summary>
    public string File => file;

    /// <summary>The model element that a submodel's modelRef names, and where that model's own references are looked up.</summary>
    /// <exception cref="SbmlException">There is none, or a file can't or may not be opened.</exception>
    public (XElement Model, ModelSources Sources) Find(XElement at, string name, int depth = 0)
    {
        if (depth > DeepestChain) throw SbmlException.At(at, file, $"External models refer to each other without end, at '{name}'.", "Break the cycle.");
        var root = document.Root!;
        var definition = root.Elements().Where(e => SbmlComposition.IsComp(e) && e.Name.LocalName == "listOfModelDefinitions").Elements().FirstOrDefault(e => SbmlComposition.Id(e) == name);
        if (definition is not null) return (definition, this);
        var external = root.Elements().Where(e => SbmlComposition.IsComp(e) && e.Name.LocalName == "listOfExternalModelDefinitions").Elements().FirstOrDefault(e => SbmlComposition.Id(e) == name);
        if (external is not null)
        {
            var sources = Open(external);
            return SbmlComposition.Attribute(external, "modelRef") is { } inner ? sources.Find(external, inner, depth + 1) : (sources.Main(external), sources);
        }
        if (root.Elements().FirstOrDefault(e => e.Name.LocalName == "model") is { } main && (string?)main.Attribute("id") == name) return (main, this);
        throw SbmlException.At(at, file, $"There is no model definition '{name}'.", "Define it in listOfModelDefinitions or listOfExternalModelDefinitions.");
    }

    private XElement Main(XElement at) => document.Root!.Elements().FirstOrDefault(e => e.Name.LocalName == "model")
        ?? throw SbmlException.At(at, file, "The external file has no <model>.", "Name one of its model definitions by modelRef.");

    private ModelSources Open(XElement external)
    {
        var source = SbmlComposition.Attribute(external, "source") ?? throw SbmlException.At(external, file, "The external model names no source.", "Give it the name of a file beside this one.");
        SbmlException Refused(string why) => SbmlException.At(external, file, $"The external file '{source}' {why}.", "Put the file beside the model and name it without a path.");
        if (folder is null) throw Refused("can't be found, since the model was not read from a file");
        if (source.Contains("://", StringComparison.Ordinal) || source.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) || Path.IsPathRooted(source)) throw Refused("is not in the model's folder, and nothing else is opened");
        var home = Path.GetFullPath(folder);
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file)) ?? home, source));
        if (!IsInside(path, home)) throw Refused("is outside the model's folder");
        if (!System.IO.File.Exists(path)) throw Refused("does not exist");
        var target = System.IO.File.ResolveLinkTarget(path, returnFinalTarget: true);
        if (target is not null && !IsInside(Path.GetFullPath(target.FullName), home)) throw Refused("is a link that leads outside the model's folder");
        if (files.TryGetValue(path, out var known)) return known;
        using var stream = System.IO.File.OpenRead(path);
        return files[path] = new ModelSources(SafeXml.Load(stream, path), path, folder, files);
    }

    private static bool IsInside(string path, string home) => path.StartsWith(home.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
