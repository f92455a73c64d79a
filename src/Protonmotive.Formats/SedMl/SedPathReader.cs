using System.Collections.Immutable;
using System.Globalization;

namespace Protonmotive.Formats.SedMl;

/// <summary>Reads the text of a path, once from left to right.</summary>
internal sealed class SedPathReader(string text, Func<string, string?> namespaceOf)
{
    private const int MostSteps = 100;
    private int at;

    public SedPath Read()
    {
        var steps = ImmutableArray.CreateBuilder<SedStep>();
        Space();
        while (at < text.Length)
        {
            bool deep = false;
            if (Take('/')) deep = Take('/');
            else if (steps.Count > 0) throw Unexpected();
            else deep = true; // a path without a slash begins anywhere
            if (Take('@'))
            {
                var attribute = Local(Word());
                Space();
                if (at < text.Length || steps.Count == 0) throw Unexpected();
                return new SedPath(text, steps.ToImmutable(), attribute);
            }
            steps.Add(Step(deep));
            if (steps.Count > MostSteps) throw new FormatException($"It has more than {MostSteps} steps.");
            Space();
        }
        return steps.Count > 0 ? new SedPath(text, steps.ToImmutable(), null) : throw new FormatException("It is empty.");
    }

    private SedStep Step(bool deep)
    {
        var word = Take('*') ? "*" : Word();
        if (at < text.Length && text[at] == '(') throw new FormatException($"It uses the function '{word}()', and functions are not read.");
        if (at + 1 < text.Length && text[at] == ':' && text[at + 1] == ':') throw new FormatException($"It uses the axis '{word}::', which is not read.");
        int colon = word.IndexOf(':', StringComparison.Ordinal);
        var space = colon < 0 ? null : namespaceOf(word[..colon]);
        var attributes = ImmutableArray.CreateBuilder<(string, string)>();
        int? position = null;
        while (Take('['))
        {
            Space();
            if (at < text.Length && char.IsAsciiDigit(text[at])) position = Number();
            else
            {
                do attributes.Add(Condition());
                while (TakeWord("and"));
            }
            Space();
            if (!Take(']')) throw Unexpected();
        }
        return new SedStep(Local(word), space, deep, attributes.ToImmutable(), position);
    }

    private (string, string) Condition()
    {
        Space();
        if (!Take('@')) throw Unexpected();
        var name = Local(Word());
        Space();
        if (!Take('=')) throw Unexpected();
        Space();
        char quote = at < text.Length ? text[at] : '\0';
        if (quote is not ('\'' or '"')) throw Unexpected();
        int end = text.IndexOf(quote, at + 1);
        if (end < 0) throw new FormatException("A quotation mark is not closed.");
        var value = text[(at + 1)..end];
        at = end + 1;
        Space();
        return (name, value);
    }

    private int Number()
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return int.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0 ? value : throw new FormatException("A position is no whole number above 0.");
    }

    private string Word()
    {
        int start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-' or '.' || (text[at] == ':' && (at + 1 >= text.Length || text[at + 1] != ':')))) at++;
        return at > start ? text[start..at] : throw Unexpected();
    }

    private static string Local(string word) => word[(word.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private bool Take(char c)
    {
        if (at >= text.Length || text[at] != c) return false;
        at++;
        return true;
    }

    private bool TakeWord(string word)
    {
        if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0) return false;
        at += word.Length;
        return true;
    }

    private void Space()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
    }

    private FormatException Unexpected() => new(at < text.Length ? $"'{text[at]}' at place {at + 1} is not expected there." : "It ends too early.");
}
