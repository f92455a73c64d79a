namespace Protonmotive.Symbolics;

/// <summary>What may differ between languages of formulas that <see cref="InfixParser"/> reads: tokens, names, functions, and how errors name a place.</summary>
/// <remarks>A position means what the language takes it for: here a column from 0, in a file's language the number of a token.</remarks>
internal class InfixLanguage
{
    /// <summary>The language of <see cref="Infix"/>.</summary>
    public static InfixLanguage Plain { get; } = new();

    /// <summary>Whether a &lt; b &lt; c means that both hold; else it is an error.</summary>
    public virtual bool ChainsRelations => false;

    /// <summary>How tightly <c>||</c> holds; <see cref="Binding.And"/> where it is read from left to right with <c>&amp;&amp;</c>.</summary>
    public virtual Binding OrBinding => Binding.Or;

    /// <summary>The word at or after a position.</summary>
    public virtual InfixToken TokenAt(string text, int position) => InfixToken.At(text, position);

    /// <summary>What a name without a call means.</summary>
    public virtual Expression Named(InfixToken token) => token.Text switch
    {
        "time" => Expression.Time,
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        _ => Expression.Symbol(token.Text),
    };

    /// <summary>The function that a call means; null where there is none.</summary>
    public virtual InfixFunction? Function(InfixToken token) => InfixFunctions.Find(token.Text);

    /// <summary>How a message names a position.</summary>
    public virtual string Place(int position) => $"column {position + 1}";

    /// <summary>The error for what stands at a position.</summary>
    public virtual ProtonmotiveException Fault(string text, int position, string found, string expected) =>
        new ExpressionSyntaxException(text, position + 1, found, expected);
}
