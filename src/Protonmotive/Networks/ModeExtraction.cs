using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>
/// Finds the relations at which formulas jump and puts a mode in the place of each. Conditions of
/// <see cref="Operation.Branch"/> are left alone: nothing jumps there.
/// </summary>
internal sealed class ModeExtraction
{
    private readonly Dictionary<Expression, Expression> replacements = [];

    public ModeExtraction(IEnumerable<Expression> roots)
    {
        var modes = ImmutableArray.CreateBuilder<Mode>();
        var jumping = JumpingRelations(roots);
        foreach (var node in ExpressionGraph.PostOrder(jumping))
        {
            if (!jumping.Contains(node)) continue;
            var mode = new Mode($"mode.{modes.Count + 1}", node.Substitute(replacements));
            modes.Add(mode);
            replacements[node] = Expression.Symbol(mode.Name);
        }
        Modes = modes.ToImmutable();
    }

    public ImmutableArray<Mode> Modes { get; }

    public Expression Apply(Expression formula) => replacements.Count == 0 || (formula.Contents & Contents.Relation) == 0 ? formula : formula.Substitute(replacements);

    private static HashSet<Expression> JumpingRelations(IEnumerable<Expression> roots)
    {
        var relations = new HashSet<Expression>();
        var seen = new HashSet<Expression>();
        var stack = new Stack<Expression>(roots);
        while (stack.TryPop(out var node))
        {
            if ((node.Contents & Contents.Relation) == 0 || !seen.Add(node)) continue;
            if (node.Operation is Operation.Less or Operation.LessOrEqual) relations.Add(node);
            var operands = node.Operation == Operation.Branch ? node.Operands.AsSpan()[1..] : node.Operands.AsSpan();
            foreach (var operand in operands) stack.Push(operand);
        }
        return relations;
    }
}
