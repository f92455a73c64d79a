using System.Reflection.Emit;

namespace Protonmotive.Kernels;

/// <summary>IL for the operations on the numbers of one width; <see cref="TapeCompiler"/> decides where they stand.</summary>
internal abstract class ValueCode
{
    private readonly Stack<LocalBuilder> freeLocals = new();

    /// <summary>Numbers side by side.</summary>
    public abstract int Lanes { get; }

    /// <summary>Type of a value on the evaluation stack.</summary>
    protected abstract Type Type { get; }

    /// <summary>Where the code goes.</summary>
    protected ILGenerator IL { get; private set; } = null!;

    /// <summary>Code for eight, four or one number side by side.</summary>
    public static ValueCode For(int lanes) => lanes == 1 ? new ScalarCode() : new VectorCode(lanes);

    /// <summary>Starts a method.</summary>
    public void Begin(ILGenerator il)
    {
        IL = il;
        freeLocals.Clear();
    }

    /// <summary>A local of the value's type.</summary>
    public LocalBuilder Take() => freeLocals.Count > 0 ? freeLocals.Pop() : IL.DeclareLocal(Type);

    /// <summary>Gives a local back.</summary>
    public void Free(LocalBuilder local) => freeLocals.Push(local);

    /// <summary>From an address to the value there.</summary>
    public abstract void Load();

    /// <summary>Stores a value at the address below it.</summary>
    public abstract void Store();

    /// <summary>A constant, in every lane.</summary>
    public abstract void Constant(double value);

    /// <summary>What an operation needs done to its first operand as soon as that is on the stack.</summary>
    public virtual void AfterFirst(Opcode opcode)
    {
    }

    /// <summary>From the operands on the stack, the first deepest, to the result.</summary>
    public abstract void Operate(Opcode opcode);
}
