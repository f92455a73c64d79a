using Protonmotive.Symbolics;

namespace Protonmotive.Kernels;

/// <summary>The non-zero entries of ∂f/∂y as expressions.</summary>
/// <remarks>
/// A row is taken apart into its terms, and each term is differentiated only by the states in it, so the work grows with the
/// number of entries, not with states times terms.
/// </remarks>
internal sealed class JacobianEntries
{
    private readonly Dependencies dependencies;
    private readonly Differentiation?[] byState;
    private readonly IReadOnlyList<string> states;

    /// <summary>Differentiates by the given states.</summary>
    public JacobianEntries(IReadOnlyList<string> states, Dependencies dependencies)
    {
        this.states = states;
        this.dependencies = dependencies;
        byState = new Differentiation?[states.Count];
    }

    /// <summary>Columns and values of the row of one rate, columns ascending.</summary>
    public IEnumerable<(int Column, Expression Value)> Row(Expression rate)
    {
        var terms = new SortedDictionary<int, List<Expression>>();
        foreach (var (isNegative, term) in Terms(rate))
        {
            foreach (int j in dependencies.States(term))
            {
                var slope = (byState[j] ??= new Differentiation(Expression.Symbol(states[j]))).Derivative(term);
                if (!terms.TryGetValue(j, out var list)) terms.Add(j, list = []);
                list.Add(isNegative ? -slope : slope);
            }
        }
        return terms.Select(t => (t.Key, Expression.Sum(t.Value))).Where(t => !(t.Item2.IsConstant && t.Item2.Value == 0));
    }

    /// <summary>The terms of a sum of sums, in the order written.</summary>
    private static IEnumerable<(bool IsNegative, Expression Term)> Terms(Expression sum)
    {
        var stack = new Stack<(bool, Expression)>();
        stack.Push((false, sum));
        while (stack.TryPop(out var item))
        {
            var (negative, node) = item;
            switch (node.Operation)
            {
                case Operation.Add:
                    for (int i = node.Operands.Length - 1; i >= 0; i--) stack.Push((negative, node.Operands[i]));
                    break;
                case Operation.Subtract:
                    stack.Push((!negative, node.Operands[1]));
                    stack.Push((negative, node.Operands[0]));
                    break;
                case Operation.Negate:
                    stack.Push((!negative, node.Operands[0]));
                    break;
                default:
                    yield return (negative, node);
                    break;
            }
        }
    }
}
