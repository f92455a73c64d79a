using System.Security.Cryptography;
using Protonmotive.Atlas;
using Protonmotive.Formats;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Cli;

/// <summary>Finds a model by the name of a system, or by the path of a file.</summary>
internal static class ModelSource
{
    /// <exception cref="ProtonmotiveException">No such system, scenario or file, or a bad file.</exception>
    public static Model Load(string name, string? scenario)
    {
        if (AtlasCatalogue.Systems.Systems.Any(s => s.Name == name) || !(File.Exists(name) || LooksLikePath(name)))
        {
            var system = AtlasCatalogue.Systems.Get(name);
            var chosen = system.Scenario(scenario);
            return new Model(name, system.Build(chosen), system, chosen);
        }
        if (!File.Exists(name)) throw new ModelSourceException("There is no such file.", name, "Check the path, or run 'pmf list' for systems by name.");
        if (scenario is not null) throw new ModelSourceException("A file has no scenarios.", name, "Leave --scenario out; use --set and --end.");
        using var stream = File.OpenRead(name);
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        var network = ModelFormats.Load(name);
        foreach (var note in network.Notes) Console.Error.WriteLine($"note: {note}");
        return new Model(name, network, SourceHash: hash);
    }

    private static bool LooksLikePath(string name) => name.Contains('/', StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal) || name.Contains('.', StringComparison.Ordinal);
}

/// <summary>A model that can't be found.</summary>
internal sealed class ModelSourceException(string what, string where, string mend) : ProtonmotiveException(what, where, mend);
