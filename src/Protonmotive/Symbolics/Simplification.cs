using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Symbolics;

/// <summary>Rewrites that never change a value where it was defined: like terms and like factors collected, inverses undone.</summary>
/// <remarks>
/// A rewrite may define a value where there was none (x/x is 1 at 0), never the other way. Roots of even powers keep their
/// modulus; whole powers alone are merged across signs.
/// </remarks>
public static class Simplification
{
    /// <summary>The simplified expression.</summary>
    public static Expression Simplify(this Expression expression)
    {
        var memo = new Dictionary<Expression, Expression>();
        var interior = Interior(expression);
        ExpressionGraph.Rewrite([expression], memo, (node, operands) => interior.Contains(node) ? node.With(operands) : Rewrite(node.With(operands)));
        return memo[expression];
    }

    /// <summary>Sums used only inside sums, products only inside products: collected once with the outermost, not at every level.</summary>
    private static HashSet<Expression> Interior(Expression expression)
    {
        var interior = new HashSet<Expression>();
        var outermost = new HashSet<Expression> { expression };
        foreach (var node in ExpressionGraph.PostOrder(expression))
        {
            foreach (var operand in node.Operands)
            {
                if (Family(operand) != 0 && Family(operand) == Family(node)) interior.Add(operand);
                else outermost.Add(operand);
            }
        }
        interior.ExceptWith(outermost);
        return interior;
    }

    private static int Family(Expression node) => node.Operation switch
    {
        Operation.Add or Operation.Subtract or Operation.Negate => 1,
        Operation.Multiply or Operation.Divide => 2,
        _ => 0,
    };

    private static Expression Rewrite(Expression node) => node.Operation switch
    {
        Operation.Add or Operation.Subtract or Operation.Negate => Terms.Collect(node),
        Operation.Multiply or Operation.Divide => Factors.Collect(node),
        Operation.Power => SimplifyPower(node.Operands[0], node.Operands[1]),
        Operation.Log when node.Operands[0].Operation == Operation.Exp => node.Operands[0].Operands[0],
        Operation.Exp when node.Operands[0].Operation == Operation.Log => node.Operands[0].Operands[0],
        Operation.Sqrt when node.Operands[0] is { Operation: Operation.Power } p && p.Operands[1].IsConstant && p.Operands[1].Value == 2 => Abs(p.Operands[0]),
        Operation.Abs when node.Operands[0].Operation is Operation.Abs or Operation.Exp or Operation.Sqrt => node.Operands[0],
        Operation.Min or Operation.Max when ReferenceEquals(node.Operands[0], node.Operands[1]) => node.Operands[0],
        _ => node,
    };


    private static Expression SimplifyPower(Expression u, Expression v)
    {
        if (!v.IsConstant || u.Operation != Operation.Power || !u.Operands[1].IsConstant) return Power(u, v);
        double inner = u.Operands[1].Value, outer = v.Value;
        if (IsWhole(inner) && IsWhole(outer)) return Power(u.Operands[0], inner * outer);
        if (IsWhole(inner / 2) && IsWhole(inner * outer)) return Power(Abs(u.Operands[0]), inner * outer);
        return Power(u, v);
    }

    private static bool IsWhole(double x) => x == Math.Floor(x) && Math.Abs(x) < 1e9;

