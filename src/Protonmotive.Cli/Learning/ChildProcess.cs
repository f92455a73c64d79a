using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Protonmotive.Cli.Learning;

/// <summary>Runs a program in this one's place: it has the same streams and folder, gets the same signals, and gives the exit code.</summary>
internal static partial class ChildProcess
{
    private const int Interrupt = 2, Terminate = 15;

    /// <summary>Runs it to its end.</summary>
    /// <remarks>
    /// A terminal sends ctrl-C to both processes; a signal to this one alone is handed on. The program may so get it twice and must
    /// take that for once. This process waits in both cases, so that what the program saves is there when the prompt returns.
    /// </remarks>
    public static int Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        using var interrupt = Forward(PosixSignal.SIGINT, Interrupt, process);
        using var terminate = Forward(PosixSignal.SIGTERM, Terminate, process);
        process.WaitForExit();
        return process.ExitCode;
    }

    private static PosixSignalRegistration Forward(PosixSignal signal, int number, Process process) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        if (!OperatingSystem.IsWindows() && !process.HasExited) _ = Kill(process.Id, number);
    });

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
