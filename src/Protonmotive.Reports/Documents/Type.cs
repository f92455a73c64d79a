using Protonmotive.Reports.Figures;
using SkiaSharp;

namespace Protonmotive.Reports.Documents;

/// <summary>A size and weight of type with its colour; breaks words into lines.</summary>
/// <param name="Size">In points.</param>
/// <param name="IsBold">Whether it is bold.</param>
/// <param name="Color">Colour.</param>
internal sealed record Type(float Size, bool IsBold, SKColor Color)
{
    public static readonly Type Body = new(9, false, Palette.Ink);
    public static readonly Type Small = new(7.6f, false, Palette.Ink);
    public static readonly Type Note = new(7, false, Palette.Soft);
    public static readonly Type Caption = new(7.6f, false, Palette.Soft);
    public static readonly Type Kicker = new(8, true, Palette.Series(0));
    public static readonly Type Question = new(11, false, Palette.Soft);
    public static readonly Type Title = new(22, true, Palette.Ink);
    public static readonly Type Chapter = new(16, true, Palette.Ink);
    public static readonly Type Section = new(10.5f, true, Palette.Ink);
    public static readonly Type Value = new(13, true, Palette.Ink);

    /// <summary>Distance of lines.</summary>
    public float Leading => Size * 1.42f;

    /// <summary>Where the first line's letters stand, below the top.</summary>
    public float Baseline => Size * 1.05f;

    /// <summary>Width of text.</summary>
    public float Width(string text) => Pen.Measure(text, Size, IsBold);

    /// <summary>Writes a line whose top is at y.</summary>
    public void Write(Pen pen, string text, float x, float y, Pen.Align align = Pen.Align.Left, SKColor? color = null) => pen.Text(text, x, y + Baseline, Size, color ?? Color, align, IsBold);

    /// <summary>The lines of a text in a width; words that are too long are broken.</summary>
    public IReadOnlyList<string> Lines(string text, float width)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && Width(line + " " + word) <= width)
            {
                line += " " + word;
                continue;
            }
            if (line.Length > 0) lines.Add(line);
            var parts = Parts(word, width).ToList();
            lines.AddRange(parts[..^1]);
            line = parts[^1];
        }
        if (line.Length > 0 || lines.Count == 0) lines.Add(line);
        return lines;
    }

    /// <summary>A word, in parts that fit a width.</summary>
    public IEnumerable<string> Parts(string word, float width)
    {
        while (word.Length > 1 && Width(word.TrimEnd()) > width)
        {
            int length = word.Length - 1;
            while (length > 1 && Width(word[..length]) > width) length--;
            yield return word[..length];
            word = word[length..];
        }
        yield return word;
    }
}
