using System.Text.Json;
using Protonmotive.Reports.Analyses;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Cli.Commands;

/// <summary>Writes an analysis where it was asked for, and prints it.</summary>
internal static class AnalysisOutput
{
    /// <summary>Writes the folder and prints JSON or text.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="folder">Its folder; null for none.</param>
    /// <param name="overwrite">Whether one that is there is replaced.</param>
    /// <param name="json">Whether JSON is printed.</param>
    /// <param name="print">Prints the text.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public static int Give(Analysis analysis, string? folder, bool overwrite, bool json, Action print, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (folder is not null) analysis.Write(folder, overwrite, cancellation);
        if (json)
        {
            Console.WriteLine($"{{\"folder\":{(folder is null ? "null" : JsonSerializer.Serialize(Path.GetFullPath(folder), RunJson.Default.String))},\"analysis\":{analysis.Record.ToJson()}}}");
            return ExitCode.Success;
        }
        print();
        foreach (var note in analysis.Record.Notes) Console.WriteLine($"note: {note}");
        if (folder is null) return ExitCode.Success;
        Console.WriteLine();
        Console.WriteLine($"analysis: {folder}");
        Console.WriteLine($"report:   {Path.Combine(folder, RunFolder.ReportName)}");
        return ExitCode.Success;
    }

    /// <summary>analyses/NAME-KIND, with a number where that is taken.</summary>
    public static string FreeFolder(Model source, string kind)
    {
        var name = $"{Path.GetFileNameWithoutExtension(source.Name)}-{kind}";
        var folder = Path.Combine("analyses", name);
        for (int i = 2; Directory.Exists(folder); i++) folder = Path.Combine("analyses", $"{name}-{i}");
        return folder;
    }
}
