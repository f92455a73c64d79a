using System.Diagnostics;

namespace Protonmotive.Cli.Learning;

/// <summary>How far the first build of the learning half is, on a terminal: the time, and how much of libtorch has come.</summary>
internal sealed class BuildProgress : IDisposable
{
    /// <summary>What libtorch takes in the package cache, download and unpacked, in MB.</summary>
    private const double WholeSize = 600;

    private const int Width = 48;

    private readonly Timer? timer;

    public BuildProgress(Stopwatch watch)
    {
        if (Console.IsErrorRedirected) return;
        timer = new Timer(_ => Console.Error.Write(("\r" + Text(watch.Elapsed.TotalSeconds, Size())).PadRight(Width)), null, 1000, 1000);
    }

    public void Dispose()
    {
        if (timer is null) return;
        timer.Dispose();
        Console.Error.Write("\r" + new string(' ', Width) + "\r");
    }

    /// <summary>What a reader sees: packages come first, then libtorch, then it is compiled.</summary>
    internal static string Text(double seconds, double size) => FormattableString.Invariant($"{seconds:0} s, ") + (size <= 0 ? "fetching packages"
        : size < WholeSize ? FormattableString.Invariant($"fetching libtorch: {size:0} of {WholeSize:0} MB") : "libtorch is here; compiling");

    private static double Size()
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        try
        {
            return new DirectoryInfo(cache).EnumerateDirectories("libtorch-cpu*").SelectMany(d => d.EnumerateFiles("*", SearchOption.AllDirectories)).Sum(f => f.Length) / 1e6;
        }
        catch (IOException)
        {
            return 0; // files come and go while it unpacks
        }
    }
}
