using System.Diagnostics;

namespace Protonmotive.Fuzzing;

/// <summary>Ends the process where one trial takes too long: nothing else can stop a loop without an end.</summary>
internal sealed class Watchdog
{
    /// <summary>Exit code of a process that hung.</summary>
    public const int Hung = 70;

    private readonly Thread thread;
    private long started = Stopwatch.GetTimestamp();

    public Watchdog(TimeSpan limit)
    {
        thread = new Thread(() =>
        {
            while (true)
            {
                Thread.Sleep(200);
                if (Stopwatch.GetElapsedTime(Interlocked.Read(ref started)) > limit) Environment.Exit(Hung);
            }
        })
        { IsBackground = true };
        thread.Start();
    }

    /// <summary>Begins to count anew.</summary>
    public void Restart() => Interlocked.Exchange(ref started, Stopwatch.GetTimestamp());
}
