using Protonmotive.Symbolics;

namespace Protonmotive.Solvers;

/// <summary>Tells which relations flip at a time that can be solved for: their two sides are affine in time and free of states.</summary>
internal static class TimeRelation
{
    private const int NotAffine = 2;

    /// <summary>Whether an expression is a + b t, with a and b free of states.</summary>
    /// <param name="root">The expression.</param>
    /// <param name="states">Names of the states.</param>
    public static bool IsAffine(Expression root, IReadOnlySet<string> states)
    {
        // Degree in time of every node, operands first, with an explicit stack: expressions may be deep.
        var degrees = new Dictionary<Expression, int>();
        var open = new Stack<(Expression Node, bool OperandsDone)>();
        open.Push((root, false));
        while (open.TryPop(out var top))
        {
            var (node, done) = top;
            if (degrees.ContainsKey(node)) continue;
            if (done || node.Operands.IsEmpty)
            {
                degrees[node] = Degree(node, states, degrees);
                continue;
            }

            open.Push((node, true));
            foreach (var operand in node.Operands) open.Push((operand, false));
        }

        return degrees[root] == 1;
    }

    private static int Degree(Expression node, IReadOnlySet<string> states, Dictionary<Expression, int> degrees)
    {
        switch (node.Operation)
        {
            case Operation.Constant: return 0;
            case Operation.Time: return 1;
            case Operation.Symbol: return states.Contains(node.Name) ? NotAffine : 0;
        }

        int largest = node.Operands.Max(operand => degrees[operand]);
        if (largest == 0) return 0;
        return node.Operation switch
        {
            Operation.Add or Operation.Subtract or Operation.Negate => largest,
            Operation.Multiply => Math.Min(NotAffine, node.Operands.Sum(operand => degrees[operand])),
            Operation.Divide when degrees[node.Operands[1]] == 0 => largest,
            _ => NotAffine,
        };
    }
}
