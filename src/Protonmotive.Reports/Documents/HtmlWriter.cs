using System.Globalization;
using System.Text;
using Protonmotive.Reports.Html;
using Protonmotive.Reports.Mathematics;
using static Protonmotive.Reports.Html.HtmlReport;

namespace Protonmotive.Reports.Documents;

/// <summary>A document as one HTML file that needs nothing else.</summary>
public static class HtmlWriter
{
    private const string More = "\n.facing{display:grid;grid-template-columns:1fr 1fr;gap:0 34px}.facing>*{min-width:0}.new{break-before:page}.contents a{color:inherit}h3{margin:1.6em 0 .3em}@media(max-width:720px){.facing{grid-template-columns:1fr}}";
    private const float LongestFormula = 40; // em
    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    /// <summary>The file.</summary>
    public static string Write(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var page = new StringBuilder();
        page.Append(culture, $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{Text(document.Title)}</title><style>{Style.Sheet}{More}</style></head><body><main>\n");
        int figure = 0;
        foreach (var block in document.Blocks) Append(page, block, document, ref figure);
        return page.Append("</main></body></html>\n").ToString();
    }

    private static void Append(StringBuilder page, Block block, Document document, ref int figure)
    {
        switch (block)
        {
            case Heading h:
                page.Append(culture, $"<h{h.Level}{(h.Anchor.Length > 0 ? $" id=\"{Text(h.Anchor)}\"" : "")}>{Text(h.Text)}</h{h.Level}>\n");
                break;
            case Paragraph p:
                string kind = p.Style switch { ParagraphStyle.Kicker => " class=\"kicker\"", ParagraphStyle.Question => " class=\"question\"", _ => "" };
                page.Append(culture, $"<p{kind}>{string.Concat(p.Spans.Select(Markup))}</p>\n");
                break;
            case Table t:
                Append(page, t);
                break;
            case Picture p:
                figure++;
                page.Append(culture, $"<figure role=\"img\" aria-label=\"{Text(p.Words)}\">{Inline(Encoding.UTF8.GetString(p.Figure.ToSvg()), figure)}<figcaption><b>Figure {figure}.</b> {Text(p.Words)}</figcaption></figure>\n");
                break;
            case Numbers n:
                Results(page, n.Results);
                break;
            case SourceList s:
                page.Append(culture, $"<ol class=\"sources\">{string.Concat(s.Items.Select(i => $"<li>{Text(i)}</li>"))}</ol>\n");
                break;
            case Facing f:
                page.Append("<div class=\"facing\"><section>\n");
                foreach (var b in f.Left) Append(page, b, document, ref figure);
                page.Append("</section><section>\n");
                foreach (var b in f.Right) Append(page, b, document, ref figure);
                page.Append("</section></div>\n");
                break;
            case Contents:
                page.Append("<ol class=\"contents sources\">");
                foreach (var h in document.Blocks.OfType<Heading>().Where(h => h.Level == 2 && h.Anchor.Length > 0)) page.Append(culture, $"<li><a href=\"#{Text(h.Anchor)}\">{Text(h.Text)}</a></li>");
                page.Append("</ol>\n");
                break;
            case NewPage:
                page.Append("<div class=\"new\"></div>\n");
                break;
        }
    }

    private static void Append(StringBuilder page, Table table)
    {
        page.Append("<div class=\"wide\"><table><thead><tr>");
        foreach (var c in table.Columns) page.Append(culture, $"<th{(c.IsNumber ? " class=\"n\"" : "")}>{Text(c.Title)}</th>");
        page.Append("</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            page.Append("<tr>");
            for (int i = 0; i < row.Length; i++)
            {
                var cell = row[i];
                string tag = cell.IsStrong ? "th" : "td", words = Text(cell.Text) + string.Concat(cell.Formulas.Select(f => MathMl.Write(f, LongestFormula)));
                if (cell.Link.Length > 0) words = $"<a href=\"{Text(cell.Link)}\">{words}</a>";
                if (cell.Unit.Length > 0) words += $" <small>{Text(cell.Unit)}</small>";
                page.Append(culture, $"<{tag}{(cell.IsStrong ? " scope=\"row\"" : "")}{(table.Columns[i].IsNumber ? " class=\"n\"" : "")}>{words}</{tag}>");
            }
            page.Append("</tr>");
        }
        page.Append("</tbody></table></div>\n");
    }

    private static string Markup(Span span)
    {
        string text = Text(span.Text);
        if (span.IsBold) text = $"<b>{text}</b>";
        return span.Link.Length > 0 ? $"<a href=\"{Text(span.Link)}\">{text}</a>" : text;
    }
}
