using System.Reflection.Emit;

namespace Protonmotive.Kernels;

/// <summary>Translates a tape to machine code by way of IL and <see cref="DynamicMethod"/>.</summary>
/// <remarks>
/// A value that only the next instruction reads stays on the evaluation stack; one read within its method lives in a local;
/// one that a later method reads goes through its slot. Methods are cut at <see cref="Limit"/> instructions: the JIT stops
/// optimising, without a word, past 60,000 bytes of IL, 2,000 blocks or 2,000 locals, and translates long methods worse
/// than in proportion.
/// </remarks>
internal sealed class TapeCompiler
{
    /// <summary>Instructions in one method.</summary>
    public const int Limit = 700;

    private static readonly Type[] signature = [typeof(double*)];
    private readonly Tape tape;
    private readonly int[] slots;
    private readonly int[] lastUse;
    private readonly int[] useCount;
    private readonly Dictionary<int, double> constants;
    private readonly Dictionary<int, LocalBuilder> locals = [];
    private readonly Stack<LocalBuilder> freeLocals = new();
    private readonly Dictionary<int, (int Uses, int Last)> inputs = [];
    private ILGenerator il = null!;
    private int start;
    private int end;

    private TapeCompiler(Tape tape, int[] slots, Dictionary<int, double> constants)
    {
        this.tape = tape;
        this.slots = slots;
        this.constants = constants;
        lastUse = tape.LastUses();
        useCount = new int[tape.Count];
        foreach (var instruction in tape.Instructions)
        {
            for (int p = 0; p < instruction.OperandCount; p++) if (instruction.Operand(p) < 0) useCount[~instruction.Operand(p)]++;
        }
    }

    /// <summary>Compiles a tape.</summary>
    /// <param name="tape">The program.</param>
    /// <param name="slots">Slot of each value.</param>
    /// <param name="constants">Slots that hold constants: compiled in place.</param>
    /// <param name="name">Shown by debuggers and profilers.</param>
    public static CompiledProgram Compile(Tape tape, int[] slots, Dictionary<int, double> constants, string name)
    {
        var compiler = new TapeCompiler(tape, slots, constants);
        var parts = new ProgramPart[(tape.Count + Limit - 1) / Limit];
        for (int k = 0; k < parts.Length; k++) parts[k] = compiler.Part($"{name}{k}", k * Limit, Math.Min(tape.Count, (k + 1) * Limit));
        return new CompiledProgram(parts);
    }

    private ProgramPart Part(string name, int first, int beyond)
    {
        (start, end) = (first, beyond);
        var method = new DynamicMethod(name, typeof(void), signature, typeof(TapeCompiler).Module, skipVisibility: true);
        il = method.GetILGenerator(32 * (end - start));
        locals.Clear();
        freeLocals.Clear();
        CountInputs();
        for (int k = start; k < end; k++) Emit(k);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<ProgramPart>();
    }

    /// <summary>Counts how often the part reads each slot it did not write: one read needs no local.</summary>
    private void CountInputs()
    {
        inputs.Clear();
        for (int k = start; k < end; k++)
        {
            var instruction = tape.Instructions[k];
            for (int p = 0; p < instruction.OperandCount; p++)
            {
                int operand = instruction.Operand(p);
                if (operand < 0 ? ~operand >= start : constants.ContainsKey(operand)) continue;
                int slot = operand < 0 ? slots[~operand] : operand;
                // A scratch slot may hold two values within one part; the value's own name tells them apart.
                int key = operand < 0 ? operand : slot;
                inputs[key] = (inputs.GetValueOrDefault(key).Uses + 1, k);
            }
        }
    }

    private void Emit(int k)
    {
        var instruction = tape.Instructions[k];
        bool readLater = lastUse[k] > k;
        bool readHere = readLater && IsReadWithin(k);
        bool stored = instruction.Target >= 0 || lastUse[k] >= end;
        bool onStackFrom = k > start && StaysOnStack(k - 1);
        bool addressFirst = stored && !readHere && !onStackFrom;
        if (addressFirst) Address(slots[k]);
        for (int p = 0; p < instruction.OperandCount; p++)
        {
            if (p == 0 && onStackFrom) continue;
            bool negate = p == 0 && instruction.Opcode == Opcode.NegatedMultiplyAdd;
            if (instruction.Opcode == Opcode.Select && p > 0) break;
            Load(instruction.Operand(p));
            if (negate) il.Emit(OpCodes.Neg);
        }
        Operate(instruction);
        Release(k, instruction);
        if (addressFirst) il.Emit(OpCodes.Stind_R8);
        else if (stored)
        {
            var local = Take();
            il.Emit(OpCodes.Stloc, local);
            Address(slots[k]);
            il.Emit(OpCodes.Ldloc, local);
            il.Emit(OpCodes.Stind_R8);
            if (readHere) locals[~k] = local;
            else freeLocals.Push(local);
        }
        else if (readHere)
        {
            if (StaysOnStack(k)) return;
            il.Emit(OpCodes.Stloc, locals[~k] = Take());
        }
        else il.Emit(OpCodes.Pop);
    }

