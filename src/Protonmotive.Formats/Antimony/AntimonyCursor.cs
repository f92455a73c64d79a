using System.Collections.Immutable;

namespace Protonmotive.Formats.Antimony;

/// <summary>A place in the tokens of a file, and the small forms that statements are made of.</summary>
internal sealed class AntimonyCursor(AntimonySource source)
{
    /// <summary>Deepest nesting of submodels in a name.</summary>
    private const int LongestPath = 64;

    /// <summary>The file.</summary>
    public AntimonySource Source { get; } = source;

    /// <summary>Number of the current token.</summary>
    public int Index { get; set; }

    /// <summary>The current token.</summary>
    public AntimonyToken Current => Source.Tokens[Index];

    /// <summary>A token further on; the last of the file where there is none.</summary>
    public AntimonyToken Ahead(int count) => Source.Tokens[Math.Min(Index + count, Source.Tokens.Length - 1)];

    /// <summary>Goes past the current token.</summary>
    public AntimonyToken Take()
    {
        var token = Current;
        if (token.Kind != AntimonyTokenKind.End) Index++;
        return token;
    }

    /// <summary>Goes past a sign, if it stands here.</summary>
    public bool TakeSign(string sign)
    {
        if (!Current.Is(sign)) return false;
        Index++;
        return true;
    }

    /// <summary>Goes past a sign that must stand here.</summary>
    public void Expect(string sign, string context)
    {
        if (!TakeSign(sign)) throw Unexpected($"'{sign}' {context}");
    }

    /// <summary>Goes past the ends of lines.</summary>
    public void SkipLines(bool semicolons = true)
    {
        while (Current.Kind == AntimonyTokenKind.LineEnd && (semicolons || Current.Text == "\n")) Index++;
    }

    /// <summary>Goes to the end of the statement, wherever that is.</summary>
    public void SkipStatement()
    {
        while (!Current.EndsStatement) Index++;
    }

    /// <summary>The error for what stands here.</summary>
    public AntimonyException Unexpected(string expected) => Source.Fault(Index, $"Found {Current.Shown}, expected {expected}.", $"Write {expected} here.");

    /// <summary>A name that is no keyword.</summary>
    public string Name(string what)
    {
        if (Current.Kind != AntimonyTokenKind.Word) throw Unexpected(what);
        if (AntimonyKeywords.IsReserved(Current.Text)) throw Source.Fault(Index, $"'{Current.Text}' is a word of the language, so it can't be {what}.", $"Choose another name, such as '{Current.Text}_'.");
        return Take().Text;
    }

    /// <summary>A name with the submodels before it, perhaps with a $.</summary>
    public AntimonyReference Reference(string what)
    {
        int start = Index;
        bool boundary = TakeSign("$");
        var path = ImmutableArray.CreateBuilder<string>();
        path.Add(Name(what));
        while (Current.Is(".") && Ahead(1).Kind == AntimonyTokenKind.Word)
        {
            Index++;
            path.Add(Take().Text);
            if (path.Count > LongestPath) throw Source.Fault(start, $"The name goes deeper than {LongestPath} submodels.", "Give the inner element a name of its own with 'is'.");
        }
        return new AntimonyReference(Source, start, path.ToImmutable(), boundary);
    }

    /// <summary>A formula: all up to the end of the statement, or to a sign or keyword that can't be part of it.</summary>
    public AntimonyFormula Formula(bool stopsAtComma = false, bool stopsAtColon = false)
    {
        int first = Index;
        for (int depth = 0; !Current.EndsStatement; Index++)
        {
            if (Current.Is("(") || Current.Is("{")) depth++;
            else if (Current.Is(")") || Current.Is("}")) depth--;
            else if (depth <= 0 && ((stopsAtComma && Current.Is(",")) || (stopsAtColon && Current.Is(":")) || (Current.Kind == AntimonyTokenKind.Word && Current.Text is "in" or "after" or "end"))) break;
        }
        return new AntimonyFormula(Source, first, Index);
    }

    /// <summary>The end of a statement, which must stand here.</summary>
    public void EndStatement()
    {
        if (Current.Kind == AntimonyTokenKind.LineEnd) Index++;
        else if (Current.Kind != AntimonyTokenKind.End && !Current.IsWord("end")) throw Unexpected("the end of the statement: ';' or a new line");
    }
}
