namespace Protonmotive.Kernels;

/// <summary>A tape with slots given out, run by the <see cref="Interpreter"/>.</summary>
internal sealed unsafe class InterpretedProgram : Executable
{
    private readonly Instruction[] instructions;

    /// <summary>Resolves a tape's values to the slots they were given.</summary>
    public InterpretedProgram(Tape tape, int[] slots)
    {
        instructions = new Instruction[tape.Count];
        for (int k = 0; k < instructions.Length; k++)
        {
            var (opcode, _, a, b, c) = tape.Instructions[k];
            instructions[k] = new Instruction(opcode, slots[k], Slot(a), Slot(b), Slot(c));
        }
        int Slot(int operand) => operand < 0 ? slots[~operand] : operand;
    }

    /// <inheritdoc/>
    public override void Run(double* w) => Interpreter.Run(instructions, w);

    /// <summary>Runs some of the instructions, in order.</summary>
    public void Run(Range range, double* w) => Interpreter.Run(instructions.AsSpan(range), w);
}
