namespace Protonmotive.Formats.Antimony;

/// <summary>What kind of word a piece of an Antimony file is.</summary>
internal enum AntimonyTokenKind
{
    /// <summary>A name or keyword.</summary>
    Word,
    /// <summary>A number.</summary>
    Number,
    /// <summary>A text in quotes or in three backquotes.</summary>
    String,
    /// <summary>An operator, arrow or bracket.</summary>
    Sign,
    /// <summary>The end of a line, or a semicolon.</summary>
    LineEnd,
    /// <summary>The end of the file.</summary>
    End,
}

/// <summary>One word of an Antimony file.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">The name, the sign, or the content of the string; ";" or "\n" for the end of a line.</param>
/// <param name="Value">The number, or 0.</param>
/// <param name="Offset">Where it begins in the text, from 0.</param>
internal readonly record struct AntimonyToken(AntimonyTokenKind Kind, string Text, double Value, int Offset)
{
    /// <summary>How an error names it.</summary>
    public string Shown => Kind switch
    {
        AntimonyTokenKind.End => "the end of the file",
        AntimonyTokenKind.LineEnd when Text == "\n" => "the end of the line",
        AntimonyTokenKind.String => "a text in quotes",
        _ => $"'{(Text.Length > 40 ? Text[..40] + "…" : Text)}'",
    };

    /// <summary>Whether it is that sign.</summary>
    public bool Is(string sign) => Kind == AntimonyTokenKind.Sign && Text == sign;

    /// <summary>Whether it is that word.</summary>
    public bool IsWord(string word) => Kind == AntimonyTokenKind.Word && Text == word;

    /// <summary>Whether it ends a statement.</summary>
    public bool EndsStatement => Kind is AntimonyTokenKind.LineEnd or AntimonyTokenKind.End;
}
