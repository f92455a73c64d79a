using Xunit;

namespace Protonmotive.Tests;

/// <summary>Finds the data of others that some tests read: a folder 'shared' beside or above the repository, or $PROTONMOTIVE_DATA.</summary>
internal static class SharedData
{
    /// <summary>Path of a file or folder in it; the test is skipped where it is not there.</summary>
    public static string Path(params string[] parts)
    {
        string relative = System.IO.Path.Combine(parts);
        foreach (string root in Roots())
        {
            string path = System.IO.Path.Combine(root, relative);
            if (File.Exists(path) || Directory.Exists(path)) return path;
        }
        Assert.Skip($"'{relative}' is not here: put the data in a folder 'shared' beside the repository, or set PROTONMOTIVE_DATA.");
        return "";
    }

    private static IEnumerable<string> Roots()
    {
        if (Environment.GetEnvironmentVariable("PROTONMOTIVE_DATA") is { Length: > 0 } given) yield return given;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            yield return System.IO.Path.Combine(folder.FullName, "shared");
        }
    }
}
