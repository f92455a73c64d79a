namespace Protonmotive.Kernels.Derivatives;

/// <summary>
/// Writes products of an operation's partial derivatives with a number: the one table of derivatives that tangents and adjoints
/// share. Values are named as on a <see cref="Tape"/>.
/// </summary>
/// <remarks>
/// Griewank and Walther (2008), Evaluating Derivatives, chapter 3. At a kink the derivative is that of one side. Where x is 0 the
/// product is 0 though the derivative be infinite, as at √0.
/// </remarks>
/// <param name="tape">What is written to.</param>
/// <param name="constant">The slot of a constant.</param>
internal sealed class PartialProducts(Tape tape, Func<double, int> constant)
{
    /// <summary>No value: a sum without terms, a derivative that is zero.</summary>
    public const int None = int.MinValue;

    /// <summary>sum + x · ∂value/∂operand.</summary>
    /// <param name="sum">What is added to; <see cref="None"/> for nothing.</param>
    /// <param name="operation">The operation, its operands named on the tape written to.</param>
    /// <param name="position">Which operand.</param>
    /// <param name="value">The operation's value.</param>
    /// <param name="x">The factor.</param>
    /// <returns>The new sum; the old one where the derivative is zero everywhere.</returns>
    /// <exception cref="KernelException">The derivative is not known.</exception>
    public int Add(int sum, Instruction operation, int position, int value, int x)
    {
        int a = operation.A, b = operation.B;
        switch (operation.Opcode)
        {
            case Opcode.Copy or Opcode.Add: return Plus(sum, x);
            case Opcode.Subtract: return position == 0 ? Plus(sum, x) : Minus(sum, x);
            case Opcode.Negate: return Minus(sum, x);
            case Opcode.Multiply: return PlusProduct(sum, x, position == 0 ? b : a);
            case Opcode.Divide:
                int quotient = Write(Opcode.Divide, x, b);
                return position == 0 ? Plus(sum, quotient) : MinusProduct(sum, quotient, value);
            case Opcode.MultiplyAdd: return position == 2 ? Plus(sum, x) : PlusProduct(sum, x, position == 0 ? b : a);
            case Opcode.NegatedMultiplyAdd: return position == 2 ? Plus(sum, x) : MinusProduct(sum, x, position == 0 ? b : a);
            case Opcode.Select when position == 1: return Plus(sum, Choose(a, x, Number(0)));
            case Opcode.Select when position == 2: return Plus(sum, Choose(a, Number(0), x));
            case Opcode.Min or Opcode.Max:
                int isFirst = operation.Opcode == Opcode.Min ? Write(Opcode.LessOrEqual, a, b) : Write(Opcode.LessOrEqual, b, a);
                return Plus(sum, position == 0 ? Choose(isFirst, x, Number(0)) : Choose(isFirst, Number(0), x));
            case Opcode.Power when position == 0:
                int slope = Write(Opcode.Multiply, b, Write(Opcode.Power, a, Write(Opcode.Subtract, b, Number(1))));
                return Plus(sum, Unless(x, Write(Opcode.Multiply, x, slope)));
            case Opcode.Power:
                // Where the base is 0 the power does not move with its exponent.
                int moves = Choose(Write(Opcode.Less, Number(0), a), Write(Opcode.Multiply, value, Write(Opcode.Log, a)), Number(0));
                return PlusProduct(sum, x, moves);
            case Opcode.Less or Opcode.LessOrEqual or Opcode.Equal or Opcode.NotEqual or Opcode.And or Opcode.Or or Opcode.Xor or Opcode.Not or Opcode.Select or Opcode.Floor or Opcode.Ceiling:
                return sum;
            case Opcode.Abs: return Plus(sum, Choose(Write(Opcode.Less, a, Number(0)), Write(Opcode.Negate, x), x));
            case Opcode.Acos: return MinusQuotient(sum, x, Root(1, -1, a));
            case Opcode.Cos: return MinusProduct(sum, x, Write(Opcode.Sin, a));
            case Opcode.Sqrt: return Plus(sum, Unless(x, Write(Opcode.Divide, Write(Opcode.Multiply, x, Number(0.5)), value)));
            case Opcode.Exp: return PlusProduct(sum, x, value);
            case Opcode.Expm1: return PlusProduct(sum, x, Write(Opcode.Add, value, Number(1)));
            case Opcode.Log: return Plus(sum, Write(Opcode.Divide, x, a));
            case Opcode.Log10: return Plus(sum, Write(Opcode.Divide, Write(Opcode.Multiply, x, Number(1 / Math.Log(10))), a));
            case Opcode.Sin: return PlusProduct(sum, x, Write(Opcode.Cos, a));
            case Opcode.Tan: return PlusProduct(sum, x, Square(1, 1, value));
            case Opcode.Asin: return Plus(sum, Write(Opcode.Divide, x, Root(1, -1, a)));
            case Opcode.Atan: return Plus(sum, Write(Opcode.Divide, x, Square(1, 1, a)));
            case Opcode.Sinh: return PlusProduct(sum, x, Write(Opcode.Cosh, a));
            case Opcode.Cosh: return PlusProduct(sum, x, Write(Opcode.Sinh, a));
            case Opcode.Tanh: return PlusProduct(sum, x, Square(1, -1, value));
            case Opcode.Asinh: return Plus(sum, Write(Opcode.Divide, x, Root(1, 1, a)));
            case Opcode.Acosh: return Plus(sum, Write(Opcode.Divide, x, Root(-1, 1, a)));
            case Opcode.Atanh: return Plus(sum, Write(Opcode.Divide, x, Square(1, -1, a)));
            case Opcode.Factorial: return PlusProduct(sum, x, Write(Opcode.Multiply, value, Write(Opcode.Digamma, Write(Opcode.Add, a, Number(1)))));
            case Opcode.Digamma: return PlusProduct(sum, x, Write(Opcode.Trigamma, a));
            default:
                throw new KernelException($"The derivative of {operation.Opcode} is not known.", "Derivatives of a kernel.", "Write the formula without it, or do without sensitivities.");
        }
    }

