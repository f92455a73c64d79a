using System.Collections.Immutable;

namespace Protonmotive.Learning.Data;

/// <summary>Finds the folder of a data set: $PROTONMOTIVE_DATA, then where Debian puts data sets, then shared/datasets beside or above.</summary>
public static class DataFolder
{
    /// <summary>Name of the variable that says where data sets are.</summary>
    public const string Variable = "PROTONMOTIVE_DATA";

    private const string DebianFolder = "/usr/share/datasets";

    /// <summary>The folder of a data set.</summary>
    /// <param name="name">Name of its folder, e.g. fashion-mnist.</param>
    /// <param name="files">Files that must be in it; one packed by gzip, with .gz after its name, will do.</param>
    /// <param name="source">How to get it, for the message.</param>
    /// <exception cref="DataException">It is in none of the places.</exception>
    public static string Find(string name, IEnumerable<string> files, string source) => Find(name, files, source, Roots());

    internal static string Find(string name, IEnumerable<string> files, string source, ImmutableArray<string> roots)
    {
        var needed = files.ToList();
        string? nearest = null, missing = null;
        foreach (var folder in roots.Select(r => Path.Combine(r, name)).Where(Directory.Exists))
        {
            var absent = needed.Find(f => File(folder, f) is null);
            if (absent is null) return folder;
            nearest ??= folder;
            missing ??= absent;
        }
        throw new DataException(
            nearest is null ? $"The data set {name} is not here." : $"The data set {name} lacks the file {missing}.",
            nearest ?? "looked in " + string.Join(", ", roots.Select(r => Path.Combine(r, name))), source);
    }

    /// <summary>A file of a data set, as it is or packed; null where it is not there.</summary>
    internal static string? File(string folder, string file) =>
        new[] { Path.Combine(folder, file), Path.Combine(folder, file + ".gz") }.FirstOrDefault(global::System.IO.File.Exists);

    private static ImmutableArray<string> Roots()
    {
        var roots = new List<string>();
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given) roots.AddRange([given, Path.Combine(given, "datasets")]);
        roots.Add(DebianFolder);
        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var shared = Path.Combine(folder.FullName, "shared", "datasets");
                if (Directory.Exists(shared)) roots.Add(shared);
            }
        }
        return [.. roots.Distinct()];
    }
}
