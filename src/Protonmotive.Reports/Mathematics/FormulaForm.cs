using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Reports.Mathematics;

/// <summary>The form of an expression that is read rather than computed: no series beside closed forms, symbols where constants were folded into numbers.</summary>
/// <remarks>
/// 6.283… is 2π and 192970.66… is 2F where a number agrees to 4·10⁻¹⁶ of itself: of numbers of 16 digits, fewer than one in 10¹² does so by chance.
/// </remarks>
internal static class FormulaForm
{
    private const int LargestFactor = 12;

    private static readonly (string Name, double Value, bool IsBelow)[] known =
    [
        ("π", Math.PI, false), ("π", Math.PI, true), ("F", PhysicalConstants.CodataFaraday, false), ("R", PhysicalConstants.CodataGasConstant, false),
    ];

    /// <summary>The form to read; a name that the expression uses for something else is no name of a constant.</summary>
    public static Expression Of(Expression expression)
    {
        var taken = expression.Symbols();
        var memo = new Dictionary<Expression, Expression>();
        ExpressionGraph.Rewrite([expression], memo, (node, operands) => node.Operation switch
        {
            Operation.Constant => Named(node, taken),
            // One function in two forms, of which the series near a removable singularity is of no interest to a reader.
            Operation.Branch when IsSeries(operands[0]) => operands[2],
            // −u/(e⁻ᵘ − 1) is u/(1 − e⁻ᵘ).
            Operation.Negate when operands[0] is { Operation: Operation.Divide } ratio && ratio.Operands[1] is { Operation: Operation.Expm1 } fall && IsNegative(fall.Operands[0]) =>
                ratio.Operands[0] / (1 - Expression.Exp(fall.Operands[0])),
            Operation.Multiply when operands[^1] is { IsConstant: true, Value: < 0 } => -Expression.Of(Operation.Multiply, [.. operands[..^1], -operands[^1].Value]),
            Operation.Multiply when operands[0] is { IsConstant: true, Value: < 0 } => -Expression.Of(Operation.Multiply, [-operands[0].Value, .. operands[1..]]),
            _ => operands.Length == 0 ? node : Expression.Of(node.Operation, [.. operands]),
        });
        return memo[expression];
    }

    /// <summary>Whether it has a sign in front.</summary>
    public static bool IsNegative(Expression expression) => expression.Operation == Operation.Negate || expression is { IsConstant: true, Value: < 0 };

    /// <summary>Whether a condition chooses the series of a function where its closed form is 0/0: |u| below a small number.</summary>
    private static bool IsSeries(Expression condition) => condition is { Operation: Operation.Less or Operation.LessOrEqual }
        && condition.Operands[0].Operation == Operation.Abs && condition.Operands[1] is { IsConstant: true, Value: <= 1e-2 };

    private static Expression Named(Expression number, IReadOnlySet<string> taken)
    {
        double value = Math.Abs(number.Value);
        if (!double.IsFinite(value) || FormulaNumbers.Ratio(value) is not null) return number;
        foreach (var (name, constant, isBelow) in known)
        {
            if (taken.Contains(name) || FormulaNumbers.Ratio(isBelow ? value * constant : value / constant) is not ( <= LargestFactor, _) ratio) continue;
            var symbol = Expression.Symbol(name);
            Expression numerator = ratio.Numerator, denominator = ratio.Denominator;
            var named = isBelow ? numerator / (denominator * symbol) : numerator * symbol / denominator;
            return number.Value < 0 ? -named : named;
        }
        return number;
    }
}
