using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Reports.Documents;
using Protonmotive.Reports.Figures;

namespace Protonmotive.Reports.Scans;

/// <summary>The report of a scan as a document.</summary>
internal static class ScanDocument
{
    private static readonly CultureInfo culture = CultureInfo.InvariantCulture;
    private static readonly string[] numbers = ["members", "mean", "deviation", "least", "5 %", "median", "95 %", "most"];

    /// <summary>The document.</summary>
    /// <param name="scan">What is known of the scan.</param>
    /// <param name="figures">Its figures.</param>
    /// <param name="failures">The first members that failed.</param>
    public static Document Of(ScanRecord scan, IEnumerable<Figure> figures, IReadOnlyCollection<ScanFailure> failures) => new($"{scan.Title}: scan",
    [
        .. Parts.Head($"{scan.Settings["model"]}{(scan.Settings["scenario"].Length > 0 ? " · " + scan.Settings["scenario"] : "")} · scan", scan.Title),
        new Paragraph($"{char.ToUpperInvariant(scan.Design[0])}{scan.Design[1..]} over {string.Join(", ", scan.Varied.Select(v => v.Name))}{(scan.Failed > 0 ? $"; {scan.Failed} of {scan.Members} members failed" : "")}."),
        .. figures.Select(f => new Picture(f)),
        new Heading(2, "Statistics", "statistics"),
        new Paragraph($"Of the members that have a value, {(scan.Settings["steady"] == "yes" ? "at the steady state" : string.Create(culture, $"at t = {scan.Times[^1]:g6} {scan.TimeUnit}"))}."),
        Statistics(scan),
        .. failures.Count == 0 ? Array.Empty<Block>() :
        [
            new Heading(2, "Members that failed", "failures"), new Paragraph($"{scan.Failed} in all, listed in failures.csv; the first:"),
            new Table([new("member", IsNumber: true), new("time", IsNumber: true), new("reason", 4)], [.. failures.Select(f => (ImmutableArray<Cell>)[new(f.Member.ToString(culture)), new(Printed.Number(f.Time)), new(f.Reason)])]),
        ],
        .. Parts.Made([("command", scan.Command), ("run as", scan.Form), .. scan.Settings.Select(s => (s.Key, s.Key == "times" && scan.Times.Length > 12 ? string.Create(culture, $"{scan.Times.Length}, from {scan.Times[0]:g6} to {scan.Times[^1]:g6}") : s.Value))]),
    ]);

    private static Table Statistics(ScanRecord scan) => new(
        [new("output", 2), new("unit"), .. numbers.Select(n => new TableColumn(n, IsNumber: true))],
        [.. scan.Statistics.Select(s => (ImmutableArray<Cell>)
        [
            new(s.Output, IsStrong: true), new(s.Unit == "1" ? "" : s.Unit), new(s.Count.ToString(culture)),
            .. ((double?[])[s.Mean, s.Deviation, s.Least, s.Low, s.Median, s.High, s.Most]).Select(v => new Cell(Printed.Number(v ?? double.NaN))),
        ])]);
}
