using System.Security.Cryptography;
using Protonmotive.Formats;
using Protonmotive.Formats.Potentials;
using Protonmotive.Networks;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Cli;

/// <summary>Finds a model by the name of a system, or by the path of a file.</summary>
internal static class ModelSource
{
    /// <param name="name">Name of a system or path of a file.</param>
    /// <param name="scenario">Scenario of a system.</param>
    /// <param name="potentials">Table of standard potentials; by default the one beside the file.</param>
    /// <exception cref="ProtonmotiveException">No such system, scenario or file, or a bad file.</exception>
    public static Model Load(string name, string? scenario, string? potentials = null)
    {
        if (Catalogues.All.Entries.Any(s => s.Name == name) || !(File.Exists(name) || LooksLikePath(name)))
        {
            var system = Catalogues.All.Get(name);
            var chosen = system.Scenario(scenario);
            if (potentials is not null) throw new ModelSourceException("A system declares its own potentials.", "--potentials", "Leave it out, or give a model file.");
            return new Model(name, system.Build(chosen), system, chosen);
        }
        if (!File.Exists(name)) throw new ModelSourceException("There is no such file.", name, "Check the path, or run 'pmf list' for systems by name.");
        if (scenario is not null) throw new ModelSourceException("A file has no scenarios.", name, "Leave --scenario out; use --set and --end.");
        using var stream = File.OpenRead(name);
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        var network = WithPotentials(ModelFormats.Load(name), name, potentials);
        foreach (var note in network.Notes) Console.Error.WriteLine($"note: {note}");
        return new Model(name, network, SourceHash: hash);
    }

    /// <summary>Standard potentials from annotations, and over them those of a table.</summary>
    private static Network WithPotentials(Network network, string name, string? table)
    {
        var known = new Dictionary<string, StandardPotential>(PotentialAnnotations.Of(network), StringComparer.Ordinal);
        var source = known.Count > 0 ? "annotations" : "";
        if ((table ?? PotentialTable.Beside(name)) is { } path)
        {
            if (!File.Exists(path)) throw new ModelSourceException("There is no such file.", path, "Check the path given with --potentials.");
            foreach (var (species, potential) in PotentialTable.Load(path)) known[species] = potential;
            source = source.Length > 0 ? $"{path} and {source}" : path;
        }
        return network.WithStandardPotentials(known, source);
    }

    private static bool LooksLikePath(string name) => name.Contains('/', StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal) || name.Contains('.', StringComparison.Ordinal);
}

/// <summary>A model that can't be found.</summary>
internal sealed class ModelSourceException(string what, string where, string mend) : ProtonmotiveException(what, where, mend);
