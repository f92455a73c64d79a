using System.Diagnostics;
using System.Globalization;
using Protonmotive.Reports.Scans;

namespace Protonmotive.Cli;

/// <summary>Members done, rate and time left on standard error: one line that is rewritten on a terminal, else a plain line every half minute.</summary>
internal sealed class ScanProgressLine : IProgress<ScanProgress>, IDisposable
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Lock gate = new();
    private readonly bool isTerminal = !Console.IsErrorRedirected;
    private TimeSpan next;
    private int shown;

    public ScanProgressLine() => next = isTerminal ? TimeSpan.FromSeconds(0.5) : TimeSpan.FromSeconds(30);

    /// <summary>The latest progress.</summary>
    public ScanProgress Last { get; private set; }

    public void Report(ScanProgress value)
    {
        lock (gate)
        {
            if (value.Done > Last.Done) Last = value;
            if (watch.Elapsed < next) return;
            next = watch.Elapsed + (isTerminal ? TimeSpan.FromSeconds(0.2) : TimeSpan.FromSeconds(30));
            var line = Text(Last, watch.Elapsed);
            Console.Error.Write(isTerminal ? $"\r{line.PadRight(shown)}" : line + Environment.NewLine);
            shown = line.Length;
        }
    }

    /// <summary>Members done, rate and time left.</summary>
    public static string Text(ScanProgress progress, TimeSpan elapsed)
    {
        double rate = (progress.Done - progress.Before) / Math.Max(1e-9, elapsed.TotalSeconds);
        var left = rate > 0 ? $", {Duration((progress.Total - progress.Done) / rate)} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{progress.Done:#,0} of {progress.Total:#,0} members, {Rate(rate)}{left}");
    }

    /// <summary>A rate with three digits.</summary>
    public static string Rate(double perSecond) => string.Create(CultureInfo.InvariantCulture, $"{(perSecond >= 100 ? perSecond.ToString("#,0", CultureInfo.InvariantCulture) : perSecond.ToString("g3", CultureInfo.InvariantCulture))}/s");

    /// <summary>A duration in words.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
    };

    public void Dispose()
    {
        lock (gate)
        {
            if (isTerminal && shown > 0) Console.Error.Write("\r" + new string(' ', shown) + "\r");
            shown = 0;
            next = TimeSpan.MaxValue;
        }
    }
}
