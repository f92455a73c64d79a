using System.Collections.Immutable;

namespace Protonmotive.Symbolics;

/// <summary>
/// An immutable expression. Equal expressions are one object (hash-consing), so equality is reference equality, a shared
/// subterm is stored and computed once, and a derivative stays as small as its graph.
/// </summary>
/// <remarks>
/// Constructors fold constants and drop neutral elements only where no value changes; nothing is reordered, so a formula is
/// computed as it was written. No method recurses over depth.
/// </remarks>
public sealed partial class Expression : IEquatable<Expression>
{
    private readonly int hash;

    private Expression(Operation operation, ImmutableArray<Expression> operands, double value, string name, int hash)
    {
        Operation = operation;
        Operands = operands;
        Value = value;
        Name = name;
        this.hash = hash;
    }

    /// <summary>What this node computes.</summary>
    public Operation Operation { get; }

    /// <summary>The operands, in order; empty for leaves.</summary>
    public ImmutableArray<Expression> Operands { get; }

    /// <summary>The number, where <see cref="Operation"/> is <see cref="Operation.Constant"/>; NaN otherwise.</summary>
    public double Value { get; }

    /// <summary>The identifier, where <see cref="Operation"/> is <see cref="Operation.Symbol"/>; empty otherwise.</summary>
    public string Name { get; }

    /// <summary>Whether this is a fixed number.</summary>
    public bool IsConstant => Operation == Operation.Constant;

    /// <summary>The independent variable t.</summary>
    public static Expression Time { get; } = Intern(Operation.Time, [], double.NaN, "");

    /// <summary>0.</summary>
    public static Expression Zero { get; } = Constant(0);

    /// <summary>1.</summary>
    public static Expression One { get; } = Constant(1);

    /// <summary>A fixed number; NaN and infinities are allowed.</summary>
    public static Expression Constant(double value) => Intern(Operation.Constant, [], value, "");

    /// <summary>The quantity of that name.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static Expression Symbol(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Intern(Operation.Symbol, [], double.NaN, name);
    }

    /// <summary>A fixed number.</summary>
    public static implicit operator Expression(double value) => Constant(value);

    /// <summary>Sum.</summary>
    public static Expression operator +(Expression left, Expression right) => Add(left, right);

    /// <summary>Difference.</summary>
    public static Expression operator -(Expression left, Expression right) => Subtract(left, right);

    /// <summary>Product.</summary>
    public static Expression operator *(Expression left, Expression right) => Multiply(left, right);

    /// <summary>Quotient.</summary>
    public static Expression operator /(Expression left, Expression right) => Divide(left, right);

    /// <summary>Opposite.</summary>
    public static Expression operator -(Expression operand) => Negate(operand);

    /// <inheritdoc/>
    public bool Equals(Expression? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;

    /// <summary>The expression in infix form, as <see cref="Infix"/> prints it and <see cref="InfixParser"/> reads it; cut after a million characters.</summary>
    public override string ToString() => Infix.Print(this, 1_000_000);

    internal static Expression Intern(Operation operation, ImmutableArray<Expression> operands, double value, string name)
    {
        if (double.IsNaN(value)) value = double.NaN;    // one NaN, whatever its payload
        var hasher = new HashCode();
        hasher.Add((int)operation);
        hasher.Add(BitConverter.DoubleToInt64Bits(value));
        hasher.Add(name, StringComparer.Ordinal);
        foreach (var operand in operands) hasher.Add(operand.hash);
        int hash = hasher.ToHashCode();
        return ExpressionTable.Intern(hash,
            candidate => candidate.Operation == operation
                && BitConverter.DoubleToInt64Bits(candidate.Value) == BitConverter.DoubleToInt64Bits(value)
                && candidate.Name == name
                && candidate.Operands.AsSpan().SequenceEqual(operands.AsSpan()),
            () => new Expression(operation, operands, value, name, hash));
    }
}
