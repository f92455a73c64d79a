using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Protonmotive.Reports.Documents;

/// <summary>Adds bookmarks and the language to a finished PDF by an incremental update (ISO 32000-1, 7.5.6): the file as it is, then the objects that are new.</summary>
internal static partial class PdfOutline
{
    /// <summary>The file with bookmarks.</summary>
    /// <param name="pdf">A file with a plain table of references, as Skia writes it.</param>
    /// <param name="marks">Titles with the names of their destinations.</param>
    /// <param name="isFacing">Whether it is made to be read in facing pages.</param>
    public static byte[] Add(byte[] pdf, IReadOnlyList<(string Title, string Destination)> marks, bool isFacing)
    {
        string text = Encoding.Latin1.GetString(pdf);
        var (start, trailer) = (StartPattern().Match(text, text.LastIndexOf("startxref", StringComparison.Ordinal)), text[text.LastIndexOf("trailer", StringComparison.Ordinal)..]);
        int size = Number(SizePattern().Match(trailer)), root = Number(RootPattern().Match(trailer));
        int from = text.LastIndexOf($"\n{root} 0 obj", StringComparison.Ordinal) + 1, open = text.IndexOf("<<", from, StringComparison.Ordinal), end = text.IndexOf("endobj", from, StringComparison.Ordinal);
        string catalog = text[(open + 2)..text.LastIndexOf(">>", end, StringComparison.Ordinal)];

        var objects = new List<(int Number, string Body)>();
        bool hasMarks = marks.Count > 0;
        if (hasMarks)
        {
            objects.Add((size, $"<</Type /Outlines /First {size + 1} 0 R /Last {size + marks.Count} 0 R /Count {marks.Count}>>"));
            for (int i = 0; i < marks.Count; i++)
            {
                string before = i > 0 ? $" /Prev {size + i} 0 R" : "", after = i < marks.Count - 1 ? $" /Next {size + i + 2} 0 R" : "";
                objects.Add((size + 1 + i, $"<</Title <{Hex(marks[i].Title)}> /Parent {size} 0 R{before}{after} /Dest /{Name(marks[i].Destination)}>>"));
            }
        }
        objects.Add((root, $"<<{catalog}{(hasMarks ? $" /Outlines {size} 0 R /PageMode /UseOutlines" : "")}{(isFacing ? " /PageLayout /TwoPageRight" : "")} /Lang (en)>>"));

        var update = new StringBuilder("\n");
        var table = new StringBuilder("xref\n");
        foreach (var (number, body) in objects)
        {
            table.Append(CultureInfo.InvariantCulture, $"{number} 1\n{pdf.Length + update.Length:D10} 00000 n \n");
            update.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{body}\nendobj\n");
        }
        int at = pdf.Length + update.Length;
        string info = InfoPattern().Match(trailer).Value;
        update.Append(table).Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {size + (hasMarks ? marks.Count + 1 : 0)} /Root {root} 0 R {info} /Prev {start.Groups[1].Value}>>\nstartxref\n{at}\n%%EOF\n");
        return [.. pdf, .. Encoding.Latin1.GetBytes(update.ToString())];
    }

    private static int Number(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    private static string Hex(string title) => "FEFF" + Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(title));

    private static string Name(string destination) => string.Concat(destination.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c.ToString() : $"#{(int)c:X2}"));

    [GeneratedRegex(@"startxref\s+(\d+)")]
    private static partial Regex StartPattern();

    [GeneratedRegex(@"/Size\s+(\d+)")]
    private static partial Regex SizePattern();

    [GeneratedRegex(@"/Root\s+(\d+)")]
    private static partial Regex RootPattern();

    [GeneratedRegex(@"/Info\s+\d+\s+0\s+R")]
    private static partial Regex InfoPattern();
}
