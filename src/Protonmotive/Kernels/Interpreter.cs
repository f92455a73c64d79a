using System.Runtime.CompilerServices;
using Protonmotive.Symbolics;

namespace Protonmotive.Kernels;

/// <summary>
/// Runs instructions one by one: starts at once, and defines what every other back end must compute, bit for bit (any NaN
/// equals any other: which NaN an operation passes on is not fixed by IEEE 754).
/// </summary>
internal static unsafe class Interpreter
{
    /// <summary>Runs a list of instructions on a workspace.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from the first call on: no slow first tier
    public static void Run(ReadOnlySpan<Instruction> instructions, double* w)
    {
        foreach (ref readonly var i in instructions)
        {
            w[i.Target] = i.Opcode switch
            {
                Opcode.Copy => w[i.A],
                Opcode.Add => w[i.A] + w[i.B],
                Opcode.Subtract => w[i.A] - w[i.B],
                Opcode.Multiply => w[i.A] * w[i.B],
                Opcode.Divide => w[i.A] / w[i.B],
                Opcode.MultiplyAdd => Math.FusedMultiplyAdd(w[i.A], w[i.B], w[i.C]),
                Opcode.NegatedMultiplyAdd => Math.FusedMultiplyAdd(-w[i.A], w[i.B], w[i.C]),
                Opcode.Negate => -w[i.A],
                Opcode.Less => w[i.A] < w[i.B] ? 1 : 0,
                Opcode.LessOrEqual => w[i.A] <= w[i.B] ? 1 : 0,
                Opcode.Equal => w[i.A] == w[i.B] ? 1 : 0,
                Opcode.NotEqual => w[i.A] != w[i.B] ? 1 : 0,
                Opcode.And => w[i.A] != 0 && w[i.B] != 0 ? 1 : 0,
                Opcode.Or => w[i.A] != 0 || w[i.B] != 0 ? 1 : 0,
                Opcode.Xor => (w[i.A] != 0) != (w[i.B] != 0) ? 1 : 0,
                Opcode.Not => w[i.A] == 0 ? 1 : 0,
                Opcode.Select => w[i.A] != 0 ? w[i.B] : w[i.C],
                Opcode.Power => Math.Pow(w[i.A], w[i.B]),
                Opcode.Min => Math.Min(w[i.A], w[i.B]),
                Opcode.Max => Math.Max(w[i.A], w[i.B]),
                Opcode.Abs => Math.Abs(w[i.A]),
                Opcode.Floor => Math.Floor(w[i.A]),
                Opcode.Ceiling => Math.Ceiling(w[i.A]),
                Opcode.Sqrt => Math.Sqrt(w[i.A]),
                Opcode.Exp => Math.Exp(w[i.A]),
                Opcode.Expm1 => SpecialFunctions.Expm1(w[i.A]),
                Opcode.Log => Math.Log(w[i.A]),
                Opcode.Log10 => Math.Log10(w[i.A]),
                Opcode.Sin => Math.Sin(w[i.A]),
                Opcode.Cos => Math.Cos(w[i.A]),
                Opcode.Tan => Math.Tan(w[i.A]),
                Opcode.Asin => Math.Asin(w[i.A]),
                Opcode.Acos => Math.Acos(w[i.A]),
                Opcode.Atan => Math.Atan(w[i.A]),
                Opcode.Sinh => Math.Sinh(w[i.A]),
                Opcode.Cosh => Math.Cosh(w[i.A]),
                Opcode.Tanh => Math.Tanh(w[i.A]),
                Opcode.Asinh => Math.Asinh(w[i.A]),
                Opcode.Acosh => Math.Acosh(w[i.A]),
                Opcode.Atanh => Math.Atanh(w[i.A]),
                Opcode.Factorial => SpecialFunctions.Factorial(w[i.A]),
                Opcode.Digamma => SpecialFunctions.Digamma(w[i.A]),
                _ => throw new InvalidOperationException($"Unknown opcode {i.Opcode}."),
            };
        }
    }
}
