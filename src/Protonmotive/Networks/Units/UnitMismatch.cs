using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>A place where units do not fit.</summary>
/// <param name="Where">The formula it stands in.</param>
/// <param name="Subexpression">The smallest part whose operands do not fit.</param>
/// <param name="Left">Unit of the first; of the operand, where a function takes plain numbers only.</param>
/// <param name="Right">Unit of the second, or what is asked for.</param>
public sealed record UnitMismatch(string Where, Expression Subexpression, Unit Left, Unit Right)
{
    /// <summary>
    /// Whether this is a remark, not a mistake: the logarithm of a dimensional quantity, which is usual where a standard
    /// concentration c° = 1 is left out.
    /// </summary>
    public bool IsNote { get; init; }

    /// <summary>Left over right, where they differ by a factor alone; null where they differ in dimension.</summary>
    public double? Ratio => Left.IsComparableTo(Right) ? Unit.ConversionFactor(Left, Right) : null;

    /// <summary>One line: the place, both units, and the factor between them.</summary>
    public override string ToString()
    {
        string difference = Ratio is { } ratio ? FormattableString.Invariant($"they differ by a factor {ratio:G6}") : "they differ in dimension";
        return $"{Where}: in {Infix.Print(Subexpression, 200)}, '{Left}' meets '{Right}'; {difference}{(IsNote ? " (note: a reference of 1 is implied)" : "")}";
    }
}
