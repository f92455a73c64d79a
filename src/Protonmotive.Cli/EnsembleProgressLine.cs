using System.Diagnostics;
using Protonmotive.Solvers.Stochastic;

namespace Protonmotive.Cli;

/// <summary>One line of progress on standard error, for ensembles that take longer than a second.</summary>
internal sealed class EnsembleProgressLine : IProgress<EnsembleProgress>, IDisposable
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly bool silent = Console.IsErrorRedirected;
    private TimeSpan next = TimeSpan.FromSeconds(1);
    private bool shown;

    public void Report(EnsembleProgress value)
    {
        if (silent || watch.Elapsed < next) return;
        next = watch.Elapsed + TimeSpan.FromSeconds(0.2);
        Console.Error.Write($"\r{value.Done} of {value.Runs} runs      ");
        shown = true;
    }

    public void Dispose()
    {
        if (shown) Console.Error.Write("\r" + new string(' ', 50) + "\r");
        shown = false;
    }
}
