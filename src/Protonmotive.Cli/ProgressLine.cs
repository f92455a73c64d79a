using System.Diagnostics;
using Protonmotive.Formats.SedMl;
using Protonmotive.Solvers;

namespace Protonmotive.Cli;

/// <summary>One line of progress on standard error, for work that takes longer than a second and a terminal that shows it.</summary>
internal sealed class ProgressLine : IProgress<SolveProgress>, IProgress<SedProgress>, IDisposable
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly bool silent = Console.IsErrorRedirected;
    private TimeSpan next = TimeSpan.FromSeconds(1);
    private bool shown;

    public void Report(SolveProgress value) => Show(value.Fraction, () => $"t = {value.Time:g4} of {value.End:g4}, {value.Steps} steps");

    public void Report(SedProgress value) => Show((double)value.Done / value.Total, () => $"{value.Task}: {value.Done} of {value.Total} runs");

    private void Show(double fraction, Func<string> text)
    {
        if (silent || watch.Elapsed < next) return;
        next = watch.Elapsed + TimeSpan.FromSeconds(0.2);
        var left = fraction > 0.01 ? $", about {watch.Elapsed.TotalSeconds * (1 - fraction) / fraction:0} s left" : "";
        Console.Error.Write($"\r{text()}{left}      ");
        shown = true;
    }

    public void Dispose()
    {
        if (shown) Console.Error.Write("\r" + new string(' ', 70) + "\r");
    }
}
