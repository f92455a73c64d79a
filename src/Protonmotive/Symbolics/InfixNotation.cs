namespace Protonmotive.Symbolics;

/// <summary>What may differ between languages of formulas that <see cref="Infix"/> prints: how numbers, names and functions are written.</summary>
internal class InfixNotation
{
    /// <summary>The notation that <see cref="InfixParser"/> reads.</summary>
    public static InfixNotation Plain { get; } = new();

    /// <summary>Whether <c>&amp;&amp;</c> within <c>||</c> stands in parentheses, for languages where one does not bind more tightly than the other.</summary>
    public virtual bool EnclosesAnd => false;

    /// <summary>A number.</summary>
    public virtual string Number(double value) => Infix.Digits(value);

    /// <summary>A symbol.</summary>
    public virtual string Name(string symbol) => Infix.IsPlain(symbol) ? symbol : $"`{symbol.Replace("`", "``", StringComparison.Ordinal)}`";

    /// <summary>The function that an operation without a sign of its own is called by.</summary>
    public virtual string Function(Operation operation) => InfixFunctions.NameOf(operation);
}
