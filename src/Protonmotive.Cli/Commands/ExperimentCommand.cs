using System.Security.Cryptography;
using System.Text.Json;
using Protonmotive.Formats.Omex;
using Protonmotive.Formats.SedMl;
using Protonmotive.Reports.Experiments;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf run, for a SED-ML file or a COMBINE archive.</summary>
internal static class ExperimentCommand
{
    /// <summary>Whether a file is an experiment, by its extension or by how it begins.</summary>
    public static bool Takes(string path)
    {
        if (!File.Exists(path)) return false;
        if (Path.GetExtension(path).ToLowerInvariant() is ".sedml" or ".sedx" or ".omex") return true;
        var start = Start(path);
        return IsArchive(start) || start.Contains("<sedML", StringComparison.Ordinal);
    }

    public static int Run(string path, string command, string? output, bool overwrite, bool json, CancellationToken cancellation)
    {
        var folder = output ?? FreeFolder(path);
        ExperimentFolder.CheckTarget(folder, overwrite);
        string hash;
        using (var stream = File.OpenRead(path)) hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        using var progress = new ProgressLine();
        var results = new List<(string Prefix, SedResult Result)>();
        var attachments = new List<(string, byte[])>();
        if (IsArchive(Start(path)) || Path.GetExtension(path).ToLowerInvariant() is ".omex" or ".sedx")
        {
            using var archive = OmexArchive.Open(path);
            var experiments = archive.Experiments();
            foreach (var content in experiments)
            {
                var document = SedMlReader.Read(new MemoryStream(archive.Read(content.Path)!), content.Path);
                int slash = content.Path.LastIndexOf('/');
                results.Add((experiments.Count == 1 ? "" : Path.GetFileNameWithoutExtension(content.Path) + "-", SedExecution.Run(document, archive, slash < 0 ? "" : content.Path[..slash], progress: progress, cancellation: cancellation)));
            }
            attachments.AddRange(archive.Contents.Where(c => c.IsMetadata).Select(c => (Path.GetFileName(c.Path), archive.Read(c.Path)!)));
        }
        else
        {
            var files = new FolderFiles(Path.GetDirectoryName(Path.GetFullPath(path))!);
            results.Add(("", SedExecution.Run(SedMlReader.Load(path), files, progress: progress, cancellation: cancellation)));
        }
        var record = new ExperimentRecord { Source = Path.GetFileName(path), SourceHash = hash, Command = command };
        record = ExperimentFolder.Write(folder, record, results, attachments, overwrite, cancellation);
        Print(record, folder, json);
        return ExitCode.Success;
    }

    private static void Print(ExperimentRecord record, string folder, bool json)
    {
        if (json)
        {
            Console.WriteLine($"{{\"folder\":{JsonSerializer.Serialize(Path.GetFullPath(folder), ExperimentJson.Default.String)},\"experiment\":{JsonSerializer.Serialize(record, ExperimentJson.Default.ExperimentRecord)}}}");
            return;
        }
        foreach (var note in record.Notes) Console.Error.WriteLine($"note: {note}");
        int width = record.Outputs.Select(o => o.Id.Length).DefaultIfEmpty().Max();
        foreach (var o in record.Outputs)
            Console.WriteLine($"{o.Kind,-6}  {o.Id.PadRight(width)}  {o.Rows} {(o.Rows == 1 ? "row" : "rows")} × {o.Columns} {(o.Columns == 1 ? "column" : "columns")}  {Path.Combine(folder, o.Files.First(f => f.EndsWith(o.Kind == "report" || o.Files.All(n => !n.EndsWith(".svg", StringComparison.Ordinal)) ? ".csv" : ".svg", StringComparison.Ordinal)))}");
        Console.WriteLine();
        Console.WriteLine($"run:    {folder}");
    }

    private static bool IsArchive(string start) => start.StartsWith("PK\u0003\u0004", StringComparison.Ordinal);

    private static string Start(string path)
    {
        using var reader = new StreamReader(path);
        var buffer = new char[4096];
        return new string(buffer, 0, reader.ReadBlock(buffer));
    }

    /// <summary>runs/NAME, with a number where that is taken.</summary>
    private static string FreeFolder(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var folder = Path.Combine("runs", name);
        for (int i = 2; Directory.Exists(folder); i++) folder = Path.Combine("runs", FormattableString.Invariant($"{name}-{i}"));
        return folder;
    }
}
