using System.Collections.Immutable;
using Protonmotive.Formats.Antimony;
using Protonmotive.Formats.BioNetGen;
using Protonmotive.Formats.Sbml;
using Protonmotive.Networks;

namespace Protonmotive.Formats;

/// <summary>The file formats of models: a new one is one entry here.</summary>
public static class ModelFormats
{
    /// <summary>All formats. The last is what a file is taken for when nothing tells: its reader says what is wrong.</summary>
    public static ImmutableArray<ModelFormat> All { get; } =
    [
        new("bionetgen", "BioNetGen network", [".net"], start => start.Contains("begin parameters", StringComparison.Ordinal) || start.Contains("begin species", StringComparison.Ordinal))
        {
            Load = BioNetGenReader.Load,
        },
        new("antimony", "Antimony", [".ant", ".sb"], AntimonyReader.LooksLike)
        {
            Load = AntimonyReader.Load,
            Write = AntimonyWriter.Write,
        },
        new("sbml", "SBML", [".xml", ".sbml"], start => start.Contains("<sbml", StringComparison.Ordinal))
        {
            Load = SbmlReader.Load,
            Write = (network, writer) => SbmlWriter.Write(network, writer),
        },
    ];

    /// <summary>Reads a file by its extension; where that says nothing, by how it begins.</summary>
    /// <exception cref="ProtonmotiveException">The file is not of the format, or holds what is not read.</exception>
    public static Network Load(string path) => ToRead(path).Load!(path);

    /// <summary>The format a file is read as.</summary>
    public static ModelFormat ToRead(string path)
    {
        var read = All.Where(f => f.Load is not null).ToList();
        if (ByExtension(read, path) is { } format) return format;
        var start = Start(path);
        return read.Find(f => f.Begins(start)) ?? read[^1];
    }

    /// <summary>The format a file is written in.</summary>
    /// <param name="path">The file; its extension tells the format where no key is given.</param>
    /// <param name="key">Key of a format; null to go by the extension.</param>
    /// <exception cref="ModelFormatException">No such format, or one that is only read.</exception>
    public static ModelFormat ToWrite(string path, string? key = null)
    {
        var written = All.Where(f => f.Write is not null).ToList();
        var format = key is null ? ByExtension(All, path) : All.FirstOrDefault(f => string.Equals(f.Key, key, StringComparison.OrdinalIgnoreCase));
        if (format?.Write is not null) return format;
        throw new ModelFormatException(
            format is not null ? $"The format {format.Name} is read, not written." : key is null ? $"The extension '{Path.GetExtension(path)}' tells no format." : $"There is no format '{key}'.",
            path, $"Written are {string.Join(", ", written.Select(f => $"{f.Key} ({string.Join(' ', f.Extensions)})"))}; name one with --to, or choose its extension.");
    }

    private static ModelFormat? ByExtension(IEnumerable<ModelFormat> formats, string path)
    {
        var extension = Path.GetExtension(path);
        return formats.FirstOrDefault(f => f.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
    }

    private static string Start(string path)
    {
        using var reader = new StreamReader(path);
        var buffer = new char[4096];
        return new string(buffer, 0, reader.ReadBlock(buffer));
    }
}
