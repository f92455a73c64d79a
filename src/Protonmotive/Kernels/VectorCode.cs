using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Kernels;

/// <summary>
/// IL on several numbers side by side: arithmetic by the intrinsics themselves, since nothing is inlined into a
/// <see cref="DynamicMethod"/>; all else by <see cref="LaneFunctions{TLanes, TVector}"/>.
/// </summary>
internal sealed class VectorCode : ValueCode
{
    private static readonly ConcurrentDictionary<(int Lanes, Opcode Opcode), MethodInfo> methods = new();
    private readonly Type operations;
    private readonly Type functions;
    private readonly MethodInfo broadcast;

    /// <summary>Code for four or eight lanes.</summary>
    public VectorCode(int lanes)
    {
        Lanes = lanes;
        (Type, operations) = lanes == 8 ? (typeof(Vector512<double>), typeof(Vector512)) : (typeof(Vector256<double>), typeof(Vector256));
        broadcast = operations.GetMethod("Create", [typeof(double)])!;
        functions = typeof(LaneFunctions<,>).MakeGenericType(lanes == 8 ? typeof(EightLanes) : typeof(FourLanes), Type);
    }

    /// <inheritdoc/>
    public override int Lanes { get; }

    /// <inheritdoc/>
    protected override Type Type { get; }

    /// <inheritdoc/>
    public override void Load() => IL.Emit(OpCodes.Ldobj, Type);

    /// <inheritdoc/>
    public override void Store() => IL.Emit(OpCodes.Stobj, Type);

    /// <inheritdoc/>
    public override void Constant(double value)
    {
        IL.Emit(OpCodes.Ldc_R8, value);
        IL.Emit(OpCodes.Call, broadcast);
    }

    /// <inheritdoc/>
    public override void Operate(Opcode opcode)
    {
        if (opcode == Opcode.Copy) return;
        IL.Emit(OpCodes.Call, methods.GetOrAdd((Lanes, opcode), static (key, code) => code.Intrinsic(key.Opcode) ?? code.functions.GetMethod(key.Opcode.ToString())!, this));
    }

    private MethodInfo? Intrinsic(Opcode opcode) => opcode switch
    {
        Opcode.Add or Opcode.Subtract or Opcode.Multiply or Opcode.Divide => Generic(opcode.ToString(), Type, Type),
        Opcode.Negate or Opcode.Abs or Opcode.Sqrt => Generic(opcode.ToString(), Type),
        Opcode.MultiplyAdd => operations.GetMethod("FusedMultiplyAdd", [Type, Type, Type]),
        Opcode.NegatedMultiplyAdd when Lanes == 8 && Avx512F.IsSupported => typeof(Avx512F).GetMethod(nameof(Avx512F.FusedMultiplyAddNegated), [Type, Type, Type]),
        Opcode.NegatedMultiplyAdd when Lanes == 4 && Fma.IsSupported => typeof(Fma).GetMethod(nameof(Fma.MultiplyAddNegated), [Type, Type, Type]),
        _ => null,
    };

    private MethodInfo Generic(string name, params Type[] operands) => operations.GetMethods()
        .Single(m => m.Name == name && m.IsGenericMethodDefinition && m.GetParameters() is var given && given.Length == operands.Length
            && given.All(p => p.ParameterType.IsGenericType && p.ParameterType.GetGenericTypeDefinition() == Type.GetGenericTypeDefinition()))
        .MakeGenericMethod(typeof(double));
}
