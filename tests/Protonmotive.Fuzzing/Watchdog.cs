using System.Diagnostics;

namespace Protonmotive.Fuzzing;

/// <summary>Ends the process where one trial takes too long: nothing else can stop a loop without an end.</summary>
/// <remarks>Counts the processor's time, so that a busy machine ends nothing; a trial that waits for ever ends after ten times as long.</remarks>
internal sealed class Watchdog
{
    /// <summary>Exit code of a process that hung.</summary>
    public const int Hung = 70;

    private readonly Lock door = new();
    private TimeSpan used;
    private long started;

    public Watchdog(TimeSpan limit)
    {
        Restart();
        new Thread(() =>
        {
            while (true)
            {
                Thread.Sleep(200);
                lock (door)
                {
                    if (Environment.CpuUsage.TotalTime - used > limit || Stopwatch.GetElapsedTime(started) > 10 * limit) Environment.Exit(Hung);
                }
            }
        })
        { IsBackground = true }.Start();
    }

    /// <summary>Begins to count anew.</summary>
    public void Restart()
    {
        lock (door)
        {
            used = Environment.CpuUsage.TotalTime;
            started = Stopwatch.GetTimestamp();
        }
    }
}
