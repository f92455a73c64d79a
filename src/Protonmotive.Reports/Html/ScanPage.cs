using System.Globalization;
using System.Text;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Scans;
using static Protonmotive.Reports.Html.HtmlReport;

namespace Protonmotive.Reports.Html;

/// <summary>The report of a scan as one HTML file that needs nothing else.</summary>
internal static class ScanPage
{
    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    /// <summary>The page.</summary>
    /// <param name="scan">What is known of the scan.</param>
    /// <param name="figures">Its figures, with their SVG.</param>
    /// <param name="failures">The first members that failed.</param>
    public static string Render(ScanRecord scan, IEnumerable<(Figure Figure, string Svg)> figures, IEnumerable<ScanFailure> failures)
    {
        var page = new StringBuilder();
        page.Append(culture, $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{Text(scan.Title)}: scan</title><style>{Style.Sheet}</style></head><body><main>\n");
        page.Append(culture, $"<header><p class=\"kicker\">{Text(scan.Settings["model"])}{(scan.Settings["scenario"].Length > 0 ? " · " + Text(scan.Settings["scenario"]) : "")} · scan</p><h1>{Text(scan.Title)}</h1><p>{Text(char.ToUpperInvariant(scan.Design[0]) + scan.Design[1..])} over {Text(string.Join(", ", scan.Varied.Select(v => v.Name)))}{(scan.Failed > 0 ? $"; {scan.Failed} of {scan.Members} members failed" : "")}.</p></header>\n");
        int number = 0;
        foreach (var (figure, svg) in figures)
        {
            number++;
            page.Append(culture, $"<figure role=\"img\" aria-label=\"{Text(figure.Caption)}\">{Inline(svg, number)}<figcaption><b>Figure {number}.</b> {Text(figure.Caption)}</figcaption></figure>\n");
        }
        page.Append(culture, $"<h2>Statistics</h2><p>Of the members that have a value, {(scan.Settings["steady"] == "yes" ? "at the steady state" : $"at t = {scan.Times[^1]:g6} {Text(scan.TimeUnit)}")}.</p><div class=\"wide\"><table><thead><tr><th>output</th><th>unit</th><th class=\"n\">members</th><th class=\"n\">mean</th><th class=\"n\">deviation</th><th class=\"n\">least</th><th class=\"n\">5 %</th><th class=\"n\">median</th><th class=\"n\">95 %</th><th class=\"n\">most</th></tr></thead><tbody>");
        foreach (var s in scan.Statistics)
            page.Append(culture, $"<tr><th scope=\"row\">{Text(s.Output)}</th><td>{Text(s.Unit == "1" ? "" : s.Unit)}</td><td class=\"n\">{s.Count}</td>{string.Concat(((double?[])[s.Mean, s.Deviation, s.Least, s.Low, s.Median, s.High, s.Most]).Select(v => $"<td class=\"n\">{Number(v ?? double.NaN)}</td>"))}</tr>");
        page.Append("</tbody></table></div>\n");
        var first = failures.ToList();
        if (first.Count > 0)
        {
            page.Append(culture, $"<h2>Members that failed</h2><p>{scan.Failed} in all, listed in failures.csv; the first:</p><div class=\"wide\"><table><thead><tr><th class=\"n\">member</th><th class=\"n\">time</th><th>reason</th></tr></thead><tbody>");
            foreach (var f in first) page.Append(culture, $"<tr><td class=\"n\">{f.Member}</td><td class=\"n\">{Number(f.Time)}</td><td>{Text(f.Reason)}</td></tr>");
            page.Append("</tbody></table></div>\n");
        }
        page.Append("<h2>How this was made</h2><dl>");
        if (scan.Command.Length > 0) page.Append(culture, $"<dt>command</dt><dd>{Text(scan.Command)}</dd>");
        page.Append(culture, $"<dt>run as</dt><dd>{Text(scan.Form)}</dd>");
        foreach (var (name, value) in scan.Settings.Where(s => s.Value.Length > 0))
            page.Append(culture, $"<dt>{Text(name)}</dt><dd>{Text(name == "times" && scan.Times.Length > 12 ? string.Create(culture, $"{scan.Times.Length}, from {scan.Times[0]:g6} to {scan.Times[^1]:g6}") : value)}</dd>");
        return page.Append("</dl>\n</main></body></html>\n").ToString();
    }
}
