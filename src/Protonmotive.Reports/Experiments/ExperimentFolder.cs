using System.Collections.Immutable;
using System.Text.Json;
using Protonmotive.Formats.SedMl;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Reports.Experiments;

/// <summary>An experiment on disk: experiment.json, tables/ as CSV and Arrow, figures/ as SVG and PNG. It is written whole or not at all.</summary>
public static class ExperimentFolder
{
    /// <summary>Name of the record in the folder.</summary>
    public const string RecordName = "experiment.json";

    /// <summary>Whether an experiment may be written there; asked before the work.</summary>
    /// <exception cref="RunFolderException">It may not.</exception>
    public static void CheckTarget(string path, bool overwrite) => WholeFolder.CheckTarget(path, overwrite, RecordName);

    /// <summary>Writes an experiment.</summary>
    /// <param name="path">Final name of the folder.</param>
    /// <param name="record">What is known of it; outputs and notes are filled in.</param>
    /// <param name="results">One for each SED-ML file, with the name to put before its outputs; empty where there is one file.</param>
    /// <param name="attachments">Files to keep with it, e.g. an archive's metadata.</param>
    /// <param name="overwrite">Whether an experiment that is there is replaced.</param>
    /// <param name="cancellation">Stops the writing and leaves nothing.</param>
    /// <returns>The record as written.</returns>
    /// <exception cref="RunFolderException">The target exists, or the disk refuses.</exception>
    public static ExperimentRecord Write(string path, ExperimentRecord record, IReadOnlyList<(string Prefix, SedResult Result)> results,
        IReadOnlyList<(string Name, byte[] Content)>? attachments = null, bool overwrite = false, CancellationToken cancellation = default)
    {
        CheckTarget(path, overwrite);
        WholeFolder.Write(path, folder =>
        {
            var outputs = ImmutableArray.CreateBuilder<ExperimentOutput>();
            var notes = ImmutableArray.CreateBuilder<string>();
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (prefix, result) in results)
            {
                notes.AddRange(result.Notes);
                foreach (var output in result.Document.Outputs)
                {
                    cancellation.ThrowIfCancellationRequested();
                    outputs.Add(Write(folder, result, output, FileName(prefix + output.Id, names), notes));
                }
                if (result.Document.Outputs.IsEmpty) outputs.Add(WriteTable(folder, ExperimentTable.All(result), "data", "report", "All data", FileName(prefix + "data", names), []));
            }
            foreach (var (name, content) in attachments ?? []) File.WriteAllBytes(Path.Combine(folder, FileName(name, names)), content);
            record = record with { Outputs = outputs.ToImmutable(), Notes = notes.ToImmutable() };
            File.WriteAllText(Path.Combine(folder, RecordName), JsonSerializer.Serialize(record, ExperimentJson.Default.ExperimentRecord));
            cancellation.ThrowIfCancellationRequested();
        });
        return record;
    }

    private static ExperimentOutput Write(string folder, SedResult result, SedOutput output, string name, ImmutableArray<string>.Builder notes)
    {
        var files = new List<string>();
        switch (output)
        {
            case SedPlot2D plot:
                Draw(ExperimentFigures.Of(result, plot, name));
                break;
            case SedPlot3D plot:
                for (int i = 0; i < plot.Surfaces.Length; i++)
                {
                    if (ExperimentFigures.Of(result, plot, plot.Surfaces[i], i == 0 ? name : FormattableString.Invariant($"{name}-{i + 1}")) is { } figure) Draw(figure);
                    else notes.Add($"The surface '{plot.Surfaces[i].Id}' of '{plot.Id}' is not drawn, since its data are no grid over x and y; its table is written.");
                }
                break;
        }
        return WriteTable(folder, ExperimentTable.Of(result, output), output.Id, output switch { SedReport => "report", SedPlot2D => "plot2D", _ => "plot3D" }, output.Name, name, files);

        void Draw(Figure figure)
        {
            Directory.CreateDirectory(Path.Combine(folder, "figures"));
            foreach (var (extension, bytes) in new[] { ("svg", figure.ToSvg()), ("png", figure.ToPng()) })
            {
                var file = $"figures/{figure.Name}.{extension}";
                File.WriteAllBytes(Path.Combine(folder, file), bytes);
                files.Add(file);
            }
        }
    }

    private static ExperimentOutput WriteTable(string folder, ExperimentTable table, string id, string kind, string title, string name, List<string> files)
    {
        Directory.CreateDirectory(Path.Combine(folder, "tables"));
        using (var writer = new StreamWriter(Path.Combine(folder, "tables", name + ".csv"))) table.WriteCsv(writer);
        files.Add($"tables/{name}.csv");
        if (!table.Columns.IsEmpty)
        {
            using var stream = File.Create(Path.Combine(folder, "tables", name + ".arrow"));
            ArrowTable.Write(stream, table.ToTrajectory());
            files.Add($"tables/{name}.arrow");
        }
        return new ExperimentOutput(id, kind, title, table.RowCount, table.Columns.Length, [.. files]);
    }

    /// <summary>Ids are letters, digits and underscores in valid files; anything else becomes an underscore.</summary>
    private static string FileName(string wanted, HashSet<string> taken)
    {
        var safe = string.Concat(wanted.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '_')).TrimStart('.');
        if (safe.Length is 0 or > 100) safe = "output" + safe[..Math.Min(safe.Length, 90)];
        var name = safe;
        for (int i = 2; !taken.Add(name); i++) name = FormattableString.Invariant($"{safe}-{i}");
        return name;
    }
}
