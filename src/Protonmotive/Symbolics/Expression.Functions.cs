using System.Collections.Immutable;

namespace Protonmotive.Symbolics;

public sealed partial class Expression
{
    /// <summary>Sum of two operands.</summary>
    public static Expression Add(Expression left, Expression right)
    {
        if (left.IsConstant && right.IsConstant) return left.Value + right.Value;
        if (IsZero(left)) return right;
        if (IsZero(right)) return left;
        return right.Operation == Operation.Negate ? Subtract(left, right.Operands[0]) : Make(Operation.Add, left, right);
    }

    /// <summary>Sum of any number of terms, added from left to right, numbers last; 0 for none.</summary>
    public static Expression Sum(IEnumerable<Expression> terms)
    {
        Expression sum = Zero;
        double constant = 0;
        foreach (var term in terms)
        {
            if (term.IsConstant) constant += term.Value;
            else sum += term;
        }
        return sum + constant;
    }

    /// <summary>First operand minus the second.</summary>
    public static Expression Subtract(Expression left, Expression right)
    {
        if (left.IsConstant && right.IsConstant) return left.Value - right.Value;
        if (IsZero(right)) return left;
        if (IsZero(left)) return Negate(right);
        if (ReferenceEquals(left, right)) return Zero;
        return right.Operation == Operation.Negate ? Add(left, right.Operands[0]) : Make(Operation.Subtract, left, right);
    }

    /// <summary>Product of two operands. 0·x is 0.</summary>
    public static Expression Multiply(Expression left, Expression right)
    {
        if (left.IsConstant && right.IsConstant) return left.Value * right.Value;
        if (IsZero(left) || IsZero(right)) return Zero;
        if (IsOne(left)) return right;
        if (IsOne(right)) return left;
        if (IsMinusOne(left)) return Negate(right);
        if (IsMinusOne(right)) return Negate(left);
        if (left.Operation == Operation.Negate && right.Operation == Operation.Negate) return Multiply(left.Operands[0], right.Operands[0]);
        if (left.Operation == Operation.Negate) return Negate(Multiply(left.Operands[0], right));
        if (right.Operation == Operation.Negate) return Negate(Multiply(left, right.Operands[0]));
        return Make(Operation.Multiply, left, right);
    }

    /// <summary>Product of any number of factors, from left to right; 1 for none.</summary>
    public static Expression Product(IEnumerable<Expression> factors) => factors.Aggregate(One, Multiply);

    /// <summary>First operand over the second.</summary>
    public static Expression Divide(Expression left, Expression right)
    {
        if (left.IsConstant && right.IsConstant) return left.Value / right.Value;
        if (IsOne(right)) return left;
        if (IsMinusOne(right)) return Negate(left);
        if (IsZero(left)) return Zero;
        if (ReferenceEquals(left, right)) return One;
        if (left.Operation == Operation.Negate) return Negate(Divide(left.Operands[0], right));
        return Make(Operation.Divide, left, right);
    }

    /// <summary>Base to a power.</summary>
    public static Expression Power(Expression @base, Expression exponent)
    {
        if (@base.IsConstant && exponent.IsConstant) return Math.Pow(@base.Value, exponent.Value);
        if (IsZero(exponent)) return One;
        if (IsOne(exponent)) return @base;
        if (IsOne(@base)) return One;
        return Make(Operation.Power, @base, exponent);
    }

    /// <summary>−x.</summary>
    public static Expression Negate(Expression x)
    {
        if (x.IsConstant) return -x.Value;
        if (x.Operation == Operation.Negate) return x.Operands[0];
        if (x.Operation == Operation.Subtract) return Subtract(x.Operands[1], x.Operands[0]);
        return Make(Operation.Negate, x);
    }

    /// <summary>The smaller of two.</summary>
    public static Expression Min(Expression left, Expression right) => Fold(Operation.Min, left, right);

    /// <summary>The larger of two.</summary>
    public static Expression Max(Expression left, Expression right) => Fold(Operation.Max, left, right);

    /// <summary>|x|.</summary>
    public static Expression Abs(Expression x) => Fold(Operation.Abs, x);

    /// <summary>Largest integer not above x.</summary>
    public static Expression Floor(Expression x) => Fold(Operation.Floor, x);

