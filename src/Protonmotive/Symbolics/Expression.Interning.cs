using System.Collections.Immutable;

namespace Protonmotive.Symbolics;

/// <remarks>How a node is asked for in the <see cref="ExpressionTable"/>: nothing is allocated where it exists already.</remarks>
public sealed partial class Expression
{
    private static Expression Leaf(Operation operation, double value, string name)
    {
        if (double.IsNaN(value)) value = double.NaN;    // one NaN, whatever its payload
        return ExpressionTable.Intern(HashCode.Combine((int)operation, BitConverter.DoubleToInt64Bits(value), name.GetHashCode(StringComparison.Ordinal)), new AskedLeaf(operation, value, name));
    }

    private static Expression Make(Operation operation, Expression operand) =>
        ExpressionTable.Intern(HashCode.Combine((int)operation, operand.hash), new AskedUnary(operation, operand));

    private static Expression Make(Operation operation, Expression left, Expression right) =>
        ExpressionTable.Intern(HashCode.Combine((int)operation, left.hash, right.hash), new AskedBinary(operation, left, right));

    private static Expression Make(Operation operation, params ImmutableArray<Expression> operands)
    {
        if (operands.Length == 1) return Make(operation, operands[0]);
        if (operands.Length == 2) return Make(operation, operands[0], operands[1]);
        var hasher = new HashCode();
        hasher.Add((int)operation);
        foreach (var operand in operands) hasher.Add(operand.hash);
        return ExpressionTable.Intern(hasher.ToHashCode(), new AskedNode(operation, operands));
    }

    private readonly struct AskedLeaf(Operation operation, double value, string name) : ExpressionTable.IAsked
    {
        public bool Is(Expression known) => known.Operation == operation && known.Operands.IsEmpty
            && BitConverter.DoubleToInt64Bits(known.Value) == BitConverter.DoubleToInt64Bits(value) && known.Name == name;

        public Expression Make(int hash) => new(operation, [], value, name, hash);
    }

    private readonly struct AskedUnary(Operation operation, Expression operand) : ExpressionTable.IAsked
    {
        public bool Is(Expression known) => known.Operation == operation && known.Operands.Length == 1 && ReferenceEquals(known.Operands[0], operand);

        public Expression Make(int hash) => new(operation, [operand], double.NaN, "", hash);
    }

    private readonly struct AskedBinary(Operation operation, Expression left, Expression right) : ExpressionTable.IAsked
    {
        public bool Is(Expression known) => known.Operation == operation && known.Operands.Length == 2
            && ReferenceEquals(known.Operands[0], left) && ReferenceEquals(known.Operands[1], right);

        public Expression Make(int hash) => new(operation, [left, right], double.NaN, "", hash);
    }

    private readonly struct AskedNode(Operation operation, ImmutableArray<Expression> operands) : ExpressionTable.IAsked
    {
        public bool Is(Expression known) => known.Operation == operation && known.Operands.AsSpan().SequenceEqual(operands.AsSpan());

        public Expression Make(int hash) => new(operation, operands, double.NaN, "", hash);
    }
}
