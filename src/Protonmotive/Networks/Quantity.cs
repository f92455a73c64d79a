using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>A named quantity of a network. In formulas it stands for its symbol, so laws are written as in a paper.</summary>
/// <param name="Name">Its identifier, unique in the network.</param>
/// <param name="Unit">Unit as text; "" where unknown, "1" where dimensionless.</param>
public abstract record Quantity(string Name, string Unit)
{
    /// <summary>What it is, for readers.</summary>
    public string Description { get; init; } = "";

    /// <summary>Where its value or form comes from.</summary>
    public string Source { get; init; } = "";

    /// <summary>Plain name of what it is one of, where the same is at many places (<see cref="NetworkBuilder.Replicate"/>); "" for a quantity by itself.</summary>
    public string Group { get; init; } = "";

    /// <summary>The symbol that stands for it in every expression.</summary>
    public Expression Symbol => Expression.Symbol(Name);

    /// <summary>The quantity as an expression.</summary>
    public static implicit operator Expression(Quantity quantity) => quantity.Symbol;

    /// <summary>Sum.</summary>
    public static Expression operator +(Quantity left, Quantity right) => left.Symbol + right.Symbol;

    /// <summary>Sum with a number.</summary>
    public static Expression operator +(Quantity left, double right) => left.Symbol + right;

    /// <summary>Sum with a number.</summary>
    public static Expression operator +(double left, Quantity right) => left + right.Symbol;

    /// <summary>Difference.</summary>
    public static Expression operator -(Quantity left, Quantity right) => left.Symbol - right.Symbol;

    /// <summary>Difference with a number.</summary>
    public static Expression operator -(Quantity left, double right) => left.Symbol - right;

    /// <summary>Difference with a number.</summary>
    public static Expression operator -(double left, Quantity right) => left - right.Symbol;

    /// <summary>Product.</summary>
    public static Expression operator *(Quantity left, Quantity right) => left.Symbol * right.Symbol;

    /// <summary>Product with a number.</summary>
    public static Expression operator *(Quantity left, double right) => left.Symbol * right;

    /// <summary>Product with a number.</summary>
    public static Expression operator *(double left, Quantity right) => left * right.Symbol;

    /// <summary>Quotient.</summary>
    public static Expression operator /(Quantity left, Quantity right) => left.Symbol / right.Symbol;

    /// <summary>Quotient with a number.</summary>
    public static Expression operator /(Quantity left, double right) => left.Symbol / right;

    /// <summary>Quotient with a number.</summary>
    public static Expression operator /(double left, Quantity right) => left / right.Symbol;

    /// <summary>Opposite.</summary>
    public static Expression operator -(Quantity operand) => -operand.Symbol;
}

/// <summary>A parameter: a number, or a formula of other parameters evaluated once at the start.</summary>
/// <param name="Name">Identifier.</param>
/// <param name="Unit">Unit as text.</param>
/// <param name="Value">Constant, or in other parameters.</param>
public sealed record Parameter(string Name, string Unit, Expression Value) : Quantity(Name, Unit);

/// <summary>A space that holds species; its symbol is its size (volume).</summary>
/// <param name="Name">Identifier.</param>
/// <param name="Unit">Unit of the size.</param>
/// <param name="Size">Size at the start.</param>
public sealed record Compartment(string Name, string Unit, Expression Size) : Quantity(Name, Unit);

/// <summary>A plain variable: a state with unknown potential, or a name for a formula (an assignment rule).</summary>
/// <param name="Name">Identifier.</param>
/// <param name="Unit">Unit as text.</param>
/// <param name="Initial">Value at the start; ignored where a rule gives the value.</param>
public sealed record Variable(string Name, string Unit, Expression Initial) : Quantity(Name, Unit);
