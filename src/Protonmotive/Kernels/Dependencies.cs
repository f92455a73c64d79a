using System.Runtime.CompilerServices;
using Protonmotive.Symbolics;

namespace Protonmotive.Kernels;

/// <summary>What each expression depends on: whether states, and whether anything else that moves during a step.</summary>
/// <remarks>
/// Two flags a node, never a list of states a node: in a sum of n terms such lists would take n² places.
/// </remarks>
internal sealed class Dependencies
{
    private readonly IReadOnlyDictionary<string, int> states;
    private readonly IReadOnlySet<string> moving;
    private readonly NodeMap<Kinds> known = new(Kinds.Unknown);
    private readonly Stack<Expression> open = [];

    /// <summary>Dependencies on the states of that numbering.</summary>
    /// <param name="states">Index by name.</param>
    /// <param name="moving">Symbols that count as time: delayed values, and what an event has just assigned.</param>
    public Dependencies(IReadOnlyDictionary<string, int> states, IReadOnlySet<string> moving)
    {
        this.states = states;
        this.moving = moving;
    }

    [Flags]
    private enum Kinds : byte
    {
        None = 0,
        State = 1,
        Time = 2,
        Unknown = 128,
    }

    /// <summary>The index of the state that a symbol names; −1 for anything else.</summary>
    public int StateOf(Expression node) => node.Operation == Operation.Symbol && states.TryGetValue(node.Name, out int index) ? index : -1;

    /// <summary>Indices of the states in an expression, ascending; searched for at each call.</summary>
    public int[] States(Expression expression)
    {
        if (!OnState(expression)) return [];
        var indices = new List<int>();
        var seen = new HashSet<Expression> { expression };
        var queue = new Queue<Expression>([expression]);
        while (queue.TryDequeue(out var node))
        {
            if (StateOf(node) is >= 0 and var index) indices.Add(index);
            foreach (var operand in node.Operands) if (OnState(operand) && seen.Add(operand)) queue.Enqueue(operand);
        }
        indices.Sort();
        return [.. indices];
    }

    /// <summary>Whether the expression contains a state.</summary>
    public bool OnState(Expression expression) => (Find(expression) & Kinds.State) != 0;

    /// <summary>Whether the expression contains the time.</summary>
    public bool OnTime(Expression expression) => (Find(expression) & Kinds.Time) != 0;

    /// <summary>Whether the expression is fixed by parameters and modes alone.</summary>
    public bool IsFixed(Expression expression) => Find(expression) == Kinds.None;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // walks every node: no slow first tier
    private Kinds Find(Expression expression)
    {
        if (expression.Operation == Operation.Constant) return Kinds.None;
        if (known[expression] is var found && found != Kinds.Unknown) return found;
        open.Push(expression);
        while (open.TryPeek(out var node))
        {
            var kinds = OfLeaf(node);
            int height = open.Count;
            foreach (var operand in node.Operands)
            {
                if (operand.Operation == Operation.Constant) continue;
                var part = known[operand];
                if (part == Kinds.Unknown) open.Push(operand);
                else kinds |= part;
            }
            if (open.Count > height) continue; // first what it is made of
            known[node] = kinds;
            open.Pop();
        }
        return known[expression];
    }

    private Kinds OfLeaf(Expression node) => node.Operation switch
    {
        Operation.Time => Kinds.Time,
        Operation.Symbol => (states.ContainsKey(node.Name) ? Kinds.State : Kinds.None) | (moving.Contains(node.Name) ? Kinds.Time : Kinds.None),
        _ => Kinds.None,
    };
}
