using Protonmotive.Symbolics;

namespace Protonmotive.Kernels;

/// <summary>What each expression depends on: which states, and whether anything that moves during a step at all.</summary>
internal sealed class Dependencies
{
    private static readonly int[] none = [];
    private readonly IReadOnlyDictionary<string, int> states;
    private readonly IReadOnlySet<string> moving;
    private readonly Dictionary<Expression, (int[] States, bool Time)> known = [];

    /// <summary>Dependencies on the states of that numbering.</summary>
    /// <param name="states">Index by name.</param>
    /// <param name="moving">Symbols that count as time: delayed values, and what an event has just assigned.</param>
    public Dependencies(IReadOnlyDictionary<string, int> states, IReadOnlySet<string> moving)
    {
        this.states = states;
        this.moving = moving;
    }

    /// <summary>Indices of the states in an expression, ascending.</summary>
    public int[] States(Expression expression) => Find(expression).States;

    /// <summary>Whether the expression contains the time.</summary>
    public bool OnTime(Expression expression) => Find(expression).Time;

    /// <summary>Whether the expression is fixed by parameters and modes alone.</summary>
    public bool IsFixed(Expression expression) => Find(expression) is { Time: false, States.Length: 0 };

    private (int[] States, bool Time) Find(Expression expression)
    {
        if (known.TryGetValue(expression, out var found)) return found;
        var stack = new Stack<(Expression Node, bool Ready)>();
        stack.Push((expression, false));
        while (stack.TryPop(out var item))
        {
            var (node, ready) = item;
            if (known.ContainsKey(node)) continue;
            if (ready || node.Operands.IsEmpty)
            {
                known[node] = OfNode(node);
                continue;
            }
            stack.Push((node, true));
            foreach (var operand in node.Operands) stack.Push((operand, false));
        }
        return known[expression];
    }

    private (int[] States, bool Time) OfNode(Expression node)
    {
        if (node.Operation == Operation.Time) return (none, true);
        if (node.Operation == Operation.Symbol) return (states.TryGetValue(node.Name, out int index) ? [index] : none, moving.Contains(node.Name));
        var union = none;
        bool time = false;
        HashSet<int>? many = null;
        foreach (var operand in node.Operands)
        {
            var (indices, onTime) = known[operand];
            time |= onTime;
            if (indices.Length == 0 || ReferenceEquals(indices, union)) continue;
            if (many is null && union.Length == 0) union = indices;
            else (many ??= [.. union]).UnionWith(indices);
        }
        if (many is null) return (union, time);
        if (many.Count == union.Length) return (union, time); // the first operand has them all: share its list
        int[] sorted = [.. many];
        Array.Sort(sorted);
        return (sorted, time);
    }
}
