using System.Diagnostics;

namespace Protonmotive.Cli;

/// <summary>What goes on, on standard error: one line that is rewritten on a terminal, else a plain line every half minute.</summary>
internal sealed class StatusLine : IDisposable
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Lock gate = new();
    private readonly bool isTerminal = !Console.IsErrorRedirected;
    private TimeSpan next;
    private int shown;

    public StatusLine() => next = isTerminal ? TimeSpan.FromSeconds(0.5) : TimeSpan.FromSeconds(30);

    /// <summary>Progress that is told by lines.</summary>
    public IProgress<T> Of<T>(Func<T, string> text) => new Teller<T>(this, text);

    public void Dispose()
    {
        lock (gate)
        {
            if (isTerminal && shown > 0) Console.Error.Write("\r" + new string(' ', shown) + "\r");
            shown = 0;
            next = TimeSpan.MaxValue;
        }
    }

    private void Show(Func<string> text)
    {
        lock (gate)
        {
            if (watch.Elapsed < next) return;
            next = watch.Elapsed + (isTerminal ? TimeSpan.FromSeconds(0.2) : TimeSpan.FromSeconds(30));
            var line = text();
            Console.Error.Write(isTerminal ? $"\r{line.PadRight(shown)}" : line + Environment.NewLine);
            shown = line.Length;
        }
    }

    private sealed class Teller<T>(StatusLine line, Func<T, string> text) : IProgress<T>
    {
        public void Report(T value) => line.Show(() => text(value));
    }
}
