namespace Protonmotive.Symbolics;

/// <summary>A formula that can't be read.</summary>
public sealed class ExpressionSyntaxException : ProtonmotiveException
{
    /// <summary>Makes the error.</summary>
    /// <param name="text">The formula.</param>
    /// <param name="column">Where in it, from 1, in UTF-16 units.</param>
    /// <param name="found">What stands there.</param>
    /// <param name="expected">What should stand there.</param>
    public ExpressionSyntaxException(string text, int column, string found, string expected)
        : base($"Found {found}, expected {expected}.", $"column {column}: {Excerpt(text, column)}", $"Write {expected} at column {column}.")
    {
        Column = column;
        Expected = expected;
    }

    /// <summary>Place in the formula, from 1, in UTF-16 units.</summary>
    public int Column { get; }

    /// <summary>What should stand there.</summary>
    public string Expected { get; }

    /// <summary>The formula around the place, which is marked.</summary>
    private static string Excerpt(string text, int column)
    {
        int at = Math.Min(column - 1, text.Length), start = Math.Max(0, at - 30), end = Math.Min(text.Length, at + 30);
        return $"{(start > 0 ? "…" : "")}{text[start..at]}▸{text[at..end]}{(end < text.Length ? "…" : "")}";
    }
}
