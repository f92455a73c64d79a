using System.CommandLine;
using System.Globalization;
using Protonmotive.Formats;
using Protonmotive.Networks;
using Protonmotive.Thermodynamics;

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
        var feasible = new Option<bool>("--feasible") { Description = "Give the constants of reversible steps by standard potentials and conductances, so that every cycle closes whatever values these take." };
        var command = new Command("convert", "Write a model in another format. What the format can't hold is listed on standard error.\n\nExamples:\n  pmf convert model.net model.xml\n  pmf convert mitochondrion mitochondrion.xml\n  pmf convert model.xml feasible.xml --feasible")
        {
            model, output, to, scenario, feasible, force,
        };
        command.SetAction(parse => Guard.Run(() => Convert(
            parse.GetRequiredValue(model), parse.GetRequiredValue(output), parse.GetValue(to), parse.GetValue(scenario), parse.GetValue(feasible), parse.GetValue(force))));
        return command;
    }

    private static int Convert(string input, string output, string? to, string? scenario, bool feasible, bool force)
    {
        var format = ModelFormats.ToWrite(output, to);
        if (File.Exists(input) && File.Exists(output) && RealPath(input) == RealPath(output))
            throw new ModelFormatException("The output is the input file.", output, "Choose another name: the input is never overwritten.");
        WholeFile.Check(output, force);
        var network = ModelSource.Load(input, scenario).Network;
        if (feasible) network = Feasible(network);
        IReadOnlyList<string> lost = [];
        WholeFile.Write(output, force, writer => lost = format.Write!(network, writer));
        foreach (var line in lost) Console.Error.WriteLine($"warning: {line}");
        Console.WriteLine($"{output}: {format.Name}{(lost.Count == 0 ? "" : $", {lost.Count} {(lost.Count == 1 ? "thing" : "things")} left out")}");
        return ExitCode.Success;
    }

    /// <summary>The network with potentials and conductances in place of constants, after telling what they are and what moved.</summary>
    private static Network Feasible(Network network)
    {
        var made = FeasibleParametrisation.Of(network);
        Console.WriteLine(FeasibleText(made));
        foreach (var (process, reason) in made.LeftAlone) Console.Error.WriteLine($"note: '{process}' keeps its constants: {reason}");
        return made.Network;
    }

    private static string FeasibleText(FeasibleNetwork made)
    {
        var moved = made.Constants.Where(c => Math.Abs(c.LogShift) >= 1e-9).OrderByDescending(c => Math.Abs(c.LogShift)).ToList();
        var largest = moved.Count == 0 ? "none moved: they closed every cycle already"
            : string.Create(CultureInfo.InvariantCulture, $"{moved.Count} moved to close every cycle, most of all {moved[0].Name}, from {moved[0].Before:g6} to {moved[0].After:g6}");
        return string.Create(CultureInfo.InvariantCulture, $"free now: {made.Potentials.Length} standard potentials ({Names(made.Potentials.Select(p => p.Name))}) and {made.Conductances.Length} conductances ({Names(made.Conductances.Select(c => c.Name))})\nconstants: {largest}");
    }

    private static string Names(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count <= 8 ? string.Join(", ", all) : $"{string.Join(", ", all.Take(8))}, …";
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
