using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Protonmotive.Cli.Learning;

/// <summary>
/// Starts the program that holds the commands of the learning half, pmf-learning, as a process of its own: it needs libtorch,
/// which nothing else here does. In a clone it is built at first use, and again when a source of it is newer.
/// </summary>
internal static class LearningHalf
{
    private const string Program = "pmf-learning.dll";

    /// <summary>The systems that TorchSharp has native files for.</summary>
    private static readonly string[] servedSystems = ["linux-x64", "win-x64", "win-arm64", "osx-arm64"];

    /// <summary>The projects that it is built from, beside its own.</summary>
    private static readonly string[] projects = ["Protonmotive", "Protonmotive.Formats", "Protonmotive.Reports", "Protonmotive.Atlas", "Protonmotive.Trainings", "Protonmotive.Learning", "Protonmotive.Learning.Cli"];

    /// <summary>Runs a command of it: arguments, streams, ctrl-C and exit code are passed through.</summary>
    /// <param name="arguments">The command and its arguments.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="LearningHalfException">The system is not served, or the program is not there and can't be built.</exception>
    public static int Run(IEnumerable<string> arguments)
    {
        CheckSystem(OwnSystem);
        return ChildProcess.Run("dotnet", [Locate(), .. arguments]);
    }

    /// <summary>Why its commands can't start at once, and the command that mends it; null where they can. Nothing is built or fetched to find out.</summary>
    /// <param name="command">A command of it, e.g. pmf train mlp.</param>
    public static (string Reason, string Remedy)? WhatIsMissing(string command) => WhatIsMissing(command, OwnSystem, Beside, Sources());

    /// <summary>The same, of another place.</summary>
    /// <param name="command">A command of it.</param>
    /// <param name="system">The system.</param>
    /// <param name="beside">Where a published one would be.</param>
    /// <param name="sources">The folder src of a clone; null outside one.</param>
    internal static (string Reason, string Remedy)? WhatIsMissing(string command, string system, string beside, string? sources) =>
        !servedSystems.Contains(system) ? ($"libtorch is not made for {system}", $"train on one of {string.Join(", ", servedSystems)}")
        : File.Exists(beside) ? null
        : sources is null ? ("libtorch is not here", $"publish src/Protonmotive.Learning.Cli of a clone into {Path.GetDirectoryName(beside)}")
        : File.Exists(Built(sources)) ? null
        : ("libtorch is not here yet", $"'{command}' fetches it once, 130 MB");

    /// <exception cref="LearningHalfException">TorchSharp does not serve the system.</exception>
    internal static void CheckSystem(string system)
    {
        if (!servedSystems.Contains(system)) throw new LearningHalfException("The learning half needs libtorch, which TorchSharp does not have for this system.",
            $"system {system}; it serves {string.Join(", ", servedSystems)}", "Train on one of these systems. All other commands work here.");
    }

    private static string OwnSystem => $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : OperatingSystem.IsLinux() ? "linux" : "unknown")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>Where it is in a published pmf.</summary>
    private static string Beside => Path.Combine(AppContext.BaseDirectory, "learning", Program);

    private static string Built(string sources) => Path.Combine(sources, "Protonmotive.Learning.Cli", "bin", "Release", "net10.0", Program);

    private static string Locate()
    {
        if (File.Exists(Beside)) return Beside;
        var sources = Sources() ?? throw new LearningHalfException("The learning half is not here.", Beside,
            "Run pmf in a clone, which builds it at first use, or publish src/Protonmotive.Learning.Cli into that folder.");
        var built = Built(sources);
        if (!IsCurrent(built, sources)) Build(sources, isFirst: !File.Exists(built));
        return built;
    }

    /// <summary>The folder src of the clone that this program was built in; null elsewhere.</summary>
    private static string? Sources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Protonmotive.slnx"))) folder = folder.Parent;
        return folder is null ? null : Path.Combine(folder.FullName, "src");
    }

    private static bool IsCurrent(string built, string sources)
    {
        if (!File.Exists(built)) return false;
        var time = projects.Max(p => File.GetLastWriteTimeUtc(Path.Combine(Path.GetDirectoryName(built)!, p == "Protonmotive.Learning.Cli" ? Program : p + ".dll")));
        var options = new EnumerationOptions { RecurseSubdirectories = true };
        return !projects.SelectMany(p => Directory.EnumerateFiles(Path.Combine(sources, p), "*", options)).Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".yaml", StringComparison.Ordinal))
            .Any(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && File.GetLastWriteTimeUtc(f) > time);
    }

    private static void Build(string sources, bool isFirst)
    {
        Console.Error.WriteLine(isFirst
            ? "Building the learning half, once. Its library libtorch is about 130 MB to download and 600 MB on disk, unless it is in the package cache already."
            : "Building the learning half again, since its sources changed.");
        var watch = Stopwatch.StartNew();
        var project = Path.Combine(sources, "Protonmotive.Learning.Cli");
        using var status = new BuildProgress(watch);
        var start = new ProcessStartInfo("dotnet", ["build", "-c", "Release", "-v", "quiet", "-nologo", "-p:RunAnalyzers=false", project]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        status.Dispose();
        if (process.ExitCode != 0) throw new LearningHalfException(
            $"The learning half could not be built: {output.Split('\n').FirstOrDefault(l => l.Contains("error", StringComparison.Ordinal))?.Trim() ?? "dotnet build failed"}",
            project, $"Run 'dotnet build -c Release {project}' to see all of it; the first build needs the network.");
        Console.Error.WriteLine($"Built in {watch.Elapsed.TotalSeconds:0} s.");
    }
}
