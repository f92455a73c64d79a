using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Reports.Documents;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Mathematics;
using Protonmotive.Reports.Runs;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Outline;
using Xunit;
using Document = Protonmotive.Reports.Documents.Document;

namespace Protonmotive.Tests.Unit.Reports;

public class DocumentTests
{
    private const int Rows = 150;
    private static readonly Document document = Make();
    private static readonly byte[] pdf = PdfWriter.Write(document);

    [Fact]
    public void Every_letter_stands_within_its_page()
    {
        using var read = PdfDocument.Open(pdf);
        Assert.True(read.NumberOfPages >= 5);
        foreach (var page in read.GetPages())
            Assert.All(page.Letters, l => Assert.True(l.BoundingBox.Left >= 30 && l.BoundingBox.Right <= page.Width - 30 && l.BoundingBox.Bottom >= 20 && l.BoundingBox.Top <= page.Height - 20, $"page {page.Number}: '{l.Value}'"));
    }

    [Fact]
    public void Bookmarks_and_contents_lead_to_the_chapters()
    {
        using var read = PdfDocument.Open(pdf);
        Assert.True(read.TryGetBookmarks(out var bookmarks));
        var marks = bookmarks.GetNodes().OfType<DocumentBookmarkNode>().ToList();
        Assert.Equal(["First chapter", "Second chapter: ΔG"], marks.Select(m => m.Title));
        var contents = Words(read.GetPage(1));
        foreach (var mark in marks)
        {
            int page = read.GetPages().Single(p => p.Number > 1 && Words(p).Contains(mark.Title, StringComparison.Ordinal)).Number;
            Assert.Equal(page, mark.PageNumber);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{mark.Title} {page}"), contents, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_long_table_repeats_its_head_and_loses_no_row()
    {
        using var read = PdfDocument.Open(pdf);
        var pages = read.GetPages().Select(Words).Where(t => t.Contains("row-", StringComparison.Ordinal)).ToList();
        Assert.True(pages.Count > 1);
        Assert.All(pages, p => Assert.Contains("quantity", p, StringComparison.Ordinal));
        string all = string.Join(' ', pages);
        for (int i = 0; i < Rows; i++) Assert.Contains($"row-{i}x", all, StringComparison.Ordinal);
    }

    /// <summary>Wherever a page ends within a table, three rows or more stand on either side.</summary>
    [Fact]
    public void No_row_of_a_table_stands_alone_on_a_page()
    {
        for (int lines = 20; lines < 60; lines++)
        {
            var table = new Table([new("quantity")], [.. Enumerable.Range(0, 12).Select(i => (ImmutableArray<Cell>)[new($"row-{i}x")])]);
            using var read = PdfDocument.Open(PdfWriter.Write(new Document("Rows", [.. Enumerable.Repeat(new Paragraph("A line of text."), lines), table])));
            Assert.All(read.GetPages().Select(p => Words(p).Split("row-").Length - 1), rows => Assert.True(rows is 0 or >= 3 and not (10 or 11), $"{rows} rows below {lines} lines"));
        }
    }

    [Fact]
    public void The_same_document_gives_the_same_bytes() => Assert.Equal(pdf, PdfWriter.Write(Make()));

    [Fact]
    public void The_page_for_browsers_says_the_same()
    {
        string html = HtmlWriter.Write(document);
        foreach (string part in (string[])["<title>A test</title>", "id=\"first\"", "href=\"#second\"", "row-149x", "<math", "<svg", "&lt;escaped&gt;", "<ol class=\"sources\"><li>One (2001).</li>", "class=\"facing\""])
            Assert.Contains(part, html, StringComparison.Ordinal);
    }

    /// <summary>Where two figures that somewhat exceed a page fit when they are smaller, they are; what leads to a file beside the page is not printed.</summary>
    [Fact]
    public void Figures_are_made_smaller_where_that_saves_a_page()
    {
        var figure = new LineFigure("a", "A line", new LineAxis("time (s)"), new LineAxis("V (mV)"), [new LineCurve("V", [new LineData([0, 1], [0, 1])])]);
        Document Of(int lines) => new("Fit", [.. Enumerable.Repeat(new Paragraph([new("A line of text. "), new("Elsewhere.", "run/report.html")]), lines), new Picture(figure, "one"), new Picture(figure, "two")]);
        int Pages(int lines)
        {
            using var read = PdfDocument.Open(PdfWriter.Write(Of(lines)));
            Assert.DoesNotContain("Elsewhere", string.Join(' ', read.GetPages().Select(Words)), StringComparison.Ordinal);
            return read.NumberOfPages;
        }
        var pages = Enumerable.Range(1, 20).Select(Pages).ToList();
        Assert.Equal(1, pages[0]);
        Assert.Equal(pages.Order(), pages);
        Assert.Equal(2, pages[^1]);
    }

    /// <summary>After a link of whatever width its full stop stands on the same line, never alone on the next.</summary>
    [Fact]
    public void A_full_stop_stays_with_its_word()
    {
        for (int letters = 60; letters < 110; letters++)
        {
            var text = new Document("Stops", [new Paragraph([new(string.Concat(Enumerable.Repeat("a ", letters / 2))), new("link", "#top"), new(".")])]);
            using var read = PdfDocument.Open(PdfWriter.Write(text));
            var page = read.GetPage(1).Letters;
            Assert.Equal(page.Single(l => l.Value == "k").StartBaseLine.Y, page.Single(l => l.Value == ".").StartBaseLine.Y, 1e-3);
        }
    }

    [Fact]
    public void A_document_without_chapters_is_a_file_too()
    {
        using var read = PdfDocument.Open(PdfWriter.Write(new Document("Empty", [new Paragraph("Nothing.")])));
        Assert.Equal(1, read.NumberOfPages);
        Assert.False(read.TryGetBookmarks(out _));
    }

    private static string Words(UglyToad.PdfPig.Content.Page page) => string.Join(' ', page.GetWords().Select(w => w.Text));

    private static Document Make()
    {
        string text = string.Join(' ', Enumerable.Repeat("A difference across a boundary makes a flow, and the flow does work.", 30));
        var figure = new LineFigure("a", "A line", new LineAxis("time (s)"), new LineAxis("V (mV)"), [new LineCurve("V", [new LineData([0, 1, 2], [0, 1, 4])])]);
        return new Document("A test",
        [
            new Heading(1, "A test"),
            new Contents(),
            new NewPage(),
            new Heading(2, "First chapter", "first"),
            new Paragraph([new("Text with <escaped> marks, "), new("bold", IsBold: true), new(" and "), new("a link", "#second"), new(". " + text)]),
            new Picture(figure),
            new Table([new("name", 2), new("quantity", IsNumber: true), new("law", 2)],
                [.. Enumerable.Range(0, Rows).Select(i => (ImmutableArray<Cell>)[new($"row-{i}x", IsStrong: true), new("1.5", "kJ"), new("") { Formulas = [Formulas.Read("a / b")!] }])]),
            new NewPage(),
            new Heading(2, "Second chapter: ΔG", "second"),
            new Facing([new Heading(3, "left"), new Picture(figure)], [new Heading(3, "right"), new Paragraph(text)]),
            new Facing([.. Enumerable.Repeat(new Paragraph(text), 3)], [new Paragraph("short")]), // taller than a page
            new Numbers([new ResultRecord("a result", 1.25, "V", "of a note")]),
            new Paragraph(new string('x', 400)), // one word, longer than a line
            new SourceList(["One (2001).", "Two (2002)."]),
        ]);
    }
}
