using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Protonmotive.Cli;

/// <summary>Ctrl-C and a request to end, as a token. They may come twice, from a terminal and from a program between, or from a hand that does not wait: within five seconds that counts once; then it ends the process.</summary>
internal sealed class Interrupt : IDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource source = new();
    private readonly Stopwatch sinceFirst = new();
    private readonly PosixSignalRegistration interrupt, terminate;

    public Interrupt()
    {
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    /// <summary>Set when the work is to stop.</summary>
    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = sinceFirst.Elapsed < patience;
        sinceFirst.Start();
        source.Cancel();
    }
}