    /// <summary>Smallest integer not below x.</summary>
    public static Expression Ceiling(Expression x) => Fold(Operation.Ceiling, x);

    /// <summary>√x.</summary>
    public static Expression Sqrt(Expression x) => Fold(Operation.Sqrt, x);

    /// <summary>eˣ.</summary>
    public static Expression Exp(Expression x) => Fold(Operation.Exp, x);

    /// <summary>eˣ − 1, accurate near 0.</summary>
    public static Expression Expm1(Expression x) => Fold(Operation.Expm1, x);

    /// <summary>Natural logarithm.</summary>
    public static Expression Log(Expression x) => Fold(Operation.Log, x);

    /// <summary>Logarithm to base 10.</summary>
    public static Expression Log10(Expression x) => Fold(Operation.Log10, x);

    /// <summary>Sine.</summary>
    public static Expression Sin(Expression x) => Fold(Operation.Sin, x);

    /// <summary>Cosine.</summary>
    public static Expression Cos(Expression x) => Fold(Operation.Cos, x);

    /// <summary>Tangent.</summary>
    public static Expression Tan(Expression x) => Fold(Operation.Tan, x);

    /// <summary>Inverse sine.</summary>
    public static Expression Asin(Expression x) => Fold(Operation.Asin, x);

    /// <summary>Inverse cosine.</summary>
    public static Expression Acos(Expression x) => Fold(Operation.Acos, x);

    /// <summary>Inverse tangent.</summary>
    public static Expression Atan(Expression x) => Fold(Operation.Atan, x);

    /// <summary>Hyperbolic sine.</summary>
    public static Expression Sinh(Expression x) => Fold(Operation.Sinh, x);

    /// <summary>Hyperbolic cosine.</summary>
    public static Expression Cosh(Expression x) => Fold(Operation.Cosh, x);

    /// <summary>Hyperbolic tangent.</summary>
    public static Expression Tanh(Expression x) => Fold(Operation.Tanh, x);

    /// <summary>Inverse hyperbolic sine.</summary>
    public static Expression Asinh(Expression x) => Fold(Operation.Asinh, x);

    /// <summary>Inverse hyperbolic cosine.</summary>
    public static Expression Acosh(Expression x) => Fold(Operation.Acosh, x);

    /// <summary>Inverse hyperbolic tangent.</summary>
    public static Expression Atanh(Expression x) => Fold(Operation.Atanh, x);

    /// <summary>Γ(x + 1).</summary>
    public static Expression Factorial(Expression x) => Fold(Operation.Factorial, x);

    /// <summary>Γ′(x)/Γ(x).</summary>
    public static Expression Digamma(Expression x) => Fold(Operation.Digamma, x);

    /// <summary>left &lt; right.</summary>
    public static Expression Less(Expression left, Expression right) => Fold(Operation.Less, left, right);

    /// <summary>left ≤ right.</summary>
    public static Expression LessOrEqual(Expression left, Expression right) => Fold(Operation.LessOrEqual, left, right);

    /// <summary>left &gt; right, stored as right &lt; left.</summary>
    public static Expression Greater(Expression left, Expression right) => Less(right, left);

    /// <summary>left ≥ right, stored as right ≤ left.</summary>
    public static Expression GreaterOrEqual(Expression left, Expression right) => LessOrEqual(right, left);

    /// <summary>left = right.</summary>
    public static Expression AreEqual(Expression left, Expression right) => Fold(Operation.Equal, left, right);

    /// <summary>left ≠ right.</summary>
    public static Expression AreNotEqual(Expression left, Expression right) => Fold(Operation.NotEqual, left, right);

    /// <summary>All are true (not 0); true for none.</summary>
    public static Expression And(params ImmutableArray<Expression> operands) => Fold(Operation.And, operands);

    /// <summary>At least one is true; false for none.</summary>
    public static Expression Or(params ImmutableArray<Expression> operands) => Fold(Operation.Or, operands);

    /// <summary>An odd number is true; false for none.</summary>
    public static Expression Xor(params ImmutableArray<Expression> operands) => Fold(Operation.Xor, operands);

    /// <summary>True where x is false.</summary>
    public static Expression Not(Expression x) => Fold(Operation.Not, x);

