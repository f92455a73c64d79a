using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Symbolics;

/// <summary>Exact derivatives with respect to one variable; what expressions share is differentiated once.</summary>
/// <remarks>
/// Forms of <see cref="Operation.Select"/> and <see cref="Operation.Branch"/> are differentiated under the same condition; floor,
/// ceiling, relations and logic have derivative 0 (their jumps are stops of the integration loop). At the kink of |x|, min and max
/// the derivative is one-sided.
/// </remarks>
public sealed class Differentiation
{
    private readonly Expression variable;
    private readonly Dictionary<Expression, Expression> derivatives = [];

    /// <summary>Derivatives with respect to a symbol or <see cref="Time"/>.</summary>
    public Differentiation(Expression variable)
    {
        this.variable = variable;
        derivatives[variable] = One;
    }

    /// <summary>∂expression/∂variable.</summary>
    public Expression Derivative(Expression expression)
    {
        ExpressionGraph.Rewrite([expression], derivatives, Rule);
        return derivatives[expression];
    }

    /// <summary>The non-zero partial derivatives of an expression, by variable.</summary>
    public static IReadOnlyDictionary<Expression, Expression> Gradient(Expression expression, IEnumerable<Expression> variables)
    {
        var present = ExpressionGraph.PostOrder(expression).ToHashSet();
        return variables.Where(present.Contains)
            .Select(v => (Variable: v, Slope: expression.Derivative(v)))
            .Where(g => !(g.Slope.IsConstant && g.Slope.Value == 0))
            .ToDictionary(g => g.Variable, g => g.Slope);
    }

    /// <summary>The derivative of a node from those of its operands, which it does not keep.</summary>
    internal static Expression Rule(Expression node, Expression[] d)
    {
        if (Array.TrueForAll(d, x => x.IsConstant && x.Value == 0) || d.Length == 0) return Zero;
        var x = node.Operands[0];
        return node.Operation switch
        {
            Operation.Add => Sum(d),
            Operation.Subtract => d[0] - d[1],
            Operation.Multiply => ProductRule(node, d),
            Operation.Divide => QuotientRule(node, d),
            Operation.Power => PowerRule(node, d),
            Operation.Min => Branch(LessOrEqual(x, node.Operands[1]), d[0], d[1]),
            Operation.Max => Branch(LessOrEqual(node.Operands[1], x), d[0], d[1]),
            Operation.Select => Select(x, d[1], d[2]),
            Operation.Branch => Branch(x, d[1], d[2]),
            Operation.Floor or Operation.Ceiling => Zero,
            Operation.Less or Operation.LessOrEqual or Operation.Equal or Operation.NotEqual => Zero,
            Operation.And or Operation.Or or Operation.Xor or Operation.Not => Zero,
            Operation.Delay => Zero,
            _ => Slope(node, x) * d[0],
        };
    }

    /// <summary>f′(x) of a function of one operand.</summary>
    private static Expression Slope(Expression node, Expression x) => node.Operation switch
    {
        Operation.Negate => -1,
        Operation.Abs => Branch(LessOrEqual(0, x), 1, -1),
        Operation.Sqrt => 0.5 / node,
        Operation.Exp => node,
        Operation.Expm1 => Exp(x),
        Operation.Log => 1 / x,
        Operation.Log10 => 1 / (x * Math.Log(10)),
        Operation.Sin => Cos(x),
        Operation.Cos => -Sin(x),
        Operation.Tan => 1 + (node * node),
        Operation.Asin => 1 / Sqrt(1 - (x * x)),
        Operation.Acos => -1 / Sqrt(1 - (x * x)),
        Operation.Atan => 1 / (1 + (x * x)),
        Operation.Sinh => Cosh(x),
        Operation.Cosh => Sinh(x),
        Operation.Tanh => 1 - (node * node),
        Operation.Asinh => 1 / Sqrt(1 + (x * x)),
        Operation.Acosh => 1 / (Sqrt(x - 1) * Sqrt(x + 1)),
        Operation.Atanh => 1 / (1 - (x * x)),
        Operation.Factorial => node * Digamma(x + 1),
        Operation.Digamma => throw new NotSupportedException("The second derivative of a factorial (trigamma) is not available."),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node.Operation, "No rule."),
    };

    private static Expression ProductRule(Expression node, Expression[] d)
    {
        var terms = new List<Expression>();
        for (int i = 0; i < d.Length; i++)
        {
            if (d[i].IsConstant && d[i].Value == 0) continue;
            var term = d[i];
            for (int j = 0; j < d.Length; j++) if (j != i) term = j < i ? node.Operands[j] * term : term * node.Operands[j];
            terms.Add(term);
        }
        return Sum(terms);
    }

    private static Expression QuotientRule(Expression node, Expression[] d)
    {
        var v = node.Operands[1];
        return d[1].IsConstant && d[1].Value == 0 ? d[0] / v : (d[0] - (node * d[1])) / v;
    }

    /// <summary>u^v: v·u^(v−1)·u′ + ln u·u^v·v′, each part only where it is needed, so u = 0 is no problem for a fixed exponent.</summary>
    private static Expression PowerRule(Expression node, Expression[] d)
    {
        var (u, v) = (node.Operands[0], node.Operands[1]);
        var throughBase = d[0].IsConstant && d[0].Value == 0 ? Zero : v * Power(u, v - 1) * d[0];
        if (d[1].IsConstant && d[1].Value == 0) return throughBase;
        var logarithm = u.IsConstant ? (u.Value == 0 ? Zero : Log(u)) : Branch(AreEqual(u, 0), 0, Log(u));
        return throughBase + (logarithm * node * d[1]);
    }
}
