using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Protonmotive.Catalogue;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Runs;
using Protonmotive.Thermodynamics;
using static Protonmotive.Reports.Html.HtmlReport;

namespace Protonmotive.Reports.Html;

/// <summary>A scenario of a system that was run for the atlas.</summary>
/// <param name="Record">The run.</param>
/// <param name="Ledger">Its books.</param>
/// <param name="Figures">Its figures.</param>
/// <param name="Folder">Its folder, from the page.</param>
public sealed record AtlasRun(RunRecord Record, Ledger Ledger, ImmutableArray<Figure> Figures, string Folder);

/// <summary>A system of the atlas with its runs.</summary>
/// <param name="System">The system.</param>
/// <param name="Runs">Its runs, the first scenario first.</param>
public sealed record AtlasChapter(CatalogueSystem System, ImmutableArray<AtlasRun> Runs);

/// <summary>The atlas as one HTML file that needs nothing else: contents, the table of domains, a chapter for each system.</summary>
public static class AtlasPage
{
    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;

    // The domains of the one equation, with what its words mean in each.
    private static readonly (string Domain, string Store, string Boundary, string Process, string Work)[] domains =
    [
        ("physics", "charge, heat, momentum, position; voltage, temperature, speed, force", "resistor, wall, rope", "conduction", "motion, stored charge"),
        ("chemistry", "amount; chemical potential", "vessel, catalyst, electrode", "reaction", "synthesis, current"),
        ("biology", "amount and charge; electrochemical potential", "membrane", "pump, channel, synthase", "ATP, transport, a spike"),
        ("cognition", "activity, weight; slope of the free energy", "synapse", "relaxation, learning", "an explained observation"),
        ("learning", "parameter; gradient of the loss", "layer", "update", "loss removed on data not trained on"),
    ];

    /// <summary>The page.</summary>
    public static string Render(IEnumerable<AtlasChapter> systems)
    {
        List<AtlasChapter> chapters = [.. systems.OrderBy(c => Array.FindIndex(domains, d => d.Domain == c.System.Domain))]; // stable within a domain
        var page = new StringBuilder();
        page.Append(culture, $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>The atlas</title><style>{Style.Sheet}\n.chapter{{break-before:page}}.contents a{{color:inherit}}</style></head><body><main>\n");
        page.Append("<header><p class=\"kicker\">Protonmotive</p><h1>The atlas: a difference across a boundary makes a flow, and the flow does work</h1>"
            + "<p>Every system here is a set of stores with an energy G(x) and processes that move quantities between them: dx/dt = N J, with the affinity A = −Σ N ∂G/∂x that drives each. What comes in is what is dissipated, delivered and stored. One engine runs them all, and none has code of its own in it.</p></header>\n");
        Contents(page, chapters);
        Domains(page, chapters);
        int figure = 0;
        foreach (var chapter in chapters) Chapter(page, chapter, ref figure);
        return page.Append("</main></body></html>\n").ToString();
    }

    private static void Contents(StringBuilder page, IReadOnlyList<AtlasChapter> chapters)
    {
        page.Append("<h2>Contents</h2><div class=\"contents wide\"><table><tbody>");
        foreach (var chapter in chapters)
            page.Append(culture, $"<tr><td>{Text(chapter.System.Domain)}</td><th scope=\"row\"><a href=\"#{chapter.System.Name}\">{Text(chapter.System.Title)}</a></th><td>{Text(chapter.System.Question)}</td></tr>");
        page.Append("</tbody></table></div>\n");
    }

    private static void Domains(StringBuilder page, IReadOnlyList<AtlasChapter> chapters)
    {
        page.Append("<h2>One table</h2><div class=\"wide\"><table><thead><tr><th>domain</th><th>store; potential</th><th>boundary</th><th>process</th><th>work</th></tr></thead><tbody>");
        var here = domains.Where(d => chapters.Any(c => c.System.Domain == d.Domain)).ToList();
        foreach (var (domain, store, boundary, process, work) in here) page.Append(culture, $"<tr><th scope=\"row\">{domain}</th><td>{store}</td><td>{boundary}</td><td>{process}</td><td>{work}</td></tr>");
        page.Append("</tbody></table></div><p>The books of one run of each system: supplied = dissipated + delivered + change of what is stored.</p><div class=\"wide\"><table><thead><tr><th>system</th><th class=\"n\">supplied</th><th class=\"n\">dissipated</th><th class=\"n\">delivered</th><th class=\"n\">stored: change</th><th class=\"n\">books close to</th></tr></thead><tbody>");
        foreach (var chapter in chapters)
        {
            var ledger = chapter.Runs[0].Ledger;
            var (scale, unit) = LedgerText.EnergyScale(ledger);
            string Cell(double energy) => $"<td class=\"n\">{Number(energy * scale)}{(unit == "1" ? "" : $" <small>{Text(unit)}</small>")}</td>";
            page.Append(culture, $"<tr><td><a href=\"#{chapter.System.Name}\">{Text(chapter.System.Title)}</a></td>{Cell(ledger.Supplied)}{Cell(ledger.Dissipated)}{Cell(ledger.Delivered)}{Cell(ledger.StoredChange)}<td class=\"n\">{ledger.ClosureResidual.ToString("0e+0", culture)}</td></tr>");
        }
        page.Append("</tbody></table></div>\n");
    }

    private static void Chapter(StringBuilder page, AtlasChapter chapter, ref int figure)
    {
        var system = chapter.System;
        page.Append(culture, $"<section class=\"chapter\" id=\"{system.Name}\"><h2>{Text(system.Title)}</h2><p class=\"kicker\">{Text(system.Domain)} · pmf run {Text(system.Name)}</p><p class=\"question\">{Text(system.Question)}</p>\n");
        ProcessTable.Append(page, chapter.Runs[0].Record.Processes);
        foreach (var run in chapter.Runs)
        {
            page.Append(culture, $"<h3>{Text(run.Record.Scenario)}</h3><p>{Text(run.Record.ScenarioText)} <a href=\"{run.Folder}/{RunFolder.ReportName}\">Whole report</a>.</p>");
            foreach (var drawn in run.Figures.Where(f => f is not BarFigure)) // the account follows in words
            {
                figure++;
                page.Append(culture, $"<figure role=\"img\" aria-label=\"{Text(drawn.Caption)}\">{Inline(Encoding.UTF8.GetString(drawn.ToSvg()), figure)}<figcaption><b>Figure {figure}.</b> {Text(drawn.Caption)}</figcaption></figure>\n");
            }
            Results(page, run.Record.Results);
            page.Append(culture, $"<p>{Summary(run.Ledger)}</p>\n");
        }
        page.Append(culture, $"<ol class=\"sources\">{string.Concat(system.Sources.Select(s => $"<li>{Text(s)}</li>"))}</ol></section>\n");
    }
}
