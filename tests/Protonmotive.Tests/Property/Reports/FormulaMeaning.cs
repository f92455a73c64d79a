using System.Globalization;
using CsCheck;
using Protonmotive.Reports.Mathematics;
using Protonmotive.Symbolics;
using Xunit;
using static Protonmotive.Reports.Mathematics.Formula;

namespace Protonmotive.Tests.Property.Reports;

/// <summary>A typeset formula, read as a mathematician reads it, has the value of its expression: no bracket is missing and no sign lost.</summary>
public class FormulaMeaning
{
    private static readonly Dictionary<string, double> values = new() { ["a"] = 1.3, ["b"] = 0.7, ["c"] = 2.1, ["x"] = 0.4, ["y"] = 1.9, ["e"] = Math.E, ["π"] = Math.PI };

    private static readonly Gen<Expression> leaf = Gen.OneOf(
        Any("a", "b", "c", "x", "y").Select(Expression.Symbol),
        Any(0.5, 2, 3, -1, -2, 0.25, Math.PI, 2.0 / 3, 2.5e-4, 1e6).Select(Expression.Constant));

    private static readonly Gen<Expression> expressions = Gen.Recursive<Expression>((depth, self) => depth > 5 ? leaf : Gen.OneOf(
        leaf,
        Gen.Select(self, self, (l, r) => l + r), Gen.Select(self, self, (l, r) => l - r),
        Gen.Select(self, self, (l, r) => l * r), Gen.Select(self, self, (l, r) => l * r),
        Gen.Select(self, self, (l, r) => l / r), Gen.Select(self, self, (l, r) => l / r),
        Gen.Select(self, Any(-2.0, -1, 0.5, 2, 3), (l, r) => Expression.Power(l, r)),
        Gen.Select(self, leaf, Expression.Power),
        self.Select(e => -e), self.Select(Expression.Sqrt), self.Select(Expression.Exp), self.Select(Expression.Expm1), self.Select(Expression.Log), self.Select(Expression.Abs)));

    [Fact]
    public void Reads_as_the_expression_computes() => expressions.Sample(expression =>
    {
        if (ExpressionGraph.PostOrder(expression).Any(n => n.IsConstant && !double.IsFinite(n.Value))) return;
        // eᵘ − 1, read literally, loses digits where u is small.
        if (ExpressionGraph.PostOrder(expression).Any(n => n.Operation == Operation.Expm1 && Math.Abs(n.Operands[0].Evaluate(s => values[s])) < 1e-3)) return;
        double expected = expression.Evaluate(n => values[n]);
        if (!double.IsFinite(expected) || Math.Abs(expected) is > 1e12 or < 1e-9) return;
        double read = Read(Formulas.Of(expression));
        if (!double.IsFinite(read)) return; // x^-1 of 0·0 and the like: reordered, an intermediate may overflow
        double rounding = Rounding(expression, expected);
        if (!double.IsFinite(rounding)) return; // a root of nearly 0: the last digit decides whether there is one
        Assert.True(Math.Abs(read - expected) <= (1e-7 * Math.Abs(expected)) + rounding, $"{expression} is {expected:g12}, reads as {read:g12}");
    }, iter: 4000);

    private static Gen<T> Any<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    /// <summary>What the value may move by, since numbers show six digits and names 16: twice what each moves it by alone.</summary>
    private static double Rounding(Expression expression, double value)
    {
        double sum = 0;
        foreach (var leaf in ExpressionGraph.PostOrder(expression).Where(n => n.Operands.IsEmpty))
        {
            double moved = leaf.IsConstant ? double.Parse(leaf.Value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : values[leaf.Name] * (1 + 1e-14);
            sum += Math.Abs(expression.Substitute(new Dictionary<Expression, Expression> { [leaf] = moved }).Evaluate(n => values[n]) - value);
        }
        return 2 * sum;
    }

    private static double Read(Formula formula) => formula switch
    {
        Row row => Sum(row.Items),
        Identifier name => values[name.Text],
        Number number => double.Parse(number.Text, CultureInfo.InvariantCulture),
        Fraction fraction => Read(fraction.Numerator) / Read(fraction.Denominator),
        Script { Below: null, Above: { } above } script => Math.Pow(Read(script.Base), Read(above)),
        Root root => Math.Sqrt(Read(root.Radicand)),
        Fenced { Open: "|" } fenced => Math.Abs(Read(fenced.Content)),
        Fenced fenced => Read(fenced.Content),
        Call { Function: Script { Base: Identifier name, Below: null, Above: { } above } } call => Math.Pow(Read(call with { Function = name }), Read(above)), // ln²(x)
        Call { Function: Identifier { Text: "ln" } } call => Math.Log(Read(call.Arguments[0])),
        Call { Function: Identifier { Text: "exp" } } call => Math.Exp(Read(call.Arguments[0])),
        _ => throw new InvalidOperationException(formula.ToString()),
    };

    private static double Sum(IReadOnlyList<Formula> items)
    {
        double sum = 0, sign = 1;
        var product = new List<Formula>();
        foreach (var item in items)
        {
            if (item is not Operator { Sign: "+" or "−" } next) { product.Add(item); continue; }
            if (product.Count > 0) { sum += sign * Product(product); product.Clear(); }
            else Assert.Equal(SignRole.Prefix, next.Role);
            sign = next.Sign == "+" ? 1 : -1;
        }
        Assert.NotEmpty(product);
        return sum + (sign * Product(product));
    }

    /// <summary>Factors beside each other, and a/b in exponents, from the left.</summary>
    private static double Product(List<Formula> items)
    {
        double product = Read(items[0]);
        for (int i = 1; i < items.Count; i += 2)
        {
            var sign = Assert.IsType<Operator>(items[i]);
            if (sign.Sign == "/") product /= Read(items[i + 1]);
            else
            {
                Assert.True(sign.Role is SignRole.Product or SignRole.Beside || sign.Sign is "×" or "·");
                product *= Read(items[i + 1]);
            }
        }
        return product;
    }
}
