namespace Protonmotive.Symbolics;

/// <summary>Walks the shared graph of expressions without recursion, so depth is bounded by memory alone.</summary>
public static class ExpressionGraph
{
    /// <summary>Every distinct node under the roots once, operands before the nodes that use them.</summary>
    public static IReadOnlyList<Expression> PostOrder(params IEnumerable<Expression> roots)
    {
        var order = new List<Expression>();
        var seen = new HashSet<Expression>();
        var stack = new Stack<(Expression Node, int Next)>();
        foreach (var root in roots)
        {
            if (!seen.Add(root)) continue;
            stack.Push((root, 0));
            while (stack.TryPop(out var item))
            {
                var (node, next) = item;
                if (next == node.Operands.Length)
                {
                    order.Add(node);
                    continue;
                }
                stack.Push((node, next + 1));
                var operand = node.Operands[next];
                if (seen.Add(operand)) stack.Push((operand, 0));
            }
        }
        return order;
    }

    /// <summary>Every distinct node under the roots once, in no promised order: cheaper than <see cref="PostOrder"/>.</summary>
    internal static List<Expression> Nodes(IEnumerable<Expression> roots)
    {
        var nodes = new List<Expression>();
        var seen = new HashSet<Expression>();
        foreach (var root in roots) AddNodes(root, seen, nodes);
        return nodes;
    }

    /// <summary>Appends the nodes under a root that are not in <paramref name="seen"/>, and adds them to it.</summary>
    internal static void AddNodes(Expression root, HashSet<Expression> seen, List<Expression> nodes)
    {
        if (!seen.Add(root)) return;
        int next = nodes.Count;
        nodes.Add(root);
        for (; next < nodes.Count; next++)
        {
            foreach (var operand in nodes[next].Operands) if (seen.Add(operand)) nodes.Add(operand);
        }
    }

    /// <summary>Rebuilds expressions from the leaves up: <paramref name="rewrite"/> receives a node and its rewritten operands.</summary>
    /// <param name="roots">What to rewrite.</param>
    /// <param name="memo">Results so far, by node; shared between calls to rewrite shared parts once.</param>
    /// <param name="rewrite">Gives the new node.</param>
    public static void Rewrite(IEnumerable<Expression> roots, Dictionary<Expression, Expression> memo, Func<Expression, Expression[], Expression> rewrite)
    {
        var stack = new Stack<(Expression Node, int Next)>();
        foreach (var root in roots)
        {
            if (memo.ContainsKey(root)) continue;
            stack.Push((root, 0));
            while (stack.TryPop(out var item))
            {
                var (node, next) = item;
                if (next == 0 && memo.ContainsKey(node)) continue;
                if (next < node.Operands.Length)
                {
                    stack.Push((node, next + 1));
                    if (!memo.ContainsKey(node.Operands[next])) stack.Push((node.Operands[next], 0));
                    continue;
                }
                var operands = new Expression[node.Operands.Length];
                for (int i = 0; i < operands.Length; i++) operands[i] = memo[node.Operands[i]];
                memo[node] = rewrite(node, operands);
            }
        }
    }
}
