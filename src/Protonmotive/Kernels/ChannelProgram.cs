namespace Protonmotive.Kernels;

/// <summary>
/// What one firing does to a workspace: states change, and every propensity and truth value that follows from them is computed
/// anew. Interpreted at first and compiled once it proves busy; both give the same bits.
/// </summary>
internal sealed unsafe class ChannelProgram
{
    private const int CallsBeforeCompilation = 256;

    private readonly Tape tape;
    private readonly int[] slots;
    private readonly Dictionary<int, double> constants;
    private readonly string name;
    private readonly InterpretedProgram interpreted;
    private readonly bool compiles;
    private ProgramPart? compiled;
    private int calls;

    /// <summary>A program over a placed tape.</summary>
    public ChannelProgram(Tape tape, int[] slots, Dictionary<int, double> constants, string name, bool compiles)
    {
        (this.tape, this.slots, this.constants, this.name, this.compiles) = (tape, slots, constants, name, compiles);
        interpreted = new InterpretedProgram(tape, slots);
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
        Volatile.Write(ref compiled, TapeCompiler.Compile(tape, slots, constants, name).AsPart());
    }
}
