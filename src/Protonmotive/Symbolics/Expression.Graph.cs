using System.Collections.Immutable;

namespace Protonmotive.Symbolics;

public sealed partial class Expression
{
    /// <summary>Names of the symbols in the expression.</summary>
    public IReadOnlySet<string> Symbols()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (Operation == Operation.Symbol) names.Add(Name);
        if (Operands.IsEmpty || (Contents & Contents.Symbol) == 0) return names;
        foreach (var node in ExpressionGraph.PostOrder(this)) if (node.Operation == Operation.Symbol) names.Add(node.Name);
        return names;
    }

    /// <summary>Whether the expression contains a node.</summary>
    public bool DependsOn(Expression node) => ReferenceEquals(this, node) || (!Operands.IsEmpty && ExpressionGraph.Nodes([this]).Contains(node));

    /// <summary>The expression with nodes replaced; a replacement is not searched again.</summary>
    public Expression Substitute(IReadOnlyDictionary<Expression, Expression> replacements) => Substitute([this], replacements)[0];

    /// <summary>Several expressions with nodes replaced; what they share is rewritten once.</summary>
    public static ImmutableArray<Expression> Substitute(ImmutableArray<Expression> expressions, IReadOnlyDictionary<Expression, Expression> replacements)
    {
        if (replacements.Count == 0) return expressions;
        var memo = new Dictionary<Expression, Expression>();
        ExpressionGraph.Rewrite(expressions, memo, (node, operands) =>
            replacements.TryGetValue(node, out var replacement) ? replacement : node.With(operands));
        return [.. expressions.Select(e => memo[e])];
    }

    /// <summary>The value for given symbols and time.</summary>
    /// <param name="symbols">Gives the value of a symbol.</param>
    /// <param name="time">Value of t.</param>
    public double Evaluate(Func<string, double> symbols, double time = 0)
    {
        var values = new Dictionary<Expression, double>();
        foreach (var node in ExpressionGraph.PostOrder(this))
        {
            values[node] = node.Operation switch
            {
                Operation.Constant => node.Value,
                Operation.Symbol => symbols(node.Name),
                Operation.Time => time,
                _ => Apply(node),
            };
        }
        return values[this];

        double Apply(Expression node)
        {
            Span<double> operands = node.Operands.Length <= 4 ? stackalloc double[node.Operands.Length] : new double[node.Operands.Length];
            for (int i = 0; i < operands.Length; i++) operands[i] = values[node.Operands[i]];
            return Arithmetic.Apply(node.Operation, operands);
        }
    }

    /// <summary>The exact derivative with respect to a symbol or <see cref="Time"/>.</summary>
    public Expression Derivative(Expression variable) => new Differentiation(variable).Derivative(this);

    /// <summary>The same node over two other operands; the node itself where they are the same.</summary>
    internal Expression With(Expression left, Expression right)
    {
        if (ReferenceEquals(left, Operands[0]) && ReferenceEquals(right, Operands[1])) return this;
        return Operation switch
        {
            Operation.Add => Add(left, right),
            Operation.Subtract => Subtract(left, right),
            Operation.Multiply => Multiply(left, right),
            Operation.Divide => Divide(left, right),
            _ => Of(Operation, [left, right]),
        };
    }

    /// <summary>The same node over other operands; the node itself where they are the same.</summary>
    internal Expression With(Expression[] operands)
    {
        if (operands.AsSpan().SequenceEqual(Operands.AsSpan())) return this;
        return Of(Operation, [.. operands]);
    }
}
