using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Protonmotive.Tests;

/// <summary>Ctrl-C, as tests of programs send it.</summary>
internal static class Interrupts
{
    /// <summary>Skips a test where there is no SIGINT, or where the program would inherit that it is ignored, as a background job of a shell does.</summary>
    public static void SkipWithout()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGINT to send.");
        if (!File.Exists("/proc/self/status")) return;
        string ignored = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim();
        const ulong interrupt = 1UL << (2 - 1);
        Assert.SkipWhen((ulong.Parse(ignored, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & interrupt) != 0, "The tests were started with SIGINT ignored.");
    }

    /// <summary>Sends it.</summary>
    public static void Send(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
