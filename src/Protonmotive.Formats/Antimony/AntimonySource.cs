using System.Collections.Immutable;

namespace Protonmotive.Formats.Antimony;

/// <summary>A file with its tokens; it knows the line and column of each.</summary>
internal sealed class AntimonySource
{
    /// <summary>Largest file read, in characters.</summary>
    public const int LargestFile = 20_000_000;

    private readonly List<int> lineStarts = [0];

    /// <param name="name">For errors.</param>
    /// <param name="text">The file.</param>
    /// <exception cref="AntimonyException">It is too large, or holds something that is no Antimony.</exception>
    public AntimonySource(string name, string text)
    {
        Name = name;
        if (text.Length > LargestFile) throw new AntimonyException(
            $"The file has {text.Length} characters; at most {LargestFile} are read.", $"{name}, line 1, column 1", "Split the model into submodels in files of their own.");
        for (int i = 0; i < text.Length; i++)
            if (text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n'))) lineStarts.Add(i + 1);
        Tokens = new AntimonyTokenizer(text, this).Read();
    }

    /// <summary>Its name, for errors.</summary>
    public string Name { get; }

    /// <summary>All tokens; the last is the end of the file.</summary>
    public ImmutableArray<AntimonyToken> Tokens { get; }

    /// <summary>The error for what stands at a token.</summary>
    public AntimonyException Fault(int token, string what, string mend) => FaultAt(Tokens[token].Offset, what, mend);

    /// <summary>The error for what stands at an offset.</summary>
    public AntimonyException FaultAt(int offset, string what, string mend, Exception? inner = null)
    {
        var (line, column) = Position(offset);
        return new AntimonyException(what, $"{Name}, line {line}, column {column}", mend, inner) { Line = line, Column = column };
    }

    /// <summary>How a message names the place of a token.</summary>
    public string Place(int token)
    {
        var (line, column) = Position(Tokens[token].Offset);
        return $"line {line}, column {column}";
    }

    private (int Line, int Column) Position(int offset)
    {
        int found = lineStarts.BinarySearch(offset);
        int line = found >= 0 ? found : ~found - 1;
        return (line + 1, offset - lineStarts[line] + 1);
    }
}
