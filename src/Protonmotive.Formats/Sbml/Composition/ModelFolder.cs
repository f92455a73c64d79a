using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>The folder of a model: other files of the model are read from it, and from nowhere else.</summary>
internal sealed class ModelFolder(string path)
{
    private readonly string folder = Path.GetFullPath(path);

    /// <summary>Reads a file of the folder.</summary>
    /// <param name="place">Its path below the folder.</param>
    /// <exception cref="SbmlException">A link in the path leads out of the folder, or it is no XML.</exception>
    /// <exception cref="IOException">It is not there.</exception>
    public XDocument Load(string place)
    {
        var file = folder;
        foreach (var part in place.Split('/'))
        {
            file = Path.Combine(file, part);
            FileSystemInfo entry = Directory.Exists(file) ? new DirectoryInfo(file) : new FileInfo(file);
            if (entry.LinkTarget is not null) throw new SbmlException($"The other file '{place}' is reached by a link; it is not followed, whether or not it leads outside the model's folder.", file, "Put a copy of the file itself there.");
        }
        if (!File.Exists(file)) throw new FileNotFoundException("it does not exist.", file);
        using var stream = File.OpenRead(file);
        return SafeXml.Load(stream, place);
    }
}
