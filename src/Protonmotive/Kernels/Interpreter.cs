using System.Runtime.CompilerServices;
using Protonmotive.Kernels.Lanes;

namespace Protonmotive.Kernels;

/// <summary>
/// Runs instructions one by one: starts at once, and defines what every other back end of the same width must compute, bit for
/// bit (any NaN equals any other: which NaN an operation passes on is not fixed by IEEE 754).
/// </summary>
internal static unsafe class Interpreter<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>Runs a list of instructions on a workspace; slot s begins at w + s·lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot from the first call on: no slow first tier
    public static void Run(ReadOnlySpan<Instruction> instructions, double* w)
    {
        foreach (ref readonly var i in instructions)
        {
            var a = TLanes.Load(w + ((long)i.A * TLanes.Count));
            var value = i.Opcode switch
            {
                Opcode.Copy => LaneFunctions<TLanes, TVector>.Copy(a),
                Opcode.Add => LaneFunctions<TLanes, TVector>.Add(a, TLanes.Load(w + ((long)i.B * TLanes.Count))),
                Opcode.Subtract => LaneFunctions<TLanes, TVector>.Subtract(a, TLanes.Load(w + ((long)i.B * TLanes.Count))),
                Opcode.Multiply => LaneFunctions<TLanes, TVector>.Multiply(a, TLanes.Load(w + ((long)i.B * TLanes.Count))),
                Opcode.Divide => LaneFunctions<TLanes, TVector>.Divide(a, TLanes.Load(w + ((long)i.B * TLanes.Count))),
                Opcode.MultiplyAdd => LaneFunctions<TLanes, TVector>.MultiplyAdd(a, TLanes.Load(w + ((long)i.B * TLanes.Count)), TLanes.Load(w + ((long)i.C * TLanes.Count))),
                Opcode.NegatedMultiplyAdd => LaneFunctions<TLanes, TVector>.NegatedMultiplyAdd(a, TLanes.Load(w + ((long)i.B * TLanes.Count)), TLanes.Load(w + ((long)i.C * TLanes.Count))),
                Opcode.Negate => LaneFunctions<TLanes, TVector>.Negate(a),
                Opcode.Less => LaneFunctions<TLanes, TVector>.Less(a, TLanes.Load(w + ((long)i.B * TLanes.Count))),
                Opcode.LessOrEqual => LaneFunctions<TLanes, TVector>.LessOrEqual(a, TLanes.Load(w + ((long)i.B * TLanes.Count))),
                Opcode.Equal => LaneFunctions<TLanes, TVector>.Equal(a, TLanes.Load(w + ((long)i.B * TLanes.Count))),
                Opcode.NotEqual => LaneFunctions<TLanes, TVector>.NotEqual(a, TLanes.Load(w + ((long)i.B * TLanes.Count))),
                Opcode.And => LaneFunctions<TLanes, TVector>.And(a, TLanes.Load(w + ((long)i.B * TLanes.Count))),
                Opcode.Or => LaneFunctions<TLanes, TVector>.Or(a, TLanes.Load(w + ((long)i.B * TLanes.Count))),
                Opcode.Xor => LaneFunctions<TLanes, TVector>.Xor(a, TLanes.Load(w + ((long)i.B * TLanes.Count))),
                Opcode.Not => LaneFunctions<TLanes, TVector>.Not(a),
                Opcode.Select => LaneFunctions<TLanes, TVector>.Select(a, TLanes.Load(w + ((long)i.B * TLanes.Count)), TLanes.Load(w + ((long)i.C * TLanes.Count))),
                Opcode.Power => LaneFunctions<TLanes, TVector>.Power(a, TLanes.Load(w + ((long)i.B * TLanes.Count))),
                Opcode.Min => LaneFunctions<TLanes, TVector>.Min(a, TLanes.Load(w + ((long)i.B * TLanes.Count))),
                Opcode.Max => LaneFunctions<TLanes, TVector>.Max(a, TLanes.Load(w + ((long)i.B * TLanes.Count))),
                Opcode.Abs => LaneFunctions<TLanes, TVector>.Abs(a),
                Opcode.Floor => LaneFunctions<TLanes, TVector>.Floor(a),
                Opcode.Ceiling => LaneFunctions<TLanes, TVector>.Ceiling(a),
                Opcode.Sqrt => LaneFunctions<TLanes, TVector>.Sqrt(a),
                Opcode.Exp => LaneFunctions<TLanes, TVector>.Exp(a),
                Opcode.Expm1 => LaneFunctions<TLanes, TVector>.Expm1(a),
                Opcode.Log => LaneFunctions<TLanes, TVector>.Log(a),
                Opcode.Log10 => LaneFunctions<TLanes, TVector>.Log10(a),
                Opcode.Sin => LaneFunctions<TLanes, TVector>.Sin(a),
                Opcode.Cos => LaneFunctions<TLanes, TVector>.Cos(a),
                Opcode.Tan => LaneFunctions<TLanes, TVector>.Tan(a),
                Opcode.Asin => LaneFunctions<TLanes, TVector>.Asin(a),
                Opcode.Acos => LaneFunctions<TLanes, TVector>.Acos(a),
                Opcode.Atan => LaneFunctions<TLanes, TVector>.Atan(a),
                Opcode.Sinh => LaneFunctions<TLanes, TVector>.Sinh(a),
                Opcode.Cosh => LaneFunctions<TLanes, TVector>.Cosh(a),
                Opcode.Tanh => LaneFunctions<TLanes, TVector>.Tanh(a),
                Opcode.Asinh => LaneFunctions<TLanes, TVector>.Asinh(a),
                Opcode.Acosh => LaneFunctions<TLanes, TVector>.Acosh(a),
                Opcode.Atanh => LaneFunctions<TLanes, TVector>.Atanh(a),
                Opcode.Factorial => LaneFunctions<TLanes, TVector>.Factorial(a),
                Opcode.Digamma => LaneFunctions<TLanes, TVector>.Digamma(a),
                Opcode.Trigamma => LaneFunctions<TLanes, TVector>.Trigamma(a),
                _ => throw new InvalidOperationException($"Unknown opcode {i.Opcode}."),
            };
            TLanes.Store(value, w + ((long)i.Target * TLanes.Count));
        }
    }
}
