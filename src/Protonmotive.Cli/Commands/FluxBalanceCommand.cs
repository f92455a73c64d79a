using System.CommandLine;
using System.Globalization;
using Protonmotive.FluxBalance;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf fba. Its types, and the native library below them, are loaded when it runs and not before.</summary>
internal static class FluxBalanceCommand
{
    /// <summary>Fluxes nearer to zero are hidden: the solver's tolerance.</summary>
    private const double Zero = 1e-9;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "Path of an SBML file with the package fbc." };
        var objective = new Option<string?>("--objective") { Description = "Id of the objective; the active one by default." };
        var parsimonious = new Option<bool>("--parsimonious") { Description = "Of all fluxes that reach the optimum, take those with the smallest sum of absolute values." };
        var variability = new Option<bool>("--variability") { Description = "Give the range that each flux can take at the optimum." };
        var fraction = new Option<double>("--fraction") { Description = "Part of the optimum that --variability keeps, 0 to 1.", DefaultValueFactory = _ => 1 };
        var all = new Option<bool>("--all") { Description = "Show fluxes that are zero too." };
        var json = new Option<string?>("--json") { Description = "Write the whole solution, with shadow prices, to this file as JSON." };
        var command = new Command("fba", "Flux balance: the fluxes at steady state that make an objective largest or smallest within their bounds. Exit code 2 if there are none, or no end.\n\nExamples:\n  pmf fba e_coli_core.xml\n  pmf fba e_coli_core.xml --variability --fraction 0.9 --json fluxes.json")
        {
            file, objective, parsimonious, variability, fraction, all, json,
        };
        command.SetAction(parse => Guard.Run(() => Run(
            parse.GetRequiredValue(file), parse.GetValue(objective), parse.GetValue(parsimonious), parse.GetValue(variability) ? parse.GetValue(fraction) : null, parse.GetValue(all), parse.GetValue(json))));
        return command;
    }

    private static int Run(string file, string? objective, bool parsimonious, double? fraction, bool all, string? json)
    {
        if (!File.Exists(file)) throw new ModelSourceException("There is no such file.", file, "Check the path.");
        var model = FluxBalanceModel.Load(file);
        foreach (var note in model.Notes) Console.Error.WriteLine($"note: {note}");
        var problem = new FluxBalanceProblem(model) { Objective = objective, Parsimonious = parsimonious };
        var variability = fraction is { } kept ? problem.Variability(kept) : null;
        var solution = variability?.Solution ?? problem.Solve();
        if (json is not null) FluxBalanceJson.Save(json, solution, variability?.Ranges);
        solution.RequireOptimal();
        Print(model, solution, variability, all);
        return ExitCode.Success;
    }

    private static void Print(FluxBalanceModel model, FluxBalanceSolution solution, FluxVariability? variability, bool all)
    {
        Console.WriteLine(model);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"objective {solution.Objective.Id} = {solution.ObjectiveValue:g9} ({solution.Status.ToString().ToLowerInvariant()}): {solution.Objective}"));
        Console.WriteLine();
        var ranges = variability?.Ranges.ToDictionary(r => r.Reaction, StringComparer.Ordinal);
        int width = Math.Max(8, model.Reactions.Select(r => r.Id.Length).DefaultIfEmpty().Max());
        Console.WriteLine($"{"reaction".PadRight(width)}  {"flux",12}  {"lower",12}  {"upper",12}{(ranges is null ? "" : $"  {"minimum",12}  {"maximum",12}")}");
        int hidden = 0;
        foreach (var reaction in model.Reactions)
        {
            var range = ranges?[reaction.Id];
            double flux = solution.Fluxes[reaction.Id];
            if (!all && IsZero(flux) && (range is null || (IsZero(range.Minimum) && IsZero(range.Maximum))))
            {
                hidden++;
                continue;
            }
            Console.WriteLine($"{reaction.Id.PadRight(width)}  {Text(flux)}  {Text(reaction.LowerBound)}  {Text(reaction.UpperBound)}{(range is null ? "" : $"  {Text(range.Minimum)}  {Text(range.Maximum)}")}");
        }
        foreach (var (id, value) in solution.FreeVariables) Console.WriteLine($"{id.PadRight(width)}  {Text(value)}");
        if (hidden > 0) Console.WriteLine($"{hidden} of {model.Reactions.Length} fluxes are zero (show them with --all)");
    }

    private static bool IsZero(double flux) => Math.Abs(flux) < Zero;

    private static string Text(double value) => (double.IsPositiveInfinity(value) ? "INF" : double.IsNegativeInfinity(value) ? "-INF"
        : (IsZero(value) ? 0 : value).ToString("g7", CultureInfo.InvariantCulture)).PadLeft(12);
}
