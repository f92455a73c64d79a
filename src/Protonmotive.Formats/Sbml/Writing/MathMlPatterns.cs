using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Sbml.Writing;

/// <summary>Finds the whole quotient and its remainder again, which the engine writes in terms of simpler operations.</summary>
internal static class MathMlPatterns
{
    /// <summary>Dividend and divisor, where a choice is the quotient towards 0: ⌈x/y⌉ if x/y is below 0, else ⌊x/y⌋. Null otherwise.</summary>
    public static Expression[]? Quotient(Expression node)
    {
        if (node.Operation != Operation.Select || node.Operands is not [{ Operation: Operation.Less } below, { Operation: Operation.Ceiling } up, { Operation: Operation.Floor } down]) return null;
        var ratio = up.Operands[0];
        return ratio.Operation == Operation.Divide && ReferenceEquals(down.Operands[0], ratio) && ReferenceEquals(below.Operands[0], ratio) && below.Operands[1] is { IsConstant: true, Value: 0 }
            ? [.. ratio.Operands] : null;
    }

    /// <summary>Dividend and divisor, where a difference is x − y·quotient(x, y); null otherwise.</summary>
    public static Expression[]? Remainder(Expression node)
    {
        if (node.Operands is not [var dividend, { Operation: Operation.Multiply, Operands: [var divisor, var whole] }] || Quotient(whole) is not { } parts) return null;
        return ReferenceEquals(parts[0], dividend) && ReferenceEquals(parts[1], divisor) ? parts : null;
    }
}
