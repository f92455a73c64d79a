using CsCheck;
using Protonmotive.Symbolics;
using Xunit;

namespace Protonmotive.Tests.Property.Symbolics;

/// <summary>Simplification keeps every finite value, to rounding.</summary>
public class SimplifyProperty
{
    /// <summary>
    /// Collecting terms reorders sums, so the bound is on what rounding can do: the spread of the value as every leaf moves
    /// by 9.1e-13 (2⁻⁴⁰) of itself, times 16, plus 1e-12 of the value. Where that spread is not small (a pole), or rounding alone
    /// decides a jump or a relation, nothing is claimed.
    /// </summary>
    [Fact]
    public void No_finite_value_moves_by_more_than_rounding()
    {
        int compared = 0;
        Gen.Select(RandomExpressions.Any, RandomExpressions.Points).Sample((expression, point) =>
        {
            double before = RandomExpressions.At(expression, point);
            if (!(Largest(expression, point) < 1e3) || IsAtJump(expression, point)) return true;
            double spread = Spread(expression, point, before);
            if (!(spread < 1e-6 * (1 + Math.Abs(before)))) return true;
            double after = RandomExpressions.At(expression.Simplify(), point);
            Interlocked.Increment(ref compared);
            return Math.Abs(after - before) <= (1e-12 * (1 + Math.Abs(before))) + (16 * spread);
        }, iter: 4000, print: t => $"{t.Item1} at {string.Join(", ", t.Item2)} → {t.Item1.Simplify()}");
        Assert.True(compared > 1000, $"Only {compared} samples were finite.");
    }

    [Fact]
    public void To_simplify_twice_is_to_simplify_once_for_sums_and_products()
    {
        var a = Expression.Symbol("a");
        var b = Expression.Symbol("b");
        Assert.Same(3 * a, (a + a + a).Simplify());
        Assert.Same(b, (a + b - a).Simplify());
        Assert.Same(Expression.Power(a, 2) / b, (a * a / b).Simplify());
        Assert.Same(a, Expression.Log(Expression.Exp(a)).Simplify());
    }

    private static double Largest(Expression expression, double[] point) =>
        ExpressionGraph.PostOrder(expression).Aggregate(0.0, (most, node) => Math.Max(most, Math.Abs(RandomExpressions.At(node, point))));

    private static bool IsAtJump(Expression expression, double[] point) => ExpressionGraph.PostOrder(expression).Any(node =>
    {
        double Operand(int i) => RandomExpressions.At(node.Operands[i], point);
        return node.Operation switch
        {
            Operation.Less or Operation.LessOrEqual or Operation.Equal or Operation.NotEqual => Math.Abs(Operand(0) - Operand(1)) is > 0 and < 1e-9,
            Operation.Floor or Operation.Ceiling => Math.Abs(Operand(0) - Math.Round(Operand(0))) is > 0 and < 1e-9,
            _ => false,
        };
    });

    private static double Spread(Expression expression, double[] point, double value)
    {
        double spread = 0;
        for (int i = 0; i < point.Length; i++)
        {
            foreach (double sign in new[] { 1, -1 })
            {
                double[] moved = [.. point];
                moved[i] *= 1 + (sign * 9.1e-13);
                spread = Math.Max(spread, Math.Abs(RandomExpressions.At(expression, moved) - value));
            }
        }
        return spread;
    }
}