    /// <summary>Whether the value is read in this part at all.</summary>
    private bool IsReadWithin(int k)
    {
        if (lastUse[k] < end) return true;
        for (int j = k + 1; j < end; j++)
        {
            var instruction = tape.Instructions[j];
            for (int p = 0; p < instruction.OperandCount; p++) if (instruction.Operand(p) == ~k) return true;
        }
        return false;
    }

    /// <summary>Whether a value is read once, by the next instruction, as its first operand.</summary>
    private bool StaysOnStack(int k)
    {
        if (k + 1 >= end || useCount[k] != 1 || lastUse[k] != k + 1 || tape.Instructions[k].Target >= 0) return false;
        var next = tape.Instructions[k + 1];
        return next.A == ~k && next.Opcode != Opcode.NegatedMultiplyAdd;
    }

    private void Load(int operand)
    {
        if (operand >= 0 && constants.TryGetValue(operand, out double constant))
        {
            il.Emit(OpCodes.Ldc_R8, constant);
            return;
        }
        if (locals.TryGetValue(operand, out var local))
        {
            il.Emit(OpCodes.Ldloc, local);
            return;
        }
        Address(operand < 0 ? slots[~operand] : operand);
        il.Emit(OpCodes.Ldind_R8);
        if (!inputs.TryGetValue(operand, out var reads) || reads.Uses == 1) return;
        locals[operand] = local = Take();
        il.Emit(OpCodes.Stloc, local);
        il.Emit(OpCodes.Ldloc, local);
    }

    private void Address(int slot)
    {
        il.Emit(OpCodes.Ldarg_0);
        if (slot == 0) return;
        il.Emit(OpCodes.Ldc_I4, slot * sizeof(double));
        il.Emit(OpCodes.Add);
    }

    private LocalBuilder Take() => freeLocals.Count > 0 ? freeLocals.Pop() : il.DeclareLocal(typeof(double));

    /// <summary>Frees the locals of operands that are not read again here.</summary>
    private void Release(int k, Instruction instruction)
    {
        for (int p = 0; p < instruction.OperandCount; p++)
        {
            int operand = instruction.Operand(p);
            int last = operand < 0 && ~operand >= start ? lastUse[~operand] : inputs.TryGetValue(operand, out var reads) ? reads.Last : k;
            if (last == k && locals.Remove(operand, out var local)) freeLocals.Push(local);
        }
    }

    private void Operate(Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Copy: break;
            case Opcode.Add: il.Emit(OpCodes.Add); break;
            case Opcode.Subtract: il.Emit(OpCodes.Sub); break;
            case Opcode.Multiply: il.Emit(OpCodes.Mul); break;
            case Opcode.Divide: il.Emit(OpCodes.Div); break;
            case Opcode.Negate: il.Emit(OpCodes.Neg); break;
            case Opcode.Less: il.Emit(OpCodes.Clt); Truth(); break;
            case Opcode.LessOrEqual: il.Emit(OpCodes.Cgt_Un); Falsehood(); break;
            case Opcode.Equal: il.Emit(OpCodes.Ceq); Truth(); break;
            case Opcode.NotEqual: il.Emit(OpCodes.Ceq); Falsehood(); break;
            case Opcode.Not: Zero(); il.Emit(OpCodes.Ceq); Truth(); break;
            case Opcode.And: Both(OpCodes.And); break;
            case Opcode.Or: Both(OpCodes.Or); break;
            case Opcode.Xor: Both(OpCodes.Xor); break;
            case Opcode.Select: Select(instruction); break;
            default: il.Emit(OpCodes.Call, InstructionSet.Method(instruction.Opcode)!); break;
        }
    }

    private void Zero() => il.Emit(OpCodes.Ldc_R8, 0.0);

    private void Truth() => il.Emit(OpCodes.Conv_R8);

    private void Falsehood()
    {
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ceq);
        il.Emit(OpCodes.Conv_R8);
    }

    /// <summary>Joins two truths on the stack; each is false where it equals 0.</summary>
    private void Both(OpCode join)
    {
        var second = Take();
        il.Emit(OpCodes.Stloc, second);
        IsTrue();
        il.Emit(OpCodes.Ldloc, second);
        IsTrue();
        il.Emit(join);
        il.Emit(OpCodes.Conv_R8);
        freeLocals.Push(second);

        void IsTrue()
        {
            Zero();
            il.Emit(OpCodes.Ceq);
            il.Emit(OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Ceq);
        }
    }

    /// <summary>Chooses between two values that are there already; the condition is on the stack.</summary>
    private void Select(Instruction instruction)
    {
        var (condition, result) = (Take(), Take());
        il.Emit(OpCodes.Stloc, condition);
        Load(instruction.B);
        Load(instruction.C);
        var otherwise = Take();
        il.Emit(OpCodes.Stloc, otherwise);
        il.Emit(OpCodes.Stloc, result);
        var done = il.DefineLabel();
        il.Emit(OpCodes.Ldloc, condition);
        Zero();
        il.Emit(OpCodes.Bne_Un, done); // unordered counts as true: NaN is not 0
        il.Emit(OpCodes.Ldloc, otherwise);
        il.Emit(OpCodes.Stloc, result);
        il.MarkLabel(done);
        il.Emit(OpCodes.Ldloc, result);
        freeLocals.Push(condition);
        freeLocals.Push(result);
        freeLocals.Push(otherwise);
    }
}
