using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Protonmotive.Bench;

/// <summary>Time that this thread spent on a processor: other programs on the machine do not count. Elsewhere than on Linux the clock.</summary>
internal static partial class ProcessorTime
{
    private const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID

    /// <summary>Milliseconds since some fixed time.</summary>
    public static double Milliseconds =>
        OperatingSystem.IsLinux() && clock_gettime(ThreadClock, out var time) == 0 ? (1e3 * time.Seconds) + (1e-6 * time.Nanoseconds) : Stopwatch.GetTimestamp() * 1e3 / Stopwatch.Frequency;

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int clock_gettime(int clock, out Timespec time);
}
