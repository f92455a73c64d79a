namespace Protonmotive.Kernels;

/// <summary>
/// What one firing does to a workspace: states change, and every propensity and truth value that follows from them is computed
/// anew. Interpreted at first and compiled once it proves busy; both give the same bits.
/// </summary>
internal sealed unsafe class ChannelProgram
{
    private const int CallsBeforeCompilation = 256;

    private readonly ProgramText text;
    private readonly InterpretedProgram interpreted;
    private readonly bool compiles;
    private ProgramPart? compiled;
    private int calls;

    /// <summary>A program over a placed tape.</summary>
    public ChannelProgram(Tape tape, int[] slots, Dictionary<int, double> constants, string name, bool compiles)
    {
        (text, this.compiles) = (new ProgramText(tape, slots, constants, name), compiles);
        interpreted = text.Interpret();
        First = CountedRun;
    }

    /// <summary>How to run it before it is compiled.</summary>
    public ProgramPart First { get; }

    /// <summary>The machine code, once there is some.</summary>
    public ProgramPart? Compiled => Volatile.Read(ref compiled);

    // Calls are counted over all threads, roughly: a lost count only delays the compilation.
    private void CountedRun(double* w)
    {
        if (Compiled is { } part)
        {
            part(w);
            return;
        }
        interpreted.Run(w);
        if (!compiles || ++calls != CallsBeforeCompilation) return;
        Volatile.Write(ref compiled, text.Compile().AsPart());
    }
}
