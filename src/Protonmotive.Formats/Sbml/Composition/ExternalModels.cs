using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>The other files of a composed model, each opened once, all within the folder of the model.</summary>
internal sealed class ExternalModels(Func<string, XDocument>? load)
{
    private readonly Dictionary<string, ModelLibrary> opened = new(StringComparer.Ordinal);

    public IEnumerable<ModelLibrary> Opened => opened.Values;

    /// <summary>Opens the file that a definition names.</summary>
    /// <exception cref="SbmlException">It is not there, is no SBML Level 3, or stands outside the folder.</exception>
    public ModelLibrary Open(string source, ModelLibrary from, XElement at)
    {
        if (load is null) throw SbmlException.At(at, from.File, $"The model is in another file, '{source}', and this one was not opened from a folder.", "Open the model by its path, with the other file beside it.");
        var place = Inside(from.Place, source) ?? throw SbmlException.At(at, from.File, $"The other file '{source}' is outside the model's folder, and what is not in the model's folder is not opened.",
            "Put it beside the model and name it by a relative path; addresses and absolute paths are not followed.");
        if (place.Length == 0) throw SbmlException.At(at, from.File, $"The source '{source}' names no file.", "Name the file of the model.");
        if (opened.TryGetValue(place, out var known)) return known;
        XDocument document;
        try
        {
            document = load(place);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SbmlException($"The other file '{source}' can't be opened: {e.Message}", SbmlException.At(at, from.File, "", "").Where, "Put it beside the model.", e);
        }
        var root = document.Root;
        if (root is null || root.Name.LocalName != "sbml" || (string?)root.Attribute("level") != "3")
            throw SbmlException.At(at, from.File, $"The other file '{source}' is no SBML Level 3.", "Convert it to Level 3.");
        return opened[place] = new ModelLibrary(root, place, place, this);
    }

    /// <summary>A source as a path below the model's folder, with '/' between its parts; null where it leaves it.</summary>
    internal static string? Inside(string from, string source)
    {
        if (source.Contains(':', StringComparison.Ordinal) || source.Contains('\0', StringComparison.Ordinal) || source.StartsWith('/') || source.StartsWith('\\')) return null;
        var parts = from.Split('/').SkipLast(1).ToList();
        foreach (var part in source.Split('/', '\\'))
        {
            if (part is "" or ".") continue;
            if (part == "..")
            {
                if (parts.Count == 0) return null;
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }
        return string.Join('/', parts);
    }
}
