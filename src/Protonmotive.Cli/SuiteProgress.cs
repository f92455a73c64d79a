using System.Diagnostics;
using Protonmotive.Formats.Sbml.TestSuite;

namespace Protonmotive.Cli;

/// <summary>One line of progress of a suite on standard error, where a terminal shows it.</summary>
internal sealed class SuiteProgress(int cases) : IProgress<SuiteOutcome>, IDisposable
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Lock gate = new();
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private TimeSpan next = TimeSpan.FromSeconds(1);
    private int failed;
    private bool shown;

    public void Report(SuiteOutcome value)
    {
        lock (gate)
        {
            seen.Add(value.Case);
            if (!value.Passed) failed++;
            if (Console.IsErrorRedirected || watch.Elapsed < next) return;
            next = watch.Elapsed + TimeSpan.FromSeconds(0.2);
            Console.Error.Write($"\r{seen.Count} of {cases} cases, {failed} failed, about {watch.Elapsed.TotalSeconds * (cases - seen.Count) / seen.Count:0} s left      ");
            shown = true;
        }
    }

    public void Dispose()
    {
        if (shown) Console.Error.Write("\r                                                            \r");
        shown = false;
    }
}
