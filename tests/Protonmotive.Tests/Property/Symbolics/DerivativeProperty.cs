using CsCheck;
using Protonmotive.Symbolics;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Property.Symbolics;

/// <summary>Derivatives agree with differences of fourth order.</summary>
public class DerivativeProperty
{
    private static readonly Expression a = Symbol("a"), b = Symbol("b"), c = Symbol("c");

    public static TheoryData<Operation> Operations =>
        [.. Enum.GetValues<Operation>().Where(o => o is > Operation.Time and not (Operation.Digamma or Operation.Delay))];

    /// <summary>Each operation over operands that move with a, inside its domain and away from its jumps.</summary>
    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_operation_has_the_slope_of_its_central_difference(Operation operation)
    {
        // acosh lives above 1, the inverse sine and tangent below.
        Expression first = operation == Operation.Acosh ? 1.5 + (a * a) : a * a / 4;
        Expression[] operands = operation is Operation.Select or Operation.Branch
            ? [Less(a, 0.9), Sin(a), Sin(a) + 1]
            : [first, 0.3 + (a * b), c * a];
        var expression = Of(operation, [.. operands.Take(RandomExpressions.Arity(operation))]);
        var slope = expression.Derivative(a);
        foreach (double x in new[] { 0.3, 0.55, 0.8, 1.1, 1.4, 1.7 })
        {
            double[] point = [x, 0.7, 1.3];
            double h = 1e-4;
            double exact = RandomExpressions.At(slope, point);
            Assert.Equal(Difference(expression, point, h), exact, 1e-6 * (1 + Math.Abs(exact)));
        }
    }

    /// <summary>Two steps of the difference estimate its own error; where they disagree (a pole nearby), the sample says nothing.</summary>
    [Fact]
    public void Random_smooth_expressions_have_the_slope_of_their_difference()
    {
        int compared = 0, atBoundaries = 0;
        Gen.Select(RandomExpressions.Smooth, RandomExpressions.Points).Sample((expression, point) =>
        {
            double coarse = Difference(expression, point, 2e-4), fine = Difference(expression, point, 1e-4);
            double value = Math.Abs(RandomExpressions.At(expression, point));
            // A part of 1e6 or more loses the digits that a difference needs: cos(1e16 + a) has no central difference in doubles.
            if (ExpressionGraph.PostOrder(expression).Any(part => Math.Abs(RandomExpressions.At(part, point)) > 1e6)) return true;
            if (!double.IsFinite(coarse) || !double.IsFinite(fine) || !(Math.Abs(coarse - fine) < 1e-5 * (1 + Math.Abs(fine)))) return true;
            double exact = RandomExpressions.At(expression.Derivative(a), point);
            if (!double.IsFinite(exact))    // 0·∞ at the edge of a domain, as in asin(c^a) at c = 1
            {
                Interlocked.Increment(ref atBoundaries);
                return true;
            }
            Interlocked.Increment(ref compared);
            return Math.Abs(exact - fine) <= (1e-5 * (1 + Math.Abs(fine))) + (1e-9 * value);
        }, iter: 4000, print: t => $"{t.Item1} at {string.Join(", ", t.Item2)}");
        Assert.True(compared > 800, $"Only {compared} samples were finite.");
        Assert.True(atBoundaries * 50 < compared, $"{atBoundaries} slopes were not finite.");
    }

    [Fact]
    public void Time_is_a_variable_too() => Assert.Same(a * Cos(Time), (a * Sin(Time)).Derivative(Time));

    private static double Difference(Expression expression, double[] point, double h)
    {
        double At(double x) => RandomExpressions.At(expression, [x, point[1], point[2]]);
        return (8 * (At(point[0] + h) - At(point[0] - h)) - (At(point[0] + (2 * h)) - At(point[0] - (2 * h)))) / (12 * h);
    }
}
