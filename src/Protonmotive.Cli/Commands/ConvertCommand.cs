using System.CommandLine;
using Protonmotive.Formats;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf convert.</summary>
internal static class ConvertCommand
{
    public static Command Create()
    {
        var model = CommonOptions.Model();
        var scenario = CommonOptions.Scenario();
        var output = new Argument<string>("output") { Description = $"File to write; its extension tells the format: {Written()}." };
        var to = new Option<string?>("--to") { Description = "Format to write, whatever the extension." };
        var force = new Option<bool>("--force") { Description = "Replace an output file that is there." };
        var command = new Command("convert", "Write a model in another format. What the format can't hold is listed on standard error.\n\nExamples:\n  pmf convert model.net model.xml\n  pmf convert mitochondrion mitochondrion.xml")
        {
            model, output, to, scenario, force,
        };
        command.SetAction(parse => Guard.Run(() => Convert(
            parse.GetRequiredValue(model), parse.GetRequiredValue(output), parse.GetValue(to), parse.GetValue(scenario), parse.GetValue(force))));
        return command;
    }

    private static int Convert(string input, string output, string? to, string? scenario, bool force)
    {
        var format = ModelFormats.ToWrite(output, to);
        if (File.Exists(input) && File.Exists(output) && RealPath(input) == RealPath(output))
            throw new ModelFormatException("The output is the input file.", output, "Choose another name: the input is never overwritten.");
        WholeFile.Check(output, force);
        var source = ModelSource.Load(input, scenario);
        IReadOnlyList<string> lost = [];
        WholeFile.Write(output, force, writer => lost = format.Write!(source.Network, writer));
        foreach (var line in lost) Console.Error.WriteLine($"warning: {line}");
        Console.WriteLine($"{output}: {format.Name}{(lost.Count == 0 ? "" : $", {lost.Count} {(lost.Count == 1 ? "thing" : "things")} left out")}");
        return ExitCode.Success;
    }

    /// <summary>The path with links to files and folders followed, so that two names of one file are known as one.</summary>
    private static string RealPath(string path)
    {
        path = Path.GetFullPath(path);
        if (Path.GetDirectoryName(path) is not { } folder) return path;
        path = Path.Combine(RealPath(folder), Path.GetFileName(path));
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
    }

    private static string Written() => string.Join(", ", ModelFormats.All.Where(f => f.Write is not null).Select(f => $"{string.Join(" or ", f.Extensions)} for {f.Name}"));
}
