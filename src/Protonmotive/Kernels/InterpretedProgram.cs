using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Kernels;

/// <summary>A tape with slots given out, run by the <see cref="Interpreter{TLanes, TVector}"/>.</summary>
internal sealed unsafe class InterpretedProgram : Executable
{
    private readonly Instruction[] instructions;
    private readonly int lanes;

    /// <summary>Resolves a tape's values to the slots they were given.</summary>
    public InterpretedProgram(Tape tape, int[] slots, int lanes = 1)
    {
        this.lanes = lanes;
        instructions = new Instruction[tape.Count];
        for (int k = 0; k < instructions.Length; k++)
        {
            var (opcode, _, a, b, c) = tape.Instructions[k];
            instructions[k] = new Instruction(opcode, slots[k], Slot(a), Slot(b), Slot(c));
        }
        int Slot(int operand) => operand < 0 ? slots[~operand] : operand;
    }

    /// <inheritdoc/>
    public override void Run(double* w) => Run(Range.All, w);

    /// <summary>Runs some of the instructions, in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(Range range, double* w)
    {
        var part = instructions.AsSpan(range);
        if (lanes == 8) Interpreter<EightLanes, Vector512<double>>.Run(part, w);
        else if (lanes == 4) Interpreter<FourLanes, Vector256<double>>.Run(part, w);
        else Interpreter<OneLane, double>.Run(part, w);
    }
}
