using System.Globalization;

namespace Protonmotive.Bench.Peers;

/// <summary>Arguments of peers and of gradients.</summary>
/// <param name="Problems">Only these; empty for all.</param>
/// <param name="Rounds">How often each contender runs at each tolerance.</param>
/// <param name="Networks">Folder of the .net files; null where there is none.</param>
/// <param name="Out">Markdown file; null to print only.</param>
/// <param name="Figures">Folder of the pictures; null for none.</param>
/// <param name="WithEnsembles">False for trajectories alone.</param>
/// <param name="WithCvodes">False for gradients without those of CVODES.</param>
/// <param name="Members">Members of the ensembles of gradients; a quarter of them for large systems.</param>
internal sealed record PeersOptions(IReadOnlyList<string> Problems, int Rounds, string? Networks, string? Out, string? Figures, bool WithEnsembles, bool WithCvodes = true, int Members = 128)
{
    /// <summary>How to call it.</summary>
    public const string Usage = "usage: peers|gradients [--problems A,B,…] [--rounds N] [--networks FOLDER] [--out FILE] [--figures FOLDER] [--ensembles yes|no] [--cvodes yes|no] [--members N]";

    /// <summary>Reads the arguments.</summary>
    /// <param name="args">After the word of the command.</param>
    /// <exception cref="ArgumentException">An argument is unknown.</exception>
    public static PeersOptions Read(string[] args)
    {
        var options = new PeersOptions([], 5, DefaultNetworks(), null, null, true);
        for (int k = 0; k < args.Length; k += 2)
        {
            if (k + 1 == args.Length) throw new ArgumentException(Usage);
            string value = args[k + 1];
            options = args[k] switch
            {
                "--problems" => options with { Problems = value.Split(',') },
                "--rounds" => options with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--networks" => options with { Networks = value },
                "--out" => options with { Out = value },
                "--figures" => options with { Figures = value },
                "--ensembles" => options with { WithEnsembles = value != "no" },
                "--members" => options with { Members = int.Parse(value, CultureInfo.InvariantCulture) },
                "--cvodes" => options with { WithCvodes = value != "no" },
                _ => throw new ArgumentException(Usage),
            };
        }
        return options;
    }

    /// <summary>The networks as the tests find them: in $PROTONMOTIVE_DATA or a folder shared in, beside or above the repository; null where they are not.</summary>
    public static string? DefaultNetworks()
    {
        var folders = new List<string>();
        if (Environment.GetEnvironmentVariable("PROTONMOTIVE_DATA") is { Length: > 0 } given) folders.Add(given);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent) folders.Add(Path.Combine(folder.FullName, "shared"));
        return folders.Select(f => Path.Combine(f, "bionetgen")).FirstOrDefault(Directory.Exists);
    }
}
