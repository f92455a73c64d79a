using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>Puts a symbol in the place of every <see cref="Operation.Delay"/>, inner ones first.</summary>
internal sealed class DelayExtraction
{
    private readonly Dictionary<Expression, Expression> replacements = [];

    public DelayExtraction(IEnumerable<Expression> roots)
    {
        var delays = ImmutableArray.CreateBuilder<DelayedValue>();
        foreach (var node in ExpressionGraph.PostOrder(roots.Where(HasDelay)))
        {
            if (node.Operation != Operation.Delay) continue;
            var delay = new DelayedValue($"delay.{delays.Count + 1}", node.Operands[0].Substitute(replacements), node.Operands[1].Substitute(replacements));
            delays.Add(delay);
            replacements[node] = Expression.Symbol(delay.Name);
        }
        Delays = delays.ToImmutable();
    }

    public ImmutableArray<DelayedValue> Delays { get; }

    public Expression Apply(Expression formula) => !HasDelay(formula) ? formula : formula.Substitute(replacements);

    /// <summary>A formula at the start of a run, before which nothing has changed but the time.</summary>
    public static Expression AtStart(Expression formula)
    {
        if (!HasDelay(formula)) return formula;
        var past = new Dictionary<Expression, Expression>();
        foreach (var node in ExpressionGraph.PostOrder(formula))
        {
            if (node.Operation != Operation.Delay) continue;
            var then = new Dictionary<Expression, Expression> { [Expression.Time] = Expression.Time - node.Operands[1].Substitute(past) };
            past[node] = node.Operands[0].Substitute(past).Substitute(then);
        }
        return past.Count == 0 ? formula : formula.Substitute(past);
    }

    private static bool HasDelay(Expression formula) => (formula.Contents & Contents.Delay) != 0;
}
