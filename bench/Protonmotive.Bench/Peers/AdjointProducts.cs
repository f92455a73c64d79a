using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Bench.Peers;

/// <summary>
/// λᵀ∂f/∂y and λᵀ∂f/∂ln p as expressions, by adjoints carried back over the graph of Σ λᵢ fᵢ: as many operations as a good hand would
/// write, a few times those of f (Griewank and Walther 2008, chapter 3).
/// </summary>
internal sealed class AdjointProducts
{
    private readonly Dictionary<Expression, Expression> shadows = [];

    /// <summary>Carries back.</summary>
    /// <param name="system">Equations without events and delays.</param>
    public AdjointProducts(EquationSystem system)
    {
        for (int i = 0; i < system.States.Length; i++) Add(system.States[i].Rate, Expression.Symbol(Adjoint(i)));
        var order = ExpressionGraph.PostOrder(system.States.Select(s => s.Rate));
        for (int k = order.Count - 1; k >= 0; k--)
        {
            var node = order[k];
            if (!shadows.TryGetValue(node, out var shadow)) continue;
            for (int j = 0; j < node.Operands.Length; j++) if (!node.Operands[j].IsConstant) Add(node.Operands[j], shadow * Slope(node, j));
        }
        ByStates = [.. system.States.Select(s => Shadow(s.Name))];
        ByLogarithmsOfParameters = [.. system.Parameters.Select(p => Expression.Symbol(p.Name) * Shadow(p.Name))];
    }

    /// <summary>(∂f/∂y)ᵀλ, an expression a state.</summary>
    public Expression[] ByStates { get; }

    /// <summary>p λᵀ∂f/∂p, an expression a parameter.</summary>
    public Expression[] ByLogarithmsOfParameters { get; }

    /// <summary>The name of the adjoint of a state.</summary>
    /// <param name="state">Its index.</param>
    public static string Adjoint(int state) => $"λ{state}";

    private Expression Shadow(string name) => shadows.GetValueOrDefault(Expression.Symbol(name), Expression.Zero);

    private void Add(Expression node, Expression shadow) => shadows[node] = shadows.TryGetValue(node, out var known) ? known + shadow : shadow;

    // ∂node/∂operand with the other operands held: by a stand-in for each, since an operand may depend on another or be the same.
    private static Expression Slope(Expression node, int operand)
    {
        if (node.Operation == Operation.Add) return Expression.One;
        Expression[] places = [.. node.Operands.Select((_, j) => Expression.Symbol($"operand{j}"))];
        var slope = Expression.Of(node.Operation, [.. places]).Derivative(places[operand]);
        return slope.Substitute(places.Zip(node.Operands).ToDictionary());
    }
}