    /// <summary>As <see cref="Add"/>, for an operation in a branch that may not be taken: where x is 0 nothing is added, whatever the derivative is.</summary>
    public int AddGuarded(int sum, Instruction operation, int position, int value, int x) =>
        Add(None, operation, position, value, x) is not None and var product ? Plus(sum, Unless(x, product)) : sum;

    /// <summary>sum + x.</summary>
    public int Plus(int sum, int x) => sum == None ? x : Write(Opcode.Add, sum, x);

    private int Minus(int sum, int x) => sum == None ? Write(Opcode.Negate, x) : Write(Opcode.Subtract, sum, x);

    private int PlusProduct(int sum, int x, int factor) => sum == None ? Write(Opcode.Multiply, x, factor) : Write(Opcode.MultiplyAdd, x, factor, sum);

    private int MinusProduct(int sum, int x, int factor) =>
        sum == None ? Write(Opcode.Negate, Write(Opcode.Multiply, x, factor)) : Write(Opcode.NegatedMultiplyAdd, x, factor, sum);

    private int MinusQuotient(int sum, int x, int divisor) => Minus(sum, Write(Opcode.Divide, x, divisor));

    private int Choose(int condition, int then, int otherwise) => Write(Opcode.Select, condition, then, otherwise);

    // The product, or 0 where x is 0.
    private int Unless(int x, int product) => Choose(x, product, Number(0));

    // first + sign·x²
    private int Square(double first, double sign, int x) => Write(sign > 0 ? Opcode.MultiplyAdd : Opcode.NegatedMultiplyAdd, x, x, Number(first));

    private int Root(double first, double sign, int x) => Write(Opcode.Sqrt, Square(first, sign, x));

    private int Number(double value) => constant(value);

    private int Write(Opcode opcode, int a, int b = 0, int c = 0) => tape.Append(opcode, a, b, c);
}
