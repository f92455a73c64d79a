namespace Protonmotive.Kernels;

/// <summary>
/// A straight-line program before slots are given out: every instruction makes one value, named by its index, so each value
/// has one definition and the back ends need no further analysis.
/// </summary>
internal sealed class Tape
{
    private readonly List<Instruction> instructions = [];

    /// <summary>The instructions, in order.</summary>
    public IReadOnlyList<Instruction> Instructions => instructions;

    /// <summary>Number of instructions.</summary>
    public int Count => instructions.Count;

    /// <summary>Appends an operation and returns its value's name, ~index.</summary>
    public int Append(Opcode opcode, int a, int b = 0, int c = 0)
    {
        instructions.Add(new Instruction(opcode, -1, a, b, c));
        return ~(instructions.Count - 1);
    }

    /// <summary>Writes a value to a fixed slot as soon as it is made; nothing may read what stood there afterwards.</summary>
    public void Store(int value, int slot)
    {
        if (value >= 0 || instructions[~value].Target >= 0) value = Append(Opcode.Copy, value);
        instructions[~value] = instructions[~value] with { Target = slot };
    }

    /// <summary>The same program without values that reach no fixed slot.</summary>
    public Tape WithoutDead()
    {
        var isNeeded = new bool[Count];
        for (int k = Count - 1; k >= 0; k--)
        {
            if (!(isNeeded[k] |= instructions[k].Target >= 0)) continue;
            for (int p = 0; p < instructions[k].OperandCount; p++)
            {
                if (instructions[k].Operand(p) < 0) isNeeded[~instructions[k].Operand(p)] = true;
            }
        }
        var tape = new Tape();
        var names = new int[Count];
        int Name(int operand) => operand < 0 ? names[~operand] : operand;
        for (int k = 0; k < Count; k++)
        {
            if (!isNeeded[k]) continue;
            var original = instructions[k];
            int count = original.OperandCount;
            tape.instructions.Add(original with { A = Name(original.A), B = count > 1 ? Name(original.B) : 0, C = count > 2 ? Name(original.C) : 0 });
            names[k] = ~(tape.Count - 1);
        }
        return tape;
    }

    /// <summary>
    /// Gives every value its place: its fixed slot, or one of the scratch slots from <paramref name="scratch"/> on, which are
    /// used again after a value's last reader.
    /// </summary>
    /// <returns>The slot of each value, and the first slot after all scratch slots.</returns>
    public (int[] Slots, int End) Place(int scratch)
    {
        int[] lastUse = LastUses();
        var slots = new int[Count];
        var free = new Stack<int>();
        int end = scratch;
        for (int k = 0; k < Count; k++)
        {
            var instruction = instructions[k];
            for (int p = 0; p < instruction.OperandCount; p++)
            {
                int operand = instruction.Operand(p);
                if (operand >= 0 || lastUse[~operand] != k || instructions[~operand].Target >= 0) continue;
                free.Push(slots[~operand]);
                lastUse[~operand] = -1; // an operand named twice is freed once
            }
            slots[k] = instruction.Target >= 0 ? instruction.Target : free.Count > 0 ? free.Pop() : end++;
        }
        return (slots, end);
    }

    /// <summary>For each value the index of its last reader; its own index where nobody reads it.</summary>
    public int[] LastUses()
    {
        var last = new int[Count];
        for (int k = 0; k < Count; k++)
        {
            last[k] = k;
            var instruction = instructions[k];
            for (int p = 0; p < instruction.OperandCount; p++)
            {
                if (instruction.Operand(p) < 0) last[~instruction.Operand(p)] = k;
            }
        }
        return last;
    }
}
