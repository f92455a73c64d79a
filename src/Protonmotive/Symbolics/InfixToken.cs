using System.Globalization;

namespace Protonmotive.Symbolics;

/// <summary>What kind of word a piece of a formula is.</summary>
internal enum InfixTokenKind
{
    /// <summary>A number.</summary>
    Number,
    /// <summary>A name without quotes.</summary>
    Word,
    /// <summary>A name in backquotes.</summary>
    Quoted,
    /// <summary>An operator, parenthesis or comma.</summary>
    Sign,
    /// <summary>The end of the formula.</summary>
    End,
}

/// <summary>One word of a formula.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">The sign or the name.</param>
/// <param name="Value">The number, or 0.</param>
/// <param name="Start">Where it begins, from 0.</param>
/// <param name="End">Where the next may begin.</param>
internal readonly record struct InfixToken(InfixTokenKind Kind, string Text, double Value, int Start, int End)
{
    private static readonly string[] signs = ["<=", ">=", "==", "!=", "&&", "||", "+", "-", "*", "/", "^", "<", ">", "!", "(", ")", ","];

    /// <summary>How an error names it.</summary>
    public string Shown => Kind == InfixTokenKind.End ? "the end" : $"'{Text}'";

    /// <summary>Whether it is that sign.</summary>
    public bool Is(string sign) => Kind == InfixTokenKind.Sign && Text == sign;

    /// <summary>The word at or after a position.</summary>
    /// <exception cref="ExpressionSyntaxException">No word begins there.</exception>
    public static InfixToken At(string text, int position)
    {
        int start = position;
        while (start < text.Length && char.IsWhiteSpace(text[start])) start++;
        if (start == text.Length) return new(InfixTokenKind.End, "", 0, start, start);
        if (IsDigit(text, start) || (text[start] == '.' && IsDigit(text, start + 1))) return Number(text, start);
        if (text[start] == '`') return Quoted(text, start);
        int length = IdentifierCharacters.LengthAt(text, start);
        if (length > 0) return new(InfixTokenKind.Word, text.Substring(start, length), 0, start, start + length);
        foreach (string sign in signs)
        {
            if (string.CompareOrdinal(text, start, sign, 0, sign.Length) == 0)
                return new(InfixTokenKind.Sign, sign, 0, start, start + sign.Length);
        }
        throw new ExpressionSyntaxException(text, start + 1, $"'{text[start]}'", "a number, a name, an operator or a parenthesis");
    }

    private static bool IsDigit(string text, int i) => i < text.Length && char.IsAsciiDigit(text[i]);

    private static InfixToken Number(string text, int start)
    {
        int end = start;
        while (IsDigit(text, end)) end++;
        if (end < text.Length && text[end] == '.') end++;
        while (IsDigit(text, end)) end++;
        if (end < text.Length && text[end] is 'e' or 'E')
        {
            int exponent = end + 1 < text.Length && text[end + 1] is '+' or '-' ? end + 2 : end + 1;
            if (IsDigit(text, exponent))
            {
                end = exponent;
                while (IsDigit(text, end)) end++;
            }
        }
        double value = double.Parse(text.AsSpan(start, end - start), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsInfinity(value)) throw new ExpressionSyntaxException(text, start + 1, $"'{text[start..end]}'", "a number below 1.8e308");
        return new(InfixTokenKind.Number, text[start..end], value, start, end);
    }

    private static InfixToken Quoted(string text, int start)
    {
        int end = start + 1;
        while (end < text.Length && (text[end] != '`' || (end + 1 < text.Length && text[end + 1] == '`'))) end += text[end] == '`' ? 2 : 1;
        if (end >= text.Length) throw new ExpressionSyntaxException(text, text.Length + 1, "the end", $"the backquote that closes the name begun at column {start + 1}");
        if (end == start + 1) throw new ExpressionSyntaxException(text, end + 1, "'`'", "a name between the backquotes");
        string name = text[(start + 1)..end].Replace("``", "`", StringComparison.Ordinal);
        return new(InfixTokenKind.Quoted, name, 0, start, end + 1);
    }
}
