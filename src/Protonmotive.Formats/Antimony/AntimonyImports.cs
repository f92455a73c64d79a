using Protonmotive.Formats.Sbml;

namespace Protonmotive.Formats.Antimony;

/// <summary>Opens the files that a file imports: those in its folder and below, each once.</summary>
/// <param name="folder">The folder of the first file, as a full path; null where there is none.</param>
internal sealed class AntimonyImports(string? folder)
{
    private const int MostFiles = 200;
    private readonly HashSet<string> opened = new(StringComparer.Ordinal);

    /// <summary>Notes that a file was read, so that it is not imported again.</summary>
    public void Opened(string path) => opened.Add(Path.GetFullPath(path));

    /// <summary>The file; null where it was imported before.</summary>
    /// <exception cref="AntimonyException">It is not there, or lies outside of the folder.</exception>
    public AntimonySource? Open(AntimonySource source, int token, string name)
    {
        if (folder is null) throw source.Fault(token, $"'{name}' can't be imported, for this text lies in no folder.", "Read the model from a file.");
        var nearest = Path.GetDirectoryName(Path.GetFullPath(source.Name)) ?? folder;
        string path;
        try
        {
            path = Path.GetFullPath(Path.Combine(nearest, name.Replace('\\', '/')));
            if (File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target) path = target.FullName;
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException or UnauthorizedAccessException)
        {
            throw source.FaultAt(source.Tokens[token].Offset, $"'{name}' can't be imported: {e.Message}", "Name a file in the folder of the model.", e);
        }
        if (Path.IsPathRooted(name) || !path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw source.Fault(token, $"'{name}' lies outside of the folder of the model.", "Imports are read from that folder and below; copy the file there.");
        if (!File.Exists(path)) throw source.Fault(token, $"There is no file '{name}'.", $"It is looked for as {path}.");
        if (!opened.Add(path)) return null;
        if (opened.Count > MostFiles) throw source.Fault(token, $"More than {MostFiles} files are imported.", "Join some of them.");
        return new AntimonySource(path, AntimonyReader.Text(path) is var text && text.TrimStart().StartsWith('<') ? AntimonyWriter.Print(SbmlReader.Load(path)) : text);
    }
}
