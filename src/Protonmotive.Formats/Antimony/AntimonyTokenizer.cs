using System.Collections.Immutable;
using System.Globalization;

namespace Protonmotive.Formats.Antimony;

/// <summary>Cuts an Antimony file into tokens. Comments and blanks fall away; the ends of lines stay, for they end statements.</summary>
internal sealed class AntimonyTokenizer
{
    private static readonly string[] signs =
    [
        "...", "<=>", "<==>", "->", "=>", "-|", "<=", ">=", "==", "!=", "&&", "||", ":=",
        "+", "-", "*", "/", "^", "%", "<", ">", "!", "(", ")", "{", "}", ",", ":", "=", "'", "$", ".",
    ];

    private readonly string text;
    private readonly AntimonySource source;
    private readonly ImmutableArray<AntimonyToken>.Builder tokens = ImmutableArray.CreateBuilder<AntimonyToken>();
    private int position;

    public AntimonyTokenizer(string text, AntimonySource source)
    {
        this.text = text;
        this.source = source;
    }

    public ImmutableArray<AntimonyToken> Read()
    {
        if (text.StartsWith('\uFEFF')) position = 1;
        while (true)
        {
            SkipBlanks();
            int start = position;
            if (position == text.Length) break;
            char c = text[position];
            if (c is '\n' or '\r') LineEnd();
            else if (c == ';') Add(AntimonyTokenKind.LineEnd, ";", start, start + 1);
            else if (char.IsAsciiDigit(c) || (c == '.' && IsDigit(position + 1))) Number();
            else if (IsLetter(position)) Word();
            else if (c == '"') Quoted();
            else if (c == '`') Ticked();
            else Sign();
        }
        Add(AntimonyTokenKind.LineEnd, "\n", text.Length, text.Length);
        Add(AntimonyTokenKind.End, "", text.Length, text.Length);
        return tokens.ToImmutable();
    }

    private void Add(AntimonyTokenKind kind, string content, int start, int end, double value = 0)
    {
        tokens.Add(new AntimonyToken(kind, content, value, start));
        position = end;
    }

    private void SkipBlanks()
    {
        while (position < text.Length)
        {
            char c = text[position];
            if (c is ' ' or '\t' or '\v' or '\f') position++;
            else if (c == '#' || At("//")) SkipToLineEnd();
            else if (At("/*")) SkipComment();
            else if (c == '\\') SkipContinuation();
            else return;
        }
    }

    private bool At(string sign) => string.CompareOrdinal(text, position, sign, 0, sign.Length) == 0;

    private void SkipToLineEnd()
    {
        while (position < text.Length && text[position] is not ('\n' or '\r')) position++;
    }

    private void SkipComment()
    {
        int end = text.IndexOf("*/", position + 2, StringComparison.Ordinal);
        if (end < 0) throw source.FaultAt(position, "The comment that begins here has no end.", "Close it with '*/'.");
        position = end + 2;
    }

    /// <summary>A backslash before the end of a line joins the next line to it.</summary>
    private void SkipContinuation()
    {
        int end = position + 1;
        while (end < text.Length && text[end] is ' ' or '\t') end++;
        if (end < text.Length && text[end] is not ('\n' or '\r'))
            throw source.FaultAt(position, "A '\\' stands within a line.", "Write it at the end of a line, to go on in the next, or remove it.");
        if (end < text.Length) end += text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1;
        position = end;
    }

    private void LineEnd()
    {
        int end = text[position] == '\r' && position + 1 < text.Length && text[position + 1] == '\n' ? position + 2 : position + 1;
        Add(AntimonyTokenKind.LineEnd, "\n", position, end);
    }

    private bool IsDigit(int i) => i < text.Length && char.IsAsciiDigit(text[i]);

    private bool IsLetter(int i) => i < text.Length && (text[i] == '_' || char.IsLetter(text[i]));

    private void Word()
    {
        int end = position;
        while (IsLetter(end) || IsDigit(end)) end++;
        string word = text[position..end];
        // "SBO:0000236" is one number.
        if (word.Equals("SBO", StringComparison.OrdinalIgnoreCase) && end < text.Length && text[end] == ':' && IsDigit(end + 1))
        {
            int last = end + 1;
            while (IsDigit(last)) last++;
            Add(AntimonyTokenKind.Number, text[position..last], position, last, double.Parse(text.AsSpan(end + 1, last - end - 1), CultureInfo.InvariantCulture));
            return;
        }
        Add(AntimonyTokenKind.Word, word, position, end);
    }

    private void Number()
    {
        int end = position;
        while (IsDigit(end)) end++;
        if (end < text.Length && text[end] == '.') end++;
        while (IsDigit(end)) end++;
        if (end < text.Length && text[end] is 'e' or 'E')
        {
            int exponent = end + 1 < text.Length && text[end + 1] is '+' or '-' ? end + 2 : end + 1;
            if (IsDigit(exponent))
            {
                end = exponent;
                while (IsDigit(end)) end++;
            }
        }
        double value = double.Parse(text.AsSpan(position, end - position), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsInfinity(value)) throw source.FaultAt(position, $"'{text[position..end]}' is too large for a number.", "Write a number below 1.8e308, or inf.");
        Add(AntimonyTokenKind.Number, text[position..end], position, end, value);
    }

    private void Quoted()
    {
        if (At("\"\"\""))
        {
            Block("\"\"\"");
            return;
        }
        int end = text.AsSpan(position + 1).IndexOfAny('"', '\n', '\r');
        if (end < 0 || text[position + 1 + end] != '"') throw source.FaultAt(position, "The text that begins here has no end on its line.", "Close it with '\"', or write a longer one between ``` and ```.");
        Add(AntimonyTokenKind.String, text.Substring(position + 1, end), position, position + end + 2);
    }

    private void Ticked()
    {
        if (At("```")) Block("```");
        else if (At("``")) Add(AntimonyTokenKind.String, "", position, position + 2);
        else throw source.FaultAt(position, "A single '`' stands here.", "Write texts of several lines between ``` and ```.");
    }

    private void Block(string mark)
    {
        int end = text.IndexOf(mark, position + 3, StringComparison.Ordinal);
        if (end < 0) throw source.FaultAt(position, "The text that begins here has no end.", $"Close it with {mark}.");
        Add(AntimonyTokenKind.String, text[(position + 3)..end], position, end + 3);
    }

    private void Sign()
    {
        if (At("--"))
        {
            int end = position;
            while (end < text.Length && text[end] == '-') end++;
            // "-->" is no strand of DNA: two signs.
            Add(AntimonyTokenKind.Sign, "--", position, end);
            return;
        }
        // "-o" is an arrow only before a blank or the end of a statement: "a -o1" is a difference.
        if (At("-o") && !(IsLetter(position + 2) || IsDigit(position + 2)))
        {
            char next = position + 2 < text.Length ? text[position + 2] : ' ';
            if (next is ' ' or ';' or '\t' or '\n' or '\r')
            {
                Add(AntimonyTokenKind.Sign, "-o", position, position + 2);
                return;
            }
        }
        foreach (string sign in signs)
        {
            if (!At(sign)) continue;
            // A reversible arrow may be drawn with both heads.
            Add(AntimonyTokenKind.Sign, sign is "<=>" or "<==>" ? "->" : sign, position, position + sign.Length);
            return;
        }
        char c = text[position];
        string shown = char.IsControl(c) || char.IsSurrogate(c) ? $"The character U+{(int)c:X4}" : $"'{c}'";
        throw source.FaultAt(position, $"{shown} is no part of Antimony.", "Remove it; is this an Antimony file?");
    }
}
