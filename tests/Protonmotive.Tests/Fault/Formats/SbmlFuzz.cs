using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Protonmotive.Tests.Fault.Formats;

/// <summary>
/// Files of the SBML Test Suite, broken at random, end in an answer or in an error of ours: never in a crash, a full stack, more than
/// 1 GB of memory or more than 10 s. A process of its own tries them, so that its death is seen.
/// </summary>
/// <remarks>Ten seconds; with PROTONMOTIVE_LONG=1 as many minutes as PROTONMOTIVE_FUZZ_MINUTES says, with a seed of the day.</remarks>
public sealed partial class SbmlFuzz : IDisposable
{
    private readonly string folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "pmf-fuzz-" + Path.GetRandomFileName())).FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Broken_files_end_in_errors_of_ours()
    {
        var cases = SharedData.Path("sbml-test-suite", "semantic");
        bool isLong = Environment.GetEnvironmentVariable("PROTONMOTIVE_LONG") == "1" && double.TryParse(Environment.GetEnvironmentVariable("PROTONMOTIVE_FUZZ_MINUTES"), NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        double seconds = isLong ? 60 * double.Parse(Environment.GetEnvironmentVariable("PROTONMOTIVE_FUZZ_MINUTES")!, CultureInfo.InvariantCulture) : 10;
        int seed = isLong ? DateTime.UtcNow.DayOfYear : 1, number = 0;
        var faults = new List<string>();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < seconds && faults.Count < 20)
        {
            var (code, output) = Fuzz(cases, seed, number, seconds - clock.Elapsed.TotalSeconds);
            TestContext.Current.TestOutputHelper?.WriteLine(output);
            faults.AddRange(output.Split('\n').Where(l => l.StartsWith("FAULT", StringComparison.Ordinal)));
            if (code is 0 or 1) break;
            var last = File.ReadAllText(Path.Combine(folder, "current.txt"));
            var kept = Path.Combine(Path.GetTempPath(), $"fuzz-{seed}-{last.Split(' ')[0]}.xml");
            File.Copy(Path.Combine(folder, "current.xml"), kept, overwrite: true);
            faults.Add($"the process ended with code {code} ({(code == 70 ? "more than 10 s" : "a crash")}) at {kept}: {Overflow().Match(output).Value}");
            number = int.Parse(last.Split(' ')[0], CultureInfo.InvariantCulture) + 1;
        }
        Assert.True(faults.Count == 0, $"seed {seed}:\n{string.Join('\n', faults)}");
    }

    private (int Code, string Output) Fuzz(string cases, int seed, int first, double seconds)
    {
        string[] arguments = [typeof(Fuzzing.Entry).Assembly.Location, cases, folder, seed.ToString(CultureInfo.InvariantCulture), first.ToString(CultureInfo.InvariantCulture), seconds.ToString("R", CultureInfo.InvariantCulture)];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x40000000"; // 1 GB
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    [GeneratedRegex("Stack overflow|Out of memory|at Protonmotive[^\n]*")]
    private static partial Regex Overflow();
}
