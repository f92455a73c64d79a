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
    private static int made;
    private readonly int hash;

    private Expression(Operation operation, ImmutableArray<Expression> operands, double value, string name, int hash)
    {
        Operation = operation;
        Operands = operands;
        Value = value;
        Name = name;
        this.hash = hash;
        Number = (uint)Interlocked.Increment(ref made);
        Contents = operation switch
        {
            Operation.Time => Contents.Time,
            Operation.Symbol => name.StartsWith(RatePrefix, StringComparison.Ordinal) ? Contents.Symbol | Contents.Rate : Contents.Symbol,
            Operation.Delay => Contents.Delay,
            Operation.Less or Operation.LessOrEqual => Contents.Relation,
            _ => Contents.None,
        };
        foreach (var operand in operands) Contents |= operand.Contents;
    }

    /// <summary>How the names begin that stand for a rate of change.</summary>
    internal const string RatePrefix = "rate.";

    /// <summary>Numbers expressions in the order in which they were made, for <see cref="NodeMap{T}"/>; begins again after 2³².</summary>
    internal uint Number { get; }

    /// <summary>What occurs in it.</summary>
    internal Contents Contents { get; }

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
    public static Expression Time { get; } = Leaf(Operation.Time, double.NaN, "");

    /// <summary>0.</summary>
    public static Expression Zero { get; } = Constant(0);

    /// <summary>1.</summary>
    public static Expression One { get; } = Constant(1);

    /// <summary>A fixed number; NaN and infinities are allowed.</summary>
    public static Expression Constant(double value) => BitConverter.DoubleToInt64Bits(value) switch
    {
        0 when Zero is { } zero => zero, // null while the class begins
        0x3FF0_0000_0000_0000 when One is { } one => one,
        _ => Leaf(Operation.Constant, value, ""),
    };

    /// <summary>The quantity of that name.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static Expression Symbol(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Leaf(Operation.Symbol, double.NaN, name);
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
}
