using System.Collections.Immutable;
using CsCheck;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Property.Symbolics;

/// <summary>Random expressions over a, b, c and time.</summary>
internal static class RandomExpressions
{
    private static readonly Gen<Expression> leaf = Gen.Frequency(
        (4, Choice("a", "b", "c").Select(Symbol)),
        (1, Gen.Const(Time)),
        (3, Choice(0.0, 1, -1, 2, 0.5, 3, -2, 1e-3, 10).Select(Constant)),
        (1, Gen.Double[-3, 3].Select(Constant)));

    /// <summary>Expressions of any operation, few of them smooth.</summary>
    public static Gen<Expression> Any { get; } = Build([.. Enum.GetValues<Operation>().Where(o => o > Operation.Time)], 40);

    /// <summary>Expressions without jumps, kinks or relations.</summary>
    public static Gen<Expression> Smooth { get; } = Build(
        [
            Operation.Add, Operation.Multiply, Operation.Subtract, Operation.Divide, Operation.Power, Operation.Negate, Operation.Sqrt,
            Operation.Exp, Operation.Expm1, Operation.Log, Operation.Log10, Operation.Sin, Operation.Cos, Operation.Tan, Operation.Asin,
            Operation.Acos, Operation.Atan, Operation.Sinh, Operation.Cosh, Operation.Tanh, Operation.Asinh, Operation.Acosh, Operation.Atanh,
        ], 8);

    /// <summary>Values for a, b and c.</summary>
    public static Gen<double[]> Points { get; } = Gen.Double[0.1, 3].Array[3];

    /// <summary>The value at a point.</summary>
    public static double At(Expression expression, double[] point, double time = 0.7) =>
        expression.Evaluate(name => point[name[0] - 'a'], time);

    /// <summary>Number of operands that an operation takes here.</summary>
    public static int Arity(Operation operation) => operation switch
    {
        Operation.And or Operation.Or or Operation.Xor or Operation.Select or Operation.Branch => 3,
        Operation.Add or Operation.Multiply or Operation.Subtract or Operation.Divide or Operation.Power or Operation.Min or Operation.Max
            or Operation.Less or Operation.LessOrEqual or Operation.Equal or Operation.NotEqual or Operation.Delay => 2,
        _ => 1,
    };

    private static Gen<T> Choice<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>Grows a pool of leaves by nodes over it, so subterms are shared; the last is the expression.</summary>
    private static Gen<Expression> Build(Operation[] operations, int most) =>
        Gen.Select(leaf.Array[3, 6], Gen.Select(Choice(operations), Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Int[0, 1000]).Array[1, most],
            (leaves, steps) =>
            {
                var pool = leaves.ToList();
                foreach (var (operation, i, j, k) in steps)
                {
                    ImmutableArray<Expression> operands = [.. new[] { i, j, k }.Take(Arity(operation)).Select(n => pool[^(1 + (n % Math.Min(pool.Count, 6)))])];
                    var made = Of(operation, operands);
                    if (!(made.IsConstant && !double.IsFinite(made.Value))) pool.Add(made);
                }
                return pool[^1];
            });
}