    /// <summary>A sum as coefficients of distinct terms.</summary>
    private static class Terms
    {
        public static Expression Collect(Expression sum)
        {
            var coefficients = new Dictionary<Expression, double> { [sum] = 1 };
            var order = new List<Expression>();
            double constant = 0;
            // From the outermost inwards: each shared node has its whole coefficient before it is taken apart, so it is once.
            foreach (var term in Outermost(sum, IsSum))
            {
                double c = coefficients.GetValueOrDefault(term);
                void Give(Expression part, double share) => coefficients[part] = coefficients.GetValueOrDefault(part) + share;
                switch (term.Operation)
                {
                    case Operation.Constant: constant += c * term.Value; break;
                    case Operation.Add: foreach (var part in term.Operands) Give(part, c); break;
                    case Operation.Subtract: Give(term.Operands[0], c); Give(term.Operands[1], -c); break;
                    case Operation.Negate: Give(term.Operands[0], -c); break;
                    case Operation.Multiply when IsSum(term): Give(term.Operands[1], c * term.Operands[0].Value); break;
                    default: order.Add(term); break;
                }
            }
            Expression result = Zero;
            foreach (var term in order)
            {
                double c = coefficients[term];
                if (c > 0) result += c * term;
                else if (c < 0) result -= -c * term;
                else if (double.IsNaN(c)) return sum;
            }
            return result + constant;
        }

        private static bool IsSum(Expression node) => node.Operation switch
        {
            Operation.Add or Operation.Subtract or Operation.Negate => true,
            Operation.Multiply => node.Operands.Length == 2 && node.Operands[0].IsConstant && double.IsFinite(node.Operands[0].Value),
            _ => false,
        };
    }

    /// <summary>A product as whole exponents of distinct factors.</summary>
    private static class Factors
    {
        public static Expression Collect(Expression product)
        {
            var exponents = new Dictionary<Expression, double> { [product] = 1 };
            var order = new List<Expression>();
            double constant = 1;
            foreach (var factor in Outermost(product, IsProduct))
            {
                double e = exponents[factor];
                void Give(Expression part, double share) => exponents[part] = exponents.GetValueOrDefault(part) + share;
                switch (factor.Operation)
                {
                    case Operation.Constant when factor.Value != 0 && double.IsFinite(factor.Value): constant *= Math.Pow(factor.Value, e); break;
                    case Operation.Multiply: foreach (var part in factor.Operands) Give(part, e); break;
                    case Operation.Divide: Give(factor.Operands[0], e); Give(factor.Operands[1], -e); break;
                    case Operation.Negate: if (e % 2 != 0) constant = -constant; Give(factor.Operands[0], e); break;
                    case Operation.Power when IsProduct(factor): Give(factor.Operands[0], e * factor.Operands[1].Value); break;
                    default: order.Add(factor); break;
                }
            }
            if (!double.IsFinite(constant) || constant == 0) return product;
            Expression numerator = One, denominator = One;
            foreach (var factor in order)
            {
                double e = exponents[factor];
                if (e > 0) numerator *= Power(factor, e);
                else if (e < 0) denominator *= Power(factor, -e);
            }
            double magnitude = Math.Abs(constant);
            var quotient = (magnitude == 1 ? numerator : magnitude * numerator) / denominator;
            return constant < 0 ? -quotient : quotient;
        }

        private static bool IsProduct(Expression node) => node.Operation switch
        {
            Operation.Multiply or Operation.Divide or Operation.Negate => true,
            Operation.Power => node.Operands[1].IsConstant && IsWhole(node.Operands[1].Value),
            _ => false,
        };
    }

    /// <summary>The nodes of a sum or product, and its parts, each once and before what it is made of.</summary>
    private static List<Expression> Outermost(Expression root, Func<Expression, bool> isInside)
    {
        var order = new List<Expression>();
        var seen = new HashSet<Expression> { root };
        var stack = new Stack<(Expression Node, int Next)>();
        stack.Push((root, 0));
        while (stack.TryPop(out var item))
        {
            var (node, next) = item;
            int count = !isInside(node) ? 0 : node.Operation == Operation.Power ? 1 : node.Operands.Length;
            if (next == count)
            {
                order.Add(node);
                continue;
            }
            stack.Push((node, next + 1));
            // From the right, so that the reversed order reads from the left.
            var operand = node.Operands[count - 1 - next];
            if (seen.Add(operand)) stack.Push((operand, 0));
        }
        order.Reverse();
        return order;
    }
}
