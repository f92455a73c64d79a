using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Mathematics;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Reports.Documents;

/// <summary>A document as one HTML file that needs nothing else: figures are inline, formulas are MathML.</summary>
public static partial class HtmlWriter
{
    private const float LongestFormula = 38; // em
    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    /// <summary>The file.</summary>
    /// <param name="document">The document.</param>
    /// <param name="svg">Gives the SVG of a figure, where it is drawn already; null to draw each.</param>
    public static string Write(Document document, Func<Figure, byte[]>? svg = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        svg ??= figure => figure.ToSvg();
        var page = new StringBuilder();
        page.Append(culture, $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{Text(document.Title)}</title><style>{Style.Sheet}</style></head><body><main>\n");
        int figure = 0;
        foreach (var block in document.Blocks) Append(page, block, document, svg, ref figure);
        return page.Append("</main></body></html>\n").ToString();
    }

    private static void Append(StringBuilder page, Block block, Document document, Func<Figure, byte[]> svg, ref int figure)
    {
        switch (block)
        {
            case Heading h:
                page.Append(culture, $"<h{h.Level}{(h.Anchor.Length > 0 ? $" id=\"{Text(h.Anchor)}\"" : "")}>{Text(h.Text)}</h{h.Level}>\n");
                break;
            case Paragraph p:
                string kind = p.Style switch { ParagraphStyle.Kicker => " class=\"kicker\"", ParagraphStyle.Question => " class=\"question\"", ParagraphStyle.Note => " class=\"note\"", _ => "" };
                page.Append(culture, $"<p{kind}>{string.Concat(p.Spans.Select(Markup))}</p>\n");
                break;
            case Table t:
                Append(page, t);
                break;
            case Picture p:
                figure++;
                page.Append(culture, $"<figure role=\"img\" aria-label=\"{Text(p.Words)}\">{Inline(Encoding.UTF8.GetString(p.Figure is UntitledFigure ? p.Figure.ToSvg() : svg(p.Figure)), figure)}<figcaption><b>Figure {figure}.</b> {Text(p.Words)}</figcaption></figure>\n");
                break;
            case Numbers n:
                Append(page, n.Results);
                break;
            case SourceList s:
                page.Append(culture, $"<ol class=\"sources\">{string.Concat(s.Items.Select(i => $"<li>{Text(i)}</li>"))}</ol>\n");
                break;
            case Facing f:
                page.Append("<div class=\"facing\"><section>\n");
                foreach (var b in f.Left) Append(page, b, document, svg, ref figure);
                page.Append("</section><section>\n");
                foreach (var b in f.Right) Append(page, b, document, svg, ref figure);
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
        page.Append("<div class=\"wide\"><table>");
        if (table.Columns.Any(c => c.Title.Length > 0))
            page.Append(culture, $"<thead><tr>{string.Concat(table.Columns.Select(c => $"<th{(c.IsNumber ? " class=\"n\"" : "")}>{Text(c.Title)}{(c.Unit is "" or "1" ? "" : $"<br><small>{Text(c.Unit)}</small>")}</th>"))}</tr></thead>");
        page.Append("<tbody>");
        foreach (var row in table.Rows)
        {
            page.Append("<tr>");
            for (int i = 0; i < row.Length; i++)
            {
                var cell = row[i];
                string tag = cell.IsStrong ? "th" : "td", words = Text(cell.Text) + string.Concat(cell.Formulas.Select(f => MathMl.Write(f, LongestFormula)));
                if (cell.Link.Length > 0) words = $"<a href=\"{Text(cell.Link)}\">{words}</a>";
                if (cell.Unit is not ("" or "1")) words += $" <small>{Text(cell.Unit)}</small>";
                if (cell.Note.Length > 0) words += $"<span class=\"note\">{Text(cell.Note)}</span>";
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

    private static void Append(StringBuilder page, ImmutableArray<ResultRecord> results)
    {
        page.Append("<section class=\"results\" aria-label=\"Results\">");
        foreach (var r in results)
            page.Append(culture, $"<div><span class=\"value\">{Printed.Number(r.Value)}<small>{(r.Unit == "1" ? "" : " " + Text(r.Unit))}</small></span><span class=\"name\">{Text(r.Name)}</span><span class=\"note\">{Text(Printed.Note(r))}</span></div>");
        page.Append("</section>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    // An SVG for inlining: no prologue, its own ids, and the view box alone, so that it is as wide as the column.
    private static string Inline(string svg, int number)
    {
        svg = IdPattern().Replace(svg[svg.IndexOf("<svg", StringComparison.Ordinal)..], m => $"{m.Groups[1].Value}f{number}-{m.Groups[2].Value}");
        return SizePattern().Replace(svg, "", 1);
    }

    [GeneratedRegex("(id=\"|url\\(#|href=\"#)([^\")]+)")]
    private static partial Regex IdPattern();

    [GeneratedRegex(" width=\"[0-9.]+\" height=\"[0-9.]+\"")]
    private static partial Regex SizePattern();
}
