using System.Collections.Immutable;

namespace Protonmotive.Symbolics;

/// <remarks>Functions that are written in terms of the base operations, so differentiation and kernels need no rule for them.</remarks>
public sealed partial class Expression
{
    /// <summary>Secant, 1/cos x.</summary>
    public static Expression Sec(Expression x) => 1 / Cos(x);

    /// <summary>Cosecant, 1/sin x.</summary>
    public static Expression Csc(Expression x) => 1 / Sin(x);

    /// <summary>Cotangent, 1/tan x.</summary>
    public static Expression Cot(Expression x) => 1 / Tan(x);

    /// <summary>Inverse secant, acos(1/x), in rad.</summary>
    public static Expression Asec(Expression x) => Acos(1 / x);

    /// <summary>Inverse cosecant, asin(1/x), in rad.</summary>
    public static Expression Acsc(Expression x) => Asin(1 / x);

    /// <summary>Inverse cotangent, atan(1/x), in rad: in (−π/2, π/2], odd, with a jump at 0.</summary>
    public static Expression Acot(Expression x) => Atan(1 / x);

    /// <summary>Hyperbolic secant, 1/cosh x.</summary>
    public static Expression Sech(Expression x) => 1 / Cosh(x);

    /// <summary>Hyperbolic cosecant, 1/sinh x.</summary>
    public static Expression Csch(Expression x) => 1 / Sinh(x);

    /// <summary>Hyperbolic cotangent, 1/tanh x.</summary>
    public static Expression Coth(Expression x) => 1 / Tanh(x);

    /// <summary>Inverse hyperbolic secant, acosh(1/x).</summary>
    public static Expression Asech(Expression x) => Acosh(1 / x);

    /// <summary>Inverse hyperbolic cosecant, asinh(1/x).</summary>
    public static Expression Acsch(Expression x) => Asinh(1 / x);

    /// <summary>Inverse hyperbolic cotangent, atanh(1/x).</summary>
    public static Expression Acoth(Expression x) => Atanh(1 / x);

    /// <summary>Logarithm to any base, ln x/ln b; base 10 is <see cref="Log10"/>.</summary>
    public static Expression Log(Expression @base, Expression x) => @base.IsConstant && @base.Value == 10 ? Log10(x) : Log(x) / Log(@base);

    /// <summary>n-th root: √x for n = 2, else x^(1/n), which is NaN for a negative x.</summary>
    public static Expression Root(Expression degree, Expression x) =>
        degree.IsConstant && degree.Value == 2 ? Sqrt(x) : Power(x, 1 / degree);

    /// <summary>Whole part of a quotient, rounded towards 0 as in MathML.</summary>
    public static Expression Quotient(Expression left, Expression right)
    {
        var ratio = left / right;
        return Select(LessOrEqual(0, ratio), Floor(ratio), Ceiling(ratio));
    }

    /// <summary>What a whole quotient leaves, with the sign of the dividend.</summary>
    public static Expression Remainder(Expression left, Expression right) => left - (right * Quotient(left, right));

    /// <summary>True unless the left is true and the right false.</summary>
    public static Expression Implies(Expression left, Expression right) => Or(Not(left), right);

    /// <summary>The smallest of one or more.</summary>
    /// <exception cref="InvalidOperationException">No operand.</exception>
    public static Expression Min(IEnumerable<Expression> operands) => operands.Aggregate(Min);

    /// <summary>The largest of one or more.</summary>
    /// <exception cref="InvalidOperationException">No operand.</exception>
    public static Expression Max(IEnumerable<Expression> operands) => operands.Aggregate(Max);

    /// <summary>The value of the first piece whose condition is true.</summary>
    /// <param name="pieces">Values with their conditions, in order.</param>
    /// <param name="otherwise">Value where no condition is true; NaN where it is null.</param>
    public static Expression Piecewise(IEnumerable<(Expression Value, Expression Condition)> pieces, Expression? otherwise = null) =>
        pieces.Reverse().Aggregate(otherwise ?? double.NaN, (rest, piece) => Select(piece.Condition, piece.Value, rest));
}
