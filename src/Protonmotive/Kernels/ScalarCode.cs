using System.Reflection.Emit;

namespace Protonmotive.Kernels;

/// <summary>IL on plain numbers.</summary>
internal sealed class ScalarCode : ValueCode
{
    /// <inheritdoc/>
    public override int Lanes => 1;

    /// <inheritdoc/>
    protected override Type Type => typeof(double);

    /// <inheritdoc/>
    public override void Load() => IL.Emit(OpCodes.Ldind_R8);

    /// <inheritdoc/>
    public override void Store() => IL.Emit(OpCodes.Stind_R8);

    /// <inheritdoc/>
    public override void Constant(double value) => IL.Emit(OpCodes.Ldc_R8, value);

    /// <inheritdoc/>
    public override void AfterFirst(Opcode opcode)
    {
        if (opcode == Opcode.NegatedMultiplyAdd) IL.Emit(OpCodes.Neg);
    }

    /// <inheritdoc/>
    public override void Operate(Opcode opcode)
    {
        switch (opcode)
        {
            case Opcode.Copy: break;
            case Opcode.Add: IL.Emit(OpCodes.Add); break;
            case Opcode.Subtract: IL.Emit(OpCodes.Sub); break;
            case Opcode.Multiply: IL.Emit(OpCodes.Mul); break;
            case Opcode.Divide: IL.Emit(OpCodes.Div); break;
            case Opcode.Negate: IL.Emit(OpCodes.Neg); break;
            case Opcode.Less: IL.Emit(OpCodes.Clt); Truth(); break;
            case Opcode.LessOrEqual: IL.Emit(OpCodes.Cgt_Un); Falsehood(); break;
            case Opcode.Equal: IL.Emit(OpCodes.Ceq); Truth(); break;
            case Opcode.NotEqual: IL.Emit(OpCodes.Ceq); Falsehood(); break;
            case Opcode.Not: Constant(0); IL.Emit(OpCodes.Ceq); Truth(); break;
            case Opcode.And: Both(OpCodes.And); break;
            case Opcode.Or: Both(OpCodes.Or); break;
            case Opcode.Xor: Both(OpCodes.Xor); break;
            case Opcode.Select: Select(); break;
            default: IL.Emit(OpCodes.Call, InstructionSet.Method(opcode)!); break;
        }
    }

    private void Truth() => IL.Emit(OpCodes.Conv_R8);

    private void Falsehood()
    {
        IL.Emit(OpCodes.Ldc_I4_0);
        IL.Emit(OpCodes.Ceq);
        IL.Emit(OpCodes.Conv_R8);
    }

    /// <summary>Joins two truths on the stack; each is false where it equals 0.</summary>
    private void Both(OpCode join)
    {
        var second = Take();
        IL.Emit(OpCodes.Stloc, second);
        IsTrue();
        IL.Emit(OpCodes.Ldloc, second);
        IsTrue();
        IL.Emit(join);
        IL.Emit(OpCodes.Conv_R8);
        Free(second);

        void IsTrue()
        {
            Constant(0);
            IL.Emit(OpCodes.Ceq);
            IL.Emit(OpCodes.Ldc_I4_0);
            IL.Emit(OpCodes.Ceq);
        }
    }

    /// <summary>Chooses between two values that are there already.</summary>
    private void Select()
    {
        var (condition, result, otherwise) = (Take(), Take(), Take());
        IL.Emit(OpCodes.Stloc, otherwise);
        IL.Emit(OpCodes.Stloc, result);
        IL.Emit(OpCodes.Stloc, condition);
        var done = IL.DefineLabel();
        IL.Emit(OpCodes.Ldloc, condition);
        Constant(0);
        IL.Emit(OpCodes.Bne_Un, done); // unordered counts as true: NaN is not 0
        IL.Emit(OpCodes.Ldloc, otherwise);
        IL.Emit(OpCodes.Stloc, result);
        IL.MarkLabel(done);
        IL.Emit(OpCodes.Ldloc, result);
        Free(condition);
        Free(result);
        Free(otherwise);
    }
}