    /// <summary><paramref name="then"/> where the condition is true, else <paramref name="otherwise"/>; may jump.</summary>
    public static Expression Select(Expression condition, Expression then, Expression otherwise) =>
        Choose(Operation.Select, condition, then, otherwise);

    /// <summary>As <see cref="Select"/>, for two forms of one function that does not jump.</summary>
    public static Expression Branch(Expression condition, Expression then, Expression otherwise) =>
        Choose(Operation.Branch, condition, then, otherwise);

    /// <summary>The value <paramref name="lag"/> earlier, in the unit of time; numbers do not change, and a lag of 0 is now.</summary>
    public static Expression Delay(Expression value, Expression lag) =>
        value.IsConstant || IsZero(lag) ? value : Make(Operation.Delay, value, lag);

    /// <summary>Makes a node of any operation from operands that are already simplified; the door for rewriting.</summary>
    public static Expression Of(Operation operation, ImmutableArray<Expression> operands) => operation switch
    {
        Operation.Constant or Operation.Symbol or Operation.Time => throw new ArgumentException("Leaves have no operands.", nameof(operation)),
        Operation.Add => operands.Length == 0 ? Zero : operands.Skip(1).Aggregate(operands[0], Add),
        Operation.Multiply => operands.Length == 0 ? One : operands.Skip(1).Aggregate(operands[0], Multiply),
        Operation.Subtract => Subtract(operands[0], operands[1]),
        Operation.Divide => Divide(operands[0], operands[1]),
        Operation.Power => Power(operands[0], operands[1]),
        Operation.Min => Min(operands[0], operands[1]),
        Operation.Max => Max(operands[0], operands[1]),
        Operation.Negate => Negate(operands[0]),
        Operation.Abs => Abs(operands[0]),
        Operation.Floor => Floor(operands[0]),
        Operation.Ceiling => Ceiling(operands[0]),
        Operation.Sqrt => Sqrt(operands[0]),
        Operation.Exp => Exp(operands[0]),
        Operation.Expm1 => Expm1(operands[0]),
        Operation.Log => Log(operands[0]),
        Operation.Log10 => Log10(operands[0]),
        Operation.Sin => Sin(operands[0]),
        Operation.Cos => Cos(operands[0]),
        Operation.Tan => Tan(operands[0]),
        Operation.Asin => Asin(operands[0]),
        Operation.Acos => Acos(operands[0]),
        Operation.Atan => Atan(operands[0]),
        Operation.Sinh => Sinh(operands[0]),
        Operation.Cosh => Cosh(operands[0]),
        Operation.Tanh => Tanh(operands[0]),
        Operation.Asinh => Asinh(operands[0]),
        Operation.Acosh => Acosh(operands[0]),
        Operation.Atanh => Atanh(operands[0]),
        Operation.Factorial => Factorial(operands[0]),
        Operation.Digamma => Digamma(operands[0]),
        Operation.Less => Less(operands[0], operands[1]),
        Operation.LessOrEqual => LessOrEqual(operands[0], operands[1]),
        Operation.Equal => AreEqual(operands[0], operands[1]),
        Operation.NotEqual => AreNotEqual(operands[0], operands[1]),
        Operation.And => And(operands),
        Operation.Or => Or(operands),
        Operation.Xor => Xor(operands),
        Operation.Not => Not(operands[0]),
        Operation.Select => Select(operands[0], operands[1], operands[2]),
        Operation.Branch => Branch(operands[0], operands[1], operands[2]),
        Operation.Delay => Delay(operands[0], operands[1]),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    private static bool IsZero(Expression x) => x.IsConstant && x.Value == 0;

    private static bool IsOne(Expression x) => x.IsConstant && x.Value == 1;

    private static bool IsMinusOne(Expression x) => x.IsConstant && x.Value == -1;

    private static Expression Fold(Operation operation, params ImmutableArray<Expression> operands) =>
        operands.All(o => o.IsConstant) ? Arithmetic.Apply(operation, [.. operands.Select(o => o.Value)]) : Make(operation, operands);

    private static Expression Choose(Operation operation, Expression condition, Expression then, Expression otherwise)
    {
        if (condition.IsConstant) return condition.Value != 0 ? then : otherwise;
        return ReferenceEquals(then, otherwise) ? then : Make(operation, condition, then, otherwise);
    }
}
