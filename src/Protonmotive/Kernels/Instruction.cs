namespace Protonmotive.Kernels;

/// <summary>One operation over slots of the workspace.</summary>
/// <param name="Opcode">What is computed.</param>
/// <param name="Target">Slot that receives the value. On a <see cref="Tape"/>: −1 where the value is only passed on.</param>
/// <param name="A">First operand. On a <see cref="Tape"/>, the value of instruction k is written ~k; fixed slots are not negative.</param>
/// <param name="B">Second operand, where the operation has one; 0 otherwise.</param>
/// <param name="C">Third operand, where the operation has one; 0 otherwise.</param>
internal readonly record struct Instruction(Opcode Opcode, int Target, int A, int B = 0, int C = 0)
{
    /// <summary>How many operands the operation reads.</summary>
    public int OperandCount => Opcode switch
    {
        Opcode.MultiplyAdd or Opcode.NegatedMultiplyAdd or Opcode.Select => 3,
        Opcode.Copy or Opcode.Negate or Opcode.Not or >= Opcode.Abs => 1,
        _ => 2,
    };

    /// <summary>The operand at a position, 0 to 2.</summary>
    public int Operand(int position) => position switch { 0 => A, 1 => B, _ => C };
}
