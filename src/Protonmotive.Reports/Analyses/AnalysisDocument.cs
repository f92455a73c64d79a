using System.Collections.Immutable;
using Protonmotive.Reports.Documents;
using Protonmotive.Reports.Figures;

namespace Protonmotive.Reports.Analyses;

/// <summary>The report of an analysis as a document.</summary>
internal static class AnalysisDocument
{
    private const int MostRows = 400;

    /// <summary>The document.</summary>
    public static Document Of(AnalysisRecord record, IEnumerable<Figure> figures, IEnumerable<AnalysisTable> tables) => new(record.Title,
    [
        .. Parts.Head(record.System + (record.Scenario.Length > 0 ? " · " + record.Scenario : ""), record.Title),
        new Paragraph(record.Summary),
        .. record.Notes.Select(n => new Paragraph(n, ParagraphStyle.Note)),
        .. record.Results.IsEmpty ? Array.Empty<Block>() : [new Numbers(record.Results)],
        .. figures.Select(f => new Picture(f)),
        .. tables.SelectMany(Set),
        .. Parts.Sources(record.Sources),
        .. Parts.Made([("command", record.Command), ("source file, SHA-256", record.SourceHash), .. record.Settings.Select(s => (s.Key, s.Value)), ("versions", record.Versions)]),
    ]);

    private static IEnumerable<Block> Set(AnalysisTable table)
    {
        int rows = Math.Min(MostRows, table.RowCount);
        yield return new Heading(2, table.Title, table.Name);
        yield return new Table([.. table.Columns.Select(c => new TableColumn(c.Name, IsNumber: c.Numbers is not null, Unit: c.Unit))],
            [.. Enumerable.Range(0, rows).Select(i => table.Columns.Select(c => new Cell(c.Texts is { } texts ? texts[i] : Printed.Number(c.Numbers!.Value[i]))).ToImmutableArray())]);
        if (rows < table.RowCount) yield return new Paragraph($"{table.RowCount - rows} more rows are in {table.Name}.arrow.", ParagraphStyle.Note);
    }
}
