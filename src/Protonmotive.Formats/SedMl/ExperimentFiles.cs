namespace Protonmotive.Formats.SedMl;

/// <summary>The files that an experiment may read, and no others.</summary>
public abstract class ExperimentFiles
{
    /// <summary>Largest file read, in bytes.</summary>
    public const long LargestFile = 400_000_000;

    /// <summary>The content of a file.</summary>
    /// <param name="path">Relative path with forward slashes, without '..' left in it.</param>
    /// <returns>The content; null where there is no such file.</returns>
    public abstract byte[]? Read(string path);

    /// <summary>What the files stand in, for readers.</summary>
    public abstract string Place { get; }

    /// <summary>The path of a source relative to a document's folder, with . and .. carried out.</summary>
    /// <param name="folder">The document's folder in these files; empty for the topmost.</param>
    /// <param name="source">A relative path.</param>
    /// <returns>The path; null where it leaves the folder or is no relative path.</returns>
    public static string? Resolve(string folder, string source)
    {
        source = source.Replace('\\', '/');
        if (source.Length == 0 || source[0] == '/' || source.Contains(':', StringComparison.Ordinal) || source.Contains('\0', StringComparison.Ordinal)) return null;
        var parts = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in source.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".") continue;
            if (part != "..") parts.Add(part);
            else if (parts.Count == 0) return null;
            else parts.RemoveAt(parts.Count - 1);
        }
        return parts.Count == 0 ? null : string.Join('/', parts);
    }
}

/// <summary>The files in one folder of the disk and the folders in it.</summary>
/// <param name="folder">The folder.</param>
public sealed class FolderFiles(string folder) : ExperimentFiles
{
    private readonly string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    /// <inheritdoc/>
    public override string Place => $"folder {root}";

    /// <inheritdoc/>
    /// <exception cref="SedMlException">A link leads out of the folder, or the file is too large.</exception>
    public override byte[]? Read(string path)
    {
        var at = root;
        foreach (var part in path.Split('/'))
        {
            at = Path.Combine(at, part);
            FileSystemInfo entry = Directory.Exists(at) ? new DirectoryInfo(at) : new FileInfo(at);
            if (entry.LinkTarget is not null && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target && !target.FullName.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new SedMlException($"'{path}' is a link out of the experiment's folder.", Place, "Copy the file into the folder.");
        }
        if (!File.Exists(at)) return null;
        long length = new FileInfo(at).Length;
        return length <= LargestFile ? File.ReadAllBytes(at) : throw new SedMlException($"'{path}' has {length} bytes.", Place, $"Files of at most {LargestFile} bytes are read.");
    }
}
