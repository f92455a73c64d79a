namespace Protonmotive.Kernels;

/// <summary>A tape with slots given out: what every back end, of every width, makes its program from.</summary>
/// <param name="Tape">The instructions.</param>
/// <param name="Slots">Slot of each value.</param>
/// <param name="Constants">Slots that hold constants: compiled in place.</param>
/// <param name="Name">Shown by debuggers and profilers.</param>
internal sealed record ProgramText(Tape Tape, int[] Slots, Dictionary<int, double> Constants, string Name)
{
    /// <summary>Programs up to this many instructions are compiled; longer ones cost more to translate than they repay.</summary>
    public const int CompilationLimit = 150_000;

    /// <summary>Whether machine code would repay its translation.</summary>
    public bool IsWorthCompiling => Tape.Count is > 0 and <= CompilationLimit;

    /// <summary>The program, interpreted.</summary>
    public InterpretedProgram Interpret(int lanes = 1) => new(Tape, Slots, lanes);

    /// <summary>The program as machine code.</summary>
    /// <param name="lanes">Numbers side by side.</param>
    /// <param name="threads">Threads that translate: one beside a run, more where the run waits.</param>
    public CompiledProgram Compile(int lanes = 1, int threads = 1) => TapeCompiler.Compile(Tape, Slots, Constants, Name, lanes, threads);
}
