using System.Reflection;
using Protonmotive.Symbolics;

namespace Protonmotive.Kernels;

/// <summary>Which method each function-like <see cref="Opcode"/> calls: the one place compiled code learns it from.</summary>
internal static class InstructionSet
{
    /// <summary>The method of an opcode that is a call; null where it is arithmetic or logic.</summary>
    public static MethodInfo? Method(Opcode opcode) => opcode switch
    {
        Opcode.Abs => Unary(Math.Abs),
        Opcode.Floor => Unary(Math.Floor),
        Opcode.Ceiling => Unary(Math.Ceiling),
        Opcode.Sqrt => Unary(Math.Sqrt),
        Opcode.Exp => Unary(Math.Exp),
        Opcode.Expm1 => Unary(SpecialFunctions.Expm1),
        Opcode.Log => Unary(Math.Log),
        Opcode.Log10 => Unary(Math.Log10),
        Opcode.Sin => Unary(Math.Sin),
        Opcode.Cos => Unary(Math.Cos),
        Opcode.Tan => Unary(Math.Tan),
        Opcode.Asin => Unary(Math.Asin),
        Opcode.Acos => Unary(Math.Acos),
        Opcode.Atan => Unary(Math.Atan),
        Opcode.Sinh => Unary(Math.Sinh),
        Opcode.Cosh => Unary(Math.Cosh),
        Opcode.Tanh => Unary(Math.Tanh),
        Opcode.Asinh => Unary(Math.Asinh),
        Opcode.Acosh => Unary(Math.Acosh),
        Opcode.Atanh => Unary(Math.Atanh),
        Opcode.Factorial => Unary(SpecialFunctions.Factorial),
        Opcode.Digamma => Unary(SpecialFunctions.Digamma),
        Opcode.Trigamma => Unary(SpecialFunctions.Trigamma),
        Opcode.Power => Binary(Math.Pow),
        Opcode.Min => Binary(Math.Min),
        Opcode.Max => Binary(Math.Max),
        Opcode.MultiplyAdd or Opcode.NegatedMultiplyAdd => ((Func<double, double, double, double>)Math.FusedMultiplyAdd).Method,
        _ => null,
    };

    private static MethodInfo Unary(Func<double, double> function) => function.Method;

    private static MethodInfo Binary(Func<double, double, double> function) => function.Method;
}
