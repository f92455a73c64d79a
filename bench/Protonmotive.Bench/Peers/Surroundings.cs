using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Protonmotive.Bench.Peers;

/// <summary>What a report says of where and with what it was made.</summary>
internal static class Surroundings
{
    /// <summary>Date, commit, machine, runtime, compiler, SUNDIALS.</summary>
    public static string Text
    {
        get
        {
            string commit = Output("git", "rev-parse --short HEAD"), changed = Output("git", $"-C {Root()} status --porcelain -uno -- src bench/Protonmotive.Bench bench/sundials").Length > 0 ? " with changes" : "";
            string processor = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "" : "";
            string vectors = Vector512.IsHardwareAccelerated ? "AVX-512" : Vector256.IsHardwareAccelerated ? "AVX2" : "no vectors";
            return $"""
                {DateTime.UtcNow:yyyy-MM-dd}, commit {commit}{changed}: {processor}, {Environment.ProcessorCount} processors, {vectors}, {RuntimeInformation.FrameworkDescription},
                {Output("gcc", "--version").Split('\n')[0]}; SUNDIALS {CvodeProgram.Version}, {CvodeProgram.Build}
                """;
        }
    }

    /// <summary>Path of a driver in bench/sundials.</summary>
    /// <param name="file">Its name.</param>
    public static string Driver(string file) => Path.Combine(Root(), "bench", "sundials", file);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Protonmotive.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The benchmark runs from inside the repository.");
    }

    private static string Output(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = AppContext.BaseDirectory })!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return output;
    }
}
