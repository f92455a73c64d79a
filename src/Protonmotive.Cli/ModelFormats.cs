using Protonmotive.Formats.BioNetGen;
using Protonmotive.Formats.Sbml;
using Protonmotive.Networks;

namespace Protonmotive.Cli;

/// <summary>The file formats that models are read from: a new one is one line here.</summary>
internal static class ModelFormats
{
    private static readonly ModelFormat[] all =
    [
        new("BioNetGen network", [".net"], start => start.Contains("begin parameters", StringComparison.Ordinal) || start.Contains("begin species", StringComparison.Ordinal), BioNetGenReader.Load),
        new("SBML", [".xml", ".sbml"], start => start.Contains("<sbml", StringComparison.Ordinal), SbmlReader.Load),
    ];

    /// <summary>Extensions of all formats.</summary>
    public static IEnumerable<string> Extensions => all.SelectMany(f => f.Extensions);

    /// <summary>Reads a file by its extension; where that says nothing, by how it begins; else as SBML, whose reader says what is wrong.</summary>
    public static Network Load(string path)
    {
        var extension = Path.GetExtension(path);
        var format = all.FirstOrDefault(f => f.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
        if (format is null)
        {
            var start = Start(path);
            format = all.FirstOrDefault(f => f.Begins(start)) ?? all[^1];
        }
        return format.Load(path);
    }

    private static string Start(string path)
    {
        using var reader = new StreamReader(path);
        var buffer = new char[4096];
        return new string(buffer, 0, reader.ReadBlock(buffer));
    }
}

/// <summary>A file format that models are read from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Extensions">Extensions that say so, with the dot.</param>
/// <param name="Begins">Whether a file that begins like this is one.</param>
/// <param name="Load">Reads a file.</param>
internal sealed record ModelFormat(string Name, string[] Extensions, Func<string, bool> Begins, Func<string, Network> Load);
