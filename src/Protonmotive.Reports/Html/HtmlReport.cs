using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Runs;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Reports.Html;

/// <summary>The report of a run as one HTML file that needs nothing else: figures are inline, formulas are MathML.</summary>
public static partial class HtmlReport
{
    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    /// <summary>The page.</summary>
    public static string Render(RunRecord run, Ledger ledger, IEnumerable<(Figure Figure, string Svg)> figures)
    {
        var page = new StringBuilder();
        page.Append(culture, $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{Text(run.Title)}</title><style>{Style.Sheet}</style></head><body><main>\n");
        page.Append(culture, $"<header><p class=\"kicker\">{Text(run.System)}{(run.Scenario.Length > 0 ? " · " + Text(run.Scenario) : "")}</p><h1>{Text(run.Title)}</h1>");
        if (run.Question.Length > 0) page.Append(culture, $"<p class=\"question\">{Text(run.Question)}</p>");
        if (run.ScenarioText.Length > 0) page.Append(culture, $"<p>{Text(run.ScenarioText)}</p>");
        page.Append(culture, $"<p>{Summary(ledger)}</p></header>\n");
        Results(page, run.Results);
        int number = 0;
        foreach (var (figure, svg) in figures)
        {
            number++;
            page.Append(culture, $"<figure role=\"img\" aria-label=\"{Text(figure.Caption)}\">{Inline(svg, number)}<figcaption><b>Figure {number}.</b> {Text(figure.Caption)}</figcaption></figure>\n");
        }
        LedgerTables.Append(page, ledger);
        Model(page, run);
        Parameters(page, run);
        if (!run.Sources.IsEmpty) page.Append(culture, $"<h2>Sources</h2><ol class=\"sources\">{string.Concat(run.Sources.Select(s => $"<li>{Text(s)}</li>"))}</ol>\n");
        Provenance(page, run);
        return page.Append("</main></body></html>\n").ToString();
    }

    /// <summary>Text made safe for a page.</summary>
    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A number with sensible digits.</summary>
    internal static string Number(double v) => !double.IsFinite(v) ? "–" : v == 0 ? "0" : Math.Abs(v) switch
    {
        >= 1e6 or < 1e-4 => v.ToString("0.000e+0", culture),
        >= 1000 => v.ToString("0.0", culture),
        >= 10 => v.ToString("0.00", culture),
        _ => v.ToString("0.####", culture),
    };

    internal static string Summary(Ledger ledger)
    {
        if (!ledger.HasPotentials) return "The model declares no standard potentials, so there is no free-energy account; affinities are known only where a law has both directions.";
        var (scale, unit) = LedgerText.EnergyScale(ledger);
        unit = unit == "1" ? "" : " " + unit;
        var whole = $"{Number(ledger.Supplied * scale)}{unit} were supplied in all; {Number(ledger.Dissipated * scale)}{unit} were dissipated"
            + (ledger.Processes.Any(p => p.IsLoad) ? $", {Number(ledger.Delivered * scale)}{unit} delivered" : "")
            + (ledger.Unaccounted != 0 ? $", {Number(Math.Abs(ledger.Unaccounted) * scale)}{unit} {(ledger.Unaccounted > 0 ? "taken" : "given")} by processes of unknown affinity" : "")
            + $", and what is stored changed by {Number(ledger.StoredChange * scale)}{unit}. The books close to {ledger.ClosureResidual.ToString("0.0e+0", culture)} of the energy turned over.";
        var parts = ledger.Boundaries.Where(b => b.Efficiency is not null).Select(b =>
            $" In {Text(b.Name)}, {Number(b.Input * scale)}{unit} came in as {Text(b.Carrier)}: {Number(b.Dissipated * scale)}{unit} were dissipated and {Number(b.Delivered * scale)}{unit} ({Number(100 * b.Efficiency!.Value)} %) were delivered or stored.");
        return whole + string.Concat(parts);
    }

    /// <summary>Named results in large type.</summary>
    internal static void Results(StringBuilder page, ImmutableArray<ResultRecord> results)
    {
        if (results.IsEmpty) return;
        page.Append("<section class=\"results\" aria-label=\"Results\">");
        foreach (var r in results)
            page.Append(culture, $"<div><span class=\"value\">{Number(r.Value)}<small>{(r.Unit == "1" ? "" : " " + Text(r.Unit))}</small></span><span class=\"name\">{Text(r.Name)}</span><span class=\"note\">{Text(Note(r))}</span></div>");
        page.Append("</section>\n");
    }

    // What a result was computed from, and what it is known to be.
    private static string Note(ResultRecord r) => string.Join("; ", ((string[])[r.Note, r.Reference is { } known ? FormattableString.Invariant($"known: {known.Value:g5}, {known.Source}") : ""]).Where(t => t.Length > 0));

    private static void Model(StringBuilder page, RunRecord run)
    {
        if (run.Processes.IsEmpty) return;
        page.Append("<h2>Processes</h2>");
        ProcessTable.Append(page, run.Processes);
    }

    private static void Parameters(StringBuilder page, RunRecord run)
    {
        if (run.Parameters.IsEmpty) return;
        page.Append("<h2>Parameters and starting values</h2><div class=\"wide\"><table><thead><tr><th>name</th><th class=\"n\">value</th><th>unit</th><th>what it is</th><th>source</th></tr></thead><tbody>");
        foreach (var p in run.Parameters)
            page.Append(culture, $"<tr{(p.Overridden ? " class=\"set\"" : "")}><th scope=\"row\">{Text(p.Name)}</th><td class=\"n\">{p.Value.ToString("g8", culture)}</td><td>{Text(p.Unit)}</td><td>{Text(p.Description)}{(p.Overridden ? " <b>set for this run</b>" : "")}</td><td>{Text(p.Source)}</td></tr>");
        page.Append("</tbody></table></div>\n");
    }

    private static void Provenance(StringBuilder page, RunRecord run)
    {
        page.Append("<h2>How this was made</h2><dl>");
        void Item(string name, string value) { if (value.Length > 0) page.Append(culture, $"<dt>{Text(name)}</dt><dd>{Text(value)}</dd>"); }
        Item("command", run.Command);
        Item("source file, SHA-256", run.SourceHash);
        Item("time", $"{run.Start:g6} to {run.End:g6} {run.TimeUnit}");
        Item("method", $"{run.Method}, relative tolerance {run.RelativeTolerance.ToString("g3", culture)}, absolute {run.AbsoluteTolerance.ToString("g3", culture)} of each state's scale");
        foreach (string choice in run.MethodChoices) Item("choice", choice);
        Item("work", string.Join(", ", run.Work.Select(w => $"{w.Value} {w.Key}")));
        Item("versions", string.Join(", ", run.Versions.Select(v => $"{v.Key} {v.Value}")));
        page.Append("</dl>\n");
    }

    /// <summary>An SVG for inlining: no prologue, its own ids, and a view box so that it scales.</summary>
    internal static string Inline(string svg, int number)
    {
        svg = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..];
        svg = IdPattern().Replace(svg, m => $"{m.Groups[1].Value}f{number}-{m.Groups[2].Value}");
        // On a page the view box alone sizes the drawing: it is as wide as the column.
        return SizePattern().Replace(svg, "", 1);
    }

    [GeneratedRegex("(id=\"|url\\(#|href=\"#)([^\")]+)")]
    private static partial Regex IdPattern();

    [GeneratedRegex(" width=\"[0-9.]+\" height=\"[0-9.]+\"")]
    private static partial Regex SizePattern();
}
