using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Protonmotive.Kernels;

/// <summary>Translates a tape to machine code by way of IL and <see cref="DynamicMethod"/>.</summary>
/// <remarks>
/// Numbers are of any width (<see cref="ValueCode"/>). A value that only the next instruction reads stays on the evaluation stack; one read within its method lives in a local;
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
    private readonly ValueCode code;
    private readonly Dictionary<int, LocalBuilder> locals = [];
    private readonly Dictionary<int, (int Uses, int Last)> inputs = [];
    private readonly bool[] readHere = new bool[Limit];
    private ILGenerator il = null!;
    private int start;
    private int end;

    private TapeCompiler(Tape tape, int[] slots, Dictionary<int, double> constants, ValueCode code, int[] lastUse, int[] useCount)
    {
        this.code = code;
        this.tape = tape;
        this.slots = slots;
        this.constants = constants;
        this.lastUse = lastUse;
        this.useCount = useCount;
    }

    /// <summary>Compiles a tape.</summary>
    /// <param name="tape">The program.</param>
    /// <param name="slots">Slot of each value.</param>
    /// <param name="constants">Slots that hold constants: compiled in place.</param>
    /// <param name="name">Shown by debuggers and profilers.</param>
    /// <param name="lanes">Numbers side by side.</param>
    /// <param name="threads">Threads that translate; the code does not depend on them.</param>
    public static CompiledProgram Compile(Tape tape, int[] slots, Dictionary<int, double> constants, string name, int lanes, int threads)
    {
        int[] lastUse = tape.LastUses(), useCount = new int[tape.Count];
        foreach (var instruction in tape.Instructions)
        {
            for (int p = 0; p < instruction.OperandCount; p++) if (instruction.Operand(p) < 0) useCount[~instruction.Operand(p)]++;
        }
        var parts = new ProgramPart[(tape.Count + Limit - 1) / Limit];
        TapeCompiler Compiler() => new(tape, slots, constants, ValueCode.For(lanes), lastUse, useCount);
        void Translate(TapeCompiler compiler, int k) => parts[k] = compiler.Part($"{name}{k}", k * Limit, Math.Min(tape.Count, (k + 1) * Limit));
        if (threads > 1 && parts.Length > 1)
        {
            Parallel.For(0, parts.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, Compiler, (k, _, compiler) =>
            {
                Translate(compiler, k);
                return compiler;
            }, _ => { });
        }
        else
        {
            var compiler = Compiler();
            for (int k = 0; k < parts.Length; k++) Translate(compiler, k);
        }
        return new CompiledProgram(parts);
    }

    private ProgramPart Part(string name, int first, int beyond)
    {
        (start, end) = (first, beyond);
        var method = new DynamicMethod(name, typeof(void), signature, typeof(TapeCompiler).Module, skipVisibility: true);
        il = method.GetILGenerator(32 * (end - start));
        locals.Clear();
        code.Begin(il);
        CountInputs();
        for (int k = start; k < end; k++) Emit(k);
        il.Emit(OpCodes.Ret);
        var part = method.CreateDelegate<ProgramPart>();
        RuntimeHelpers.PrepareDelegate(part); // now, not in the first call
        return part;
    }

    /// <summary>Counts how often the part reads each slot it did not write: one read needs no local; and notes which of its own values it reads.</summary>
    private void CountInputs()
    {
        inputs.Clear();
        Array.Clear(readHere);
        for (int k = start; k < end; k++)
        {
            var instruction = tape.Instructions[k];
            for (int p = 0; p < instruction.OperandCount; p++)
            {
                int operand = instruction.Operand(p);
                if (operand < 0 && ~operand >= start) readHere[~operand - start] = true;
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
        bool isReadHere = readHere[k - start];
        bool stored = instruction.Target >= 0 || lastUse[k] >= end;
        bool onStackFrom = k > start && StaysOnStack(k - 1);
        bool addressFirst = stored && !isReadHere && !onStackFrom;
        if (addressFirst) Address(slots[k]);
        for (int p = 0; p < instruction.OperandCount; p++)
        {
            if (p == 0 && onStackFrom) continue;
            Load(instruction.Operand(p));
            if (p == 0) code.AfterFirst(instruction.Opcode);
        }
        code.Operate(instruction.Opcode);
        Release(k, instruction);
        if (addressFirst) code.Store();
        else if (stored)
        {
            var local = code.Take();
            il.Emit(OpCodes.Stloc, local);
            Address(slots[k]);
            il.Emit(OpCodes.Ldloc, local);
            code.Store();
            if (isReadHere) locals[~k] = local;
            else code.Free(local);
        }
        else if (isReadHere)
        {
            if (StaysOnStack(k)) return;
            il.Emit(OpCodes.Stloc, locals[~k] = code.Take());
        }
        else il.Emit(OpCodes.Pop);
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
            code.Constant(constant);
            return;
        }
        if (locals.TryGetValue(operand, out var local))
        {
            il.Emit(OpCodes.Ldloc, local);
            return;
        }
        Address(operand < 0 ? slots[~operand] : operand);
        code.Load();
        if (!inputs.TryGetValue(operand, out var reads) || reads.Uses == 1) return;
        locals[operand] = local = code.Take();
        il.Emit(OpCodes.Stloc, local);
        il.Emit(OpCodes.Ldloc, local);
    }

    private void Address(int slot)
    {
        il.Emit(OpCodes.Ldarg_0);
        if (slot == 0) return;
        il.Emit(OpCodes.Ldc_I4, slot * sizeof(double) * code.Lanes);
        il.Emit(OpCodes.Add);
    }

    /// <summary>Frees the locals of operands that are not read again here.</summary>
    private void Release(int k, Instruction instruction)
    {
        for (int p = 0; p < instruction.OperandCount; p++)
        {
            int operand = instruction.Operand(p);
            int last = operand < 0 && ~operand >= start ? lastUse[~operand] : inputs.TryGetValue(operand, out var reads) ? reads.Last : k;
            if (last == k && locals.Remove(operand, out var local)) code.Free(local);
        }
    }
}
