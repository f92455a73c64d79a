namespace Protonmotive.Symbolics;

/// <summary>The number that each operation gives: what constant folding and <see cref="Expression.Evaluate"/> compute.</summary>
internal static class Arithmetic
{
    /// <summary>The value of an operation over numbers.</summary>
    public static double Apply(Operation operation, ReadOnlySpan<double> x) => operation switch
    {
        Operation.Add => Sum(x),
        Operation.Multiply => Product(x),
        Operation.Subtract => x[0] - x[1],
        Operation.Divide => x[0] / x[1],
        Operation.Power => Math.Pow(x[0], x[1]),
        Operation.Min => Math.Min(x[0], x[1]),
        Operation.Max => Math.Max(x[0], x[1]),
        Operation.Negate => -x[0],
        Operation.Abs => Math.Abs(x[0]),
        Operation.Floor => Math.Floor(x[0]),
        Operation.Ceiling => Math.Ceiling(x[0]),
        Operation.Sqrt => Math.Sqrt(x[0]),
        Operation.Exp => Math.Exp(x[0]),
        Operation.Expm1 => SpecialFunctions.Expm1(x[0]),
        Operation.Log => Math.Log(x[0]),
        Operation.Log10 => Math.Log10(x[0]),
        Operation.Sin => Math.Sin(x[0]),
        Operation.Cos => Math.Cos(x[0]),
        Operation.Tan => Math.Tan(x[0]),
        Operation.Asin => Math.Asin(x[0]),
        Operation.Acos => Math.Acos(x[0]),
        Operation.Atan => Math.Atan(x[0]),
        Operation.Sinh => Math.Sinh(x[0]),
        Operation.Cosh => Math.Cosh(x[0]),
        Operation.Tanh => Math.Tanh(x[0]),
        Operation.Asinh => Math.Asinh(x[0]),
        Operation.Acosh => Math.Acosh(x[0]),
        Operation.Atanh => Math.Atanh(x[0]),
        Operation.Factorial => SpecialFunctions.Factorial(x[0]),
        Operation.Digamma => SpecialFunctions.Digamma(x[0]),
        Operation.Less => Truth(x[0] < x[1]),
        Operation.LessOrEqual => Truth(x[0] <= x[1]),
        Operation.Equal => Truth(x[0] == x[1]),
        Operation.NotEqual => Truth(x[0] != x[1]),
        Operation.And => Truth(!x.Contains(0)),
        Operation.Or => Truth(CountTrue(x) > 0),
        Operation.Xor => Truth(CountTrue(x) % 2 == 1),
        Operation.Not => Truth(x[0] == 0),
        Operation.Select or Operation.Branch => x[0] != 0 ? x[1] : x[2],
        Operation.Delay => x[1] == 0 ? x[0] : double.NaN, // the past is not known here
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "A leaf has no operands."),
    };

    private static double Truth(bool value) => value ? 1 : 0;

    private static double Sum(ReadOnlySpan<double> x)
    {
        double sum = x[0];
        foreach (double term in x[1..]) sum += term;
        return sum;
    }

    private static double Product(ReadOnlySpan<double> x)
    {
        double product = x[0];
        foreach (double factor in x[1..]) product *= factor;
        return product;
    }

    private static int CountTrue(ReadOnlySpan<double> x)
    {
        int count = 0;
        foreach (double value in x) if (value != 0) count++;
        return count;
    }
}
