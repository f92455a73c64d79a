using System.Runtime.InteropServices;
using System.Text.Json;
using Protonmotive.Networks;
using Protonmotive.Reports.Documents;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Reports.Analyses;

/// <summary>An analysis on disk: analysis.json, an Arrow file for each table, figures/ and report.html; whole or not at all.</summary>
public static class AnalysisFolder
{
    private const string RecordName = "analysis.json";

    /// <summary>Whether an analysis may be written there; asked before the work, so that it is not lost after it.</summary>
    /// <exception cref="RunFolderException">It may not.</exception>
    public static void CheckTarget(string target, bool overwrite) => WholeFolder.CheckTarget(target, overwrite, RecordName);

    /// <summary>Writes an analysis.</summary>
    /// <param name="path">Final name of the folder.</param>
    /// <param name="record">The analysis.</param>
    /// <param name="figures">Its figures.</param>
    /// <param name="shown">Tables of the report; whatever else is in the Arrow files alone.</param>
    /// <param name="overwrite">Whether an analysis that is there is replaced.</param>
    /// <param name="cancellation">Stops the writing and leaves nothing.</param>
    /// <exception cref="RunFolderException">The target exists, or the disk refuses.</exception>
    public static void Write(string path, AnalysisRecord record, IReadOnlyList<Figure> figures, IEnumerable<AnalysisTable> shown, bool overwrite, CancellationToken cancellation)
    {
        CheckTarget(path, overwrite);
        WholeFolder.Write(path, folder =>
        {
            foreach (var table in record.Tables)
            {
                using var stream = File.Create(Path.Combine(folder, table.Name + ".arrow"));
                ArrowTable.Write(stream, table);
            }
            if (figures.Count > 0) Directory.CreateDirectory(Path.Combine(folder, "figures"));
            var drawn = new Dictionary<Figure, byte[]>();
            foreach (var figure in figures)
            {
                cancellation.ThrowIfCancellationRequested();
                drawn[figure] = figure.ToSvg();
                File.WriteAllBytes(Path.Combine(folder, "figures", figure.Name + ".svg"), drawn[figure]);
                File.WriteAllBytes(Path.Combine(folder, "figures", figure.Name + ".png"), figure.ToPng());
            }
            File.WriteAllText(Path.Combine(folder, RunFolder.ReportName), HtmlWriter.Write(AnalysisDocument.Of(record, figures, shown), figure => drawn[figure]));
            File.WriteAllText(Path.Combine(folder, RecordName), JsonSerializer.Serialize(record with { Tables = [] }, AnalysisJson.Default.AnalysisRecord));
        });
    }

    /// <summary>Versions of product, runtime and operating system.</summary>
    internal static string Versions => $"protonmotive {typeof(Network).Assembly.GetName().Version?.ToString(3)}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}";
}
