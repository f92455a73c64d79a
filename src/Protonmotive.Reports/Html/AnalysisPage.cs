using System.Globalization;
using System.Text;
using Protonmotive.Reports.Analyses;
using Protonmotive.Reports.Figures;
using static Protonmotive.Reports.Html.HtmlReport;

namespace Protonmotive.Reports.Html;

/// <summary>The report of an analysis as one HTML file that needs nothing else.</summary>
internal static class AnalysisPage
{
    private const int MostRows = 400;
    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    /// <summary>The page.</summary>
    public static string Render(AnalysisRecord record, IEnumerable<(Figure Figure, string Svg)> figures, IEnumerable<AnalysisTable> tables)
    {
        var page = new StringBuilder();
        page.Append(culture, $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{Text(record.Title)}</title><style>{Style.Sheet}</style></head><body><main>\n");
        page.Append(culture, $"<header><p class=\"kicker\">{Text(record.System)}{(record.Scenario.Length > 0 ? " · " + Text(record.Scenario) : "")}</p><h1>{Text(record.Title)}</h1>");
        page.Append(culture, $"<p>{Text(record.Summary)}</p>{string.Concat(record.Notes.Select(n => $"<p class=\"note\">{Text(n)}</p>"))}</header>\n");
        Results(page, record.Results);
        int number = 0;
        foreach (var (figure, svg) in figures)
        {
            number++;
            page.Append(culture, $"<figure role=\"img\" aria-label=\"{Text(figure.Caption)}\">{Inline(svg, number)}<figcaption><b>Figure {number}.</b> {Text(figure.Caption)}</figcaption></figure>\n");
        }
        foreach (var table in tables) Append(page, table);
        if (!record.Sources.IsEmpty) page.Append(culture, $"<h2>Sources</h2><ol class=\"sources\">{string.Concat(record.Sources.Select(s => $"<li>{Text(s)}</li>"))}</ol>\n");
        page.Append("<h2>How this was made</h2><dl>");
        void Item(string name, string value) { if (value.Length > 0) page.Append(culture, $"<dt>{Text(name)}</dt><dd>{Text(value)}</dd>"); }
        Item("command", record.Command);
        Item("source file, SHA-256", record.SourceHash);
        foreach (var (name, value) in record.Settings) Item(name, value);
        Item("versions", record.Versions);
        return page.Append("</dl>\n</main></body></html>\n").ToString();
    }

    private static void Append(StringBuilder page, AnalysisTable table)
    {
        page.Append(culture, $"<h2>{Text(table.Title)}</h2><div class=\"wide\"><table><thead><tr>");
        foreach (var column in table.Columns)
            page.Append(culture, $"<th{(column.Numbers is null ? "" : " class=\"n\"")}>{Text(column.Name)}{(column.Unit is "" or "1" ? "" : $"<br><small>{Text(column.Unit)}</small>")}</th>");
        page.Append("</tr></thead><tbody>");
        int rows = Math.Min(MostRows, table.RowCount);
        for (int i = 0; i < rows; i++)
        {
            page.Append("<tr>");
            foreach (var column in table.Columns)
                page.Append(column.Texts is { } texts ? $"<td>{Text(texts[i])}</td>" : $"<td class=\"n\">{Number(column.Numbers!.Value[i])}</td>");
            page.Append("</tr>");
        }
        page.Append("</tbody></table></div>\n");
        if (rows < table.RowCount) page.Append(culture, $"<p class=\"note\">{table.RowCount - rows} more rows are in {Text(table.Name)}.arrow.</p>\n");
    }
}
