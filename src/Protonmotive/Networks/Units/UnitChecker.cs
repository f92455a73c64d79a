using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>Infers the units of expressions from the units of their symbols, and reports every place where they do not fit.</summary>
/// <remarks>
/// What is unknown stays unknown and is never reported. A bare number is dimensionless and adapts to nothing; 0, NaN and the
/// infinities fit anything. A quantity to a power that is no number has an unknown unit, unless the base is a plain number.
/// </remarks>
public sealed class UnitChecker
{
    private readonly Func<string, Unit?> symbols;
    private readonly Unit? time;
    private readonly Dictionary<Expression, Unit?> inferred = [];
    private readonly List<UnitMismatch> mismatches = [];

    /// <summary>Makes a checker; it remembers what it has seen, so a shared part is reported once.</summary>
    /// <param name="symbols">Unit of a symbol; null where unknown.</param>
    /// <param name="time">Unit of t; null where unknown.</param>
    public UnitChecker(Func<string, Unit?> symbols, Unit? time = null)
    {
        this.symbols = symbols;
        this.time = time;
    }

    /// <summary>What does not fit, in the order found.</summary>
    public IReadOnlyList<UnitMismatch> Mismatches => mismatches;

    /// <summary>The unit of an expression; null where unknown.</summary>
    /// <param name="expression">Any expression.</param>
    /// <param name="where">Name of the formula, for reports.</param>
    public Unit? Infer(Expression expression, string where = "")
    {
        foreach (var node in ExpressionGraph.PostOrder(expression))
        {
            if (!inferred.ContainsKey(node)) inferred[node] = Of(node, where);
        }
        return inferred[expression];
    }

    /// <summary>Infers, and reports where the whole does not have the declared unit.</summary>
    public void Expect(Expression expression, Unit? declared, string where)
    {
        var unit = Infer(expression, where);
        if (unit is not null && declared is not null && !unit.Matches(declared)) mismatches.Add(new UnitMismatch(where, expression, unit, declared));
    }

    private Unit? Of(Expression node, string where)
    {
        switch (node.Operation)
        {
            case Operation.Constant: return node.Value == 0 || !double.IsFinite(node.Value) ? null : Unit.One;
            case Operation.Symbol: return symbols(node.Name);
            case Operation.Time: return time;
            case Operation.Add or Operation.Subtract or Operation.Min or Operation.Max: return Agree(node, 0, where);
            case Operation.Select or Operation.Branch: return Agree(node, 1, where);
            case Operation.Less or Operation.LessOrEqual or Operation.Equal or Operation.NotEqual:
                Agree(node, 0, where);
                return Unit.One;
            case Operation.And or Operation.Or or Operation.Xor or Operation.Not: return Unit.One;
            case Operation.Multiply:
                return node.Operands.Aggregate((Unit?)Unit.One, (product, o) => product is null || inferred[o] is not { } u ? null : product * u);
            case Operation.Divide: return inferred[node.Operands[0]] is { } above && inferred[node.Operands[1]] is { } below ? above / below : null;
            case Operation.Negate or Operation.Abs or Operation.Floor or Operation.Ceiling: return inferred[node.Operands[0]];
            case Operation.Delay:
                if (inferred[node.Operands[1]] is { } lag && time is not null && !lag.Matches(time)) mismatches.Add(new UnitMismatch(where, node, lag, time));
                return inferred[node.Operands[0]];
            case Operation.Sqrt: return inferred[node.Operands[0]]?.Power(0.5);
            case Operation.Power: return Power(node, where);
            default:
                AskForNumber(node, node.Operands[0], where, isNote: node.Operation is Operation.Log or Operation.Log10);
                return Unit.One;
        }
    }

    /// <summary>The unit that all operands from one on must share; reports each that differs from the first known.</summary>
    private Unit? Agree(Expression node, int first, string where)
    {
        Unit? common = null;
        foreach (var operand in node.Operands.AsSpan()[first..])
        {
            if (inferred[operand] is not { } unit) continue;
            if (common is null) common = unit;
            else if (!common.Matches(unit)) mismatches.Add(new UnitMismatch(where, node, common, unit));
        }
        return common;
    }

    private Unit? Power(Expression node, string where)
    {
        var (u, v) = (node.Operands[0], node.Operands[1]);
        AskForNumber(node, v, where, isNote: false);
        if (inferred[u] is not { } unit) return null;
        return unit.IsOne ? Unit.One : v.IsConstant ? unit.Power(v.Value) : null;
    }

    private void AskForNumber(Expression node, Expression operand, string where, bool isNote)
    {
        if (inferred[operand] is { IsOne: false } unit) mismatches.Add(new UnitMismatch(where, node, unit, Unit.One) { IsNote = isNote });
    }
}
