using System.Runtime.CompilerServices;
using Protonmotive.Symbolics;

namespace Protonmotive.Kernels;

/// <summary>Exact derivatives of expressions by all the states in them at once; what expressions share is differentiated once.</summary>
/// <remarks>
/// The rules of <see cref="Differentiation"/> over sparse vectors of slopes: a node costs as many of them as it holds states, so
/// nothing is asked about states that are not there. A sum of sums is added up in one vector, so its cost is that of its terms.
/// The slopes are those that <see cref="Differentiation"/> gives one by one.
/// </remarks>
internal sealed class StateGradients(Dependencies dependencies)
{
    private static readonly (int State, Expression Slope)[] none = [];
    private readonly NodeMap<(int State, Expression Slope)[]?> known = new(null);
    private readonly Stack<Expression> open = [];
    private readonly List<Expression> spine = [];
    private readonly List<(int State, Expression Slope)> slopes = [];
    private readonly Expression[] single = new Expression[1], pair = new Expression[2];

    /// <summary>The states in an expression, ascending, with its slope by each; slopes of 0 are left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // walks every node: no slow first tier
    public (int State, Expression Slope)[] Of(Expression expression)
    {
        if (Known(expression) is { } found) return found;
        open.Push(expression);
        while (open.TryPeek(out var node))
        {
            int height = open.Count;
            if (known[node] is not null)
            {
                open.Pop(); // asked for twice
                continue;
            }
            if (IsSum(node))
            {
                for (; IsSum(node) && known[node] is null; node = node.Operands[0]) Ask(node.Operands[1]);
                Ask(node);
            }
            else
            {
                foreach (var operand in node.Operands) Ask(operand);
            }
            if (open.Count > height) continue; // first what it is made of
            node = open.Pop();
            known[node] = IsSum(node) ? Sum(node) : Composite(node);
        }
        return known[expression]!;
    }

    private static bool IsSum(Expression node) => node.Operation is Operation.Add or Operation.Subtract && node.Operands.Length == 2;

    private void Ask(Expression operand)
    {
        if (Known(operand) is null) open.Push(operand);
    }

    /// <summary>The gradient where it is known without work; null otherwise.</summary>
    private (int State, Expression Slope)[]? Known(Expression node)
    {
        if (known[node] is { } found) return found;
        if (!dependencies.OnState(node)) return none;
        if (node.Operands.Length > 0) return null;
        return known[node] = [(dependencies.StateOf(node), Expression.One)];
    }

    /// <summary>The terms of a left-leaning sum, added from left to right as they are written.</summary>
    private (int State, Expression Slope)[] Sum(Expression sum)
    {
        spine.Clear();
        var first = sum;
        for (; IsSum(first) && known[first] is null; first = first.Operands[0]) spine.Add(first);
        if (spine.Count == 1) return Pair(sum, Known(first)!, Known(sum.Operands[1])!);
        var total = new Dictionary<int, Expression>();
        foreach (var (state, slope) in Known(first)!) total[state] = slope;
        for (int k = spine.Count - 1; k >= 0; k--)
        {
            foreach (var (state, slope) in Known(spine[k].Operands[1])!)
                total[state] = Rule(spine[k], total.GetValueOrDefault(state, Expression.Zero), slope);
        }
        slopes.Clear();
        foreach (var (state, slope) in total) Keep(state, slope);
        slopes.Sort((a, b) => a.State.CompareTo(b.State));
        return [.. slopes];
    }

    private (int State, Expression Slope)[] Composite(Expression node)
    {
        var operands = node.Operands;
        if (operands.Length == 1) return Single(node, Known(operands[0])!);
        if (operands.Length == 2) return Pair(node, Known(operands[0])!, Known(operands[1])!);
        var parts = new (int State, Expression Slope)[operands.Length][];
        for (int i = 0; i < parts.Length; i++) parts[i] = Known(operands[i])!;
        slopes.Clear();
        var d = new Expression[parts.Length];
        var next = new int[parts.Length];
        for (int state = Least(parts, next); state < int.MaxValue; state = Least(parts, next))
        {
            for (int i = 0; i < d.Length; i++)
            {
                bool has = next[i] < parts[i].Length && parts[i][next[i]].State == state;
                d[i] = has ? parts[i][next[i]++].Slope : Expression.Zero;
            }
            Keep(state, Differentiation.Rule(node, d));
        }
        return [.. slopes];
    }

    private static int Least((int State, Expression Slope)[][] parts, int[] next)
    {
        int least = int.MaxValue;
        for (int i = 0; i < parts.Length; i++) if (next[i] < parts[i].Length) least = Math.Min(least, parts[i][next[i]].State);
        return least;
    }

    private (int State, Expression Slope)[] Single(Expression node, (int State, Expression Slope)[] inner)
    {
        slopes.Clear();
        foreach (var (state, slope) in inner)
        {
            single[0] = slope;
            Keep(state, Differentiation.Rule(node, single));
        }
        return [.. slopes];
    }

    private (int State, Expression Slope)[] Pair(Expression node, (int State, Expression Slope)[] left, (int State, Expression Slope)[] right)
    {
        slopes.Clear();
        int a = 0, b = 0;
        while (a < left.Length || b < right.Length)
        {
            int i = a < left.Length ? left[a].State : int.MaxValue, j = b < right.Length ? right[b].State : int.MaxValue;
            Keep(Math.Min(i, j), Rule(node, i <= j ? left[a++].Slope : Expression.Zero, j <= i ? right[b++].Slope : Expression.Zero));
        }
        return [.. slopes];
    }

    private Expression Rule(Expression node, Expression first, Expression second)
    {
        (pair[0], pair[1]) = (first, second);
        return Differentiation.Rule(node, pair);
    }

    private void Keep(int state, Expression slope)
    {
        if (!(slope.IsConstant && slope.Value == 0)) slopes.Add((state, slope));
    }
}
