namespace Protonmotive.Kernels.Derivatives;

/// <summary>
/// Turns a program into the programs of its derivatives. What a fixed slot holds has its tangent, or its adjoint, in a second slot,
/// its shadow.
/// </summary>
/// <param name="shadow">The shadow of a slot; −1 for slots that do not vary.</param>
/// <param name="constant">The slot of a constant.</param>
internal sealed class TapeDerivatives(Func<int, int> shadow, Func<double, int> constant)
{
    private const int None = PartialProducts.None;

    /// <summary>From the tangents of what a program reads to the tangents of its results.</summary>
    /// <param name="program">Writes results to fixed slots.</param>
    /// <param name="resultShadow">Where the tangent of a result goes.</param>
    public Tape Tangent(Tape program, Func<int, int> resultShadow)
    {
        var tape = new Tape();
        var products = new PartialProducts(tape, constant);
        var writers = new Dictionary<int, int>();
        int[] value = new int[program.Count], tangent = new int[program.Count];
        for (int k = 0; k < program.Count; k++)
        {
            var operation = Copy(tape, program.Instructions[k], value, writers);
            value[k] = ~(tape.Count - 1);
            tangent[k] = None;
            for (int p = 0; p < operation.OperandCount; p++)
            {
                int source = Resolve(program.Instructions[k].Operand(p), writers);
                int x = source < 0 ? tangent[~source] : shadow(source) is >= 0 and var at ? at : None;
                if (x != None) tangent[k] = products.Add(tangent[k], operation, p, value[k], x);
            }
            if (program.Instructions[k].Target is >= 0 and var target) writers[target] = k;
        }
        foreach (var (slot, k) in writers.OrderBy(w => w.Value))
        {
            tape.Store(tape.Append(Opcode.Copy, tangent[k] == None ? constant(0) : tangent[k]), resultShadow(slot));
        }
        return tape.WithoutDead();
    }

    /// <summary>From the adjoints of a program's results to those of what it reads.</summary>
    /// <param name="program">Writes results to fixed slots.</param>
    /// <param name="resultShadow">Where the adjoint of a result stands.</param>
    /// <param name="accumulates">Whether an adjoint is added to what stands in its slot; others are written anew.</param>
    /// <param name="written">Slots whose adjoint is written even where the program does not read them: zero.</param>
    public Tape Adjoint(Tape program, Func<int, int> resultShadow, Func<int, bool> accumulates, IEnumerable<int> written)
    {
        var tape = new Tape();
        var products = new PartialProducts(tape, constant);
        var writers = new Dictionary<int, int>();
        var value = new int[program.Count];
        var sources = new (int A, int B, int C)[program.Count];
        var operations = new Instruction[program.Count];
        var adjoint = new int[program.Count];
        Array.Fill(adjoint, None);
        for (int k = 0; k < program.Count; k++)
        {
            var original = program.Instructions[k];
            operations[k] = Copy(tape, original, value, writers);
            value[k] = ~(tape.Count - 1);
            sources[k] = (Resolve(original.A, writers), Resolve(original.B, writers), Resolve(original.C, writers));
            if (original.Target >= 0) writers[original.Target] = k;
        }
        foreach (var (slot, k) in writers) adjoint[k] = resultShadow(slot);
        var sums = new Dictionary<int, int>();
        var varies = Varying(program, sources);
        var branched = InBranches(program, sources);
        for (int k = program.Count - 1; k >= 0; k--)
        {
            if (adjoint[k] == None || !varies[k]) continue;
            for (int p = 0; p < operations[k].OperandCount; p++)
            {
                int source = p == 0 ? sources[k].A : p == 1 ? sources[k].B : sources[k].C;
                if (source < 0 ? !varies[~source] : shadow(source) < 0) continue;
                int sum = source < 0 ? adjoint[~source] : sums.GetValueOrDefault(source, None);
                sum = branched[k] ? products.AddGuarded(sum, operations[k], p, value[k], adjoint[k]) : products.Add(sum, operations[k], p, value[k], adjoint[k]);
                if (source < 0) adjoint[~source] = sum;
                else sums[source] = sum;
            }
        }
        foreach (int slot in written) sums.TryAdd(slot, None);
        // Nothing reads a shadow after it has its new value.
        foreach (var (slot, sum) in sums.OrderBy(s => s.Key))
        {
            if (sum == None && accumulates(slot)) continue;
            int result = sum == None ? constant(0) : sum;
            tape.Store(accumulates(slot) ? tape.Append(Opcode.Add, shadow(slot), result) : tape.Append(Opcode.Copy, result), shadow(slot));
        }
        return tape.WithoutDead();
    }

    // The same operation on the new tape, its result passed on only.
    private static Instruction Copy(Tape tape, Instruction original, int[] value, Dictionary<int, int> writers)
    {
        int Name(int operand) => Resolve(operand, writers) is < 0 and var source ? value[~source] : operand;
        var operation = original with
        {
            Target = -1,
            A = Name(original.A),
            B = original.OperandCount > 1 ? Name(original.B) : 0,
            C = original.OperandCount > 2 ? Name(original.C) : 0,
        };
        tape.Append(operation.Opcode, operation.A, operation.B, operation.C);
        return operation;
    }

    // A fixed slot that the program has written itself stands for the value written.
    private static int Resolve(int operand, Dictionary<int, int> writers) => operand >= 0 && writers.TryGetValue(operand, out int k) ? ~k : operand;

    private bool[] Varying(Tape program, (int A, int B, int C)[] sources)
    {
        var varies = new bool[program.Count];
        bool Varies(int source) => source < 0 ? varies[~source] : shadow(source) >= 0;
        for (int k = 0; k < program.Count; k++)
        {
            int count = program.Instructions[k].OperandCount;
            varies[k] = Varies(sources[k].A) || (count > 1 && Varies(sources[k].B)) || (count > 2 && Varies(sources[k].C));
        }
        return varies;
    }

    // Values that reach results only through a branch: where it is not taken they may be infinite, and their adjoints are 0.
    private static bool[] InBranches(Tape program, (int A, int B, int C)[] sources)
    {
        bool[] isPlain = new bool[program.Count], branched = new bool[program.Count];
        for (int k = program.Count - 1; k >= 0; k--)
        {
            var instruction = program.Instructions[k];
            branched[k] = instruction.Target < 0 && !isPlain[k];
            for (int p = 0; p < instruction.OperandCount; p++)
            {
                int source = p == 0 ? sources[k].A : p == 1 ? sources[k].B : sources[k].C;
                if (source < 0 && !branched[k] && (instruction.Opcode != Opcode.Select || p == 0)) isPlain[~source] = true;
            }
        }
        return branched;
    }
}
