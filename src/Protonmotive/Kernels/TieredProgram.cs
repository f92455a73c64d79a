using System.Runtime.CompilerServices;

namespace Protonmotive.Kernels;

/// <summary>
/// A program that runs at once, and as machine code from the moment that is ready: it is translated beside the run once it
/// proves busy. Both give the same bits, so nobody notices when one takes over from the other.
/// </summary>
internal sealed unsafe class TieredProgram : Executable
{
    /// <summary>
    /// Runs before translation begins: machine code saves about a nanosecond an instruction and a run, and costs some
    /// microseconds an instruction.
    /// </summary>
    private const int RunsBeforeCompilation = 256;

    private readonly Executable first;
    private readonly ProgramText text;
    private readonly int lanes;
    private Task? compilation;
    private ProgramPart? compiled;
    private int runs;

    /// <summary>A program that starts in one form and goes on in another.</summary>
    /// <param name="first">The form that is ready.</param>
    /// <param name="text">What is translated.</param>
    /// <param name="lanes">Numbers side by side.</param>
    public TieredProgram(Executable first, ProgramText text, int lanes) => (this.first, this.text, this.lanes) = (first, text, lanes);

    /// <summary>Whether machine code runs.</summary>
    public bool IsCompiled => Volatile.Read(ref compiled) is not null;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(double* w)
    {
        if (compiled is { } part)
        {
            part(w);
            return;
        }
        first.Run(w);
        // Runs are counted over all threads, roughly: a lost count only delays the compilation.
        if (++runs == RunsBeforeCompilation) _ = CompileAsync();
    }

    /// <summary>Begins to translate, once; ends when machine code runs.</summary>
    public Task CompileAsync()
    {
        if (Volatile.Read(ref compilation) is { } begun) return begun;
        var task = new Task(() => Volatile.Write(ref compiled, text.Compile(lanes).AsPart()));
        if (Interlocked.CompareExchange(ref compilation, task, null) is { } earlier) return earlier;
        task.Start(TaskScheduler.Default);
        return task;
    }
}
