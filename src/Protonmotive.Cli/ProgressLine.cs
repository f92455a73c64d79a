using System.Diagnostics;
using Protonmotive.Solvers;

namespace Protonmotive.Cli;

/// <summary>One line of progress on standard error, for work that takes longer than a second and a terminal that shows it.</summary>
internal sealed class ProgressLine : IProgress<SolveProgress>, IDisposable
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly bool silent = Console.IsErrorRedirected;
    private TimeSpan next = TimeSpan.FromSeconds(1);
    private bool shown;

    public void Report(SolveProgress value)
    {
        if (silent || watch.Elapsed < next) return;
        next = watch.Elapsed + TimeSpan.FromSeconds(0.2);
        var left = value.Fraction > 0.01 ? $", about {watch.Elapsed.TotalSeconds * (1 - value.Fraction) / value.Fraction:0} s left" : "";
        Console.Error.Write($"\rt = {value.Time:g4} of {value.End:g4}, {value.Steps} steps{left}      ");
        shown = true;
    }

    public void Dispose()
    {
        if (shown) Console.Error.Write("\r" + new string(' ', 70) + "\r");
    }
}
