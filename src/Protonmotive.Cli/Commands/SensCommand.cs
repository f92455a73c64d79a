using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Protonmotive.Formats.Sbml;
using Protonmotive.Formats.Sbml.TestSuite;
using Protonmotive.Reports.Figures;
using Protonmotive.Reports.Runs;
using Protonmotive.Reports.Scans;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf sens.</summary>
internal static class SensCommand
{
    private const int Largest = 5, SuiteParameters = 8;
    private const double SuiteAdjoint = 1e-6, SuiteDifferences = 1e-4;
    private static readonly JsonSerializerOptions json = new() { WriteIndented = true, NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private const string Help = """
        Sensitivities of a time course, or with --steady of the state it settles to: how each quantity answers to each parameter and starting value, by exact derivatives, jumps included. With --ledger, numbers of the ledger too: work, heat, efficiencies, supplies, closure.

        Examples:
          pmf sens model.xml --end 50
          pmf sens atp-demand --only OCR --parameters X_C1 X_C3 X_C4
          pmf sens model.xml --times 1 10 50 --json
          pmf sens heart --ledger
          pmf sens atp-demand --steady --only "ledger:oxidative phosphorylation.efficiency" --all --figure efficiency.svg
          pmf sens mitochondrion --only "ledger:*.efficiency"
          pmf sens model.xml --check
          pmf sens sbml-test-suite/semantic --check
        """;

    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "Name of a system, path of a model file, or with --check a folder of SBML Test Suite cases." };
        var scenario = CommonOptions.Scenario();
        var set = CommonOptions.Set();
        var end = new Option<double?>("--end") { Description = $"End time, in the model's unit of time; the scenario's by default, {Simulation.DefaultEnd} for files." };
        var times = new Option<double[]>("--times") { Description = "Times to give sensitivities at; the end by default.", AllowMultipleArgumentsPerToken = true };
        var parameters = new Option<string[]>("--parameters", "-p") { Description = "Parameters and starting values to vary; all numbers by default.", AllowMultipleArgumentsPerToken = true };
        var only = new Option<string[]>("--only") { Description = "Quantities to give; by default those of a system's figure, the species and variables of a file. Numbers of the ledger begin with 'ledger:', and may hold * for anything.", AllowMultipleArgumentsPerToken = true };
        var ledger = new Option<bool>("--ledger") { Description = "Give the numbers of the ledger too: work, heat, efficiencies, supplies, closure." };
        var steady = new Option<bool>("--steady") { Description = "At the state of rest instead; energies are then counted over one unit of time." };
        var all = new Option<bool>("--all") { Description = "Give every slope of each quantity, the largest first, not five." };
        var figure = new Option<string?>("--figure") { Description = "Draw the slopes of one quantity as bars into this file, .svg or .png." };
        var check = new Option<bool>("--check") { Description = "Compare forward sensitivities, the adjoint and differences of solutions instead." };
        var rtol = new Option<double>("--rtol") { Description = "Relative tolerance of the solve.", DefaultValueFactory = _ => 1e-8 };
        var asJson = CommonOptions.Json();
        var command = new Command("sens", Help) { model, scenario, set, end, times, parameters, only, ledger, steady, all, figure, check, rtol, asJson };
        command.SetAction((parse, cancellation) => Task.FromResult(Guard.Run(() =>
        {
            string name = parse.GetRequiredValue(model);
            if (parse.GetValue(check) && Directory.Exists(name)) return CheckSuite(name, parse.GetValue(asJson), cancellation);
            var source = ModelSource.Load(name, parse.GetValue(scenario));
            string[] named = parse.GetValue(only) ?? [];
            bool withLedger = parse.GetValue(ledger) || named.Any(n => n.StartsWith(ScanModel.LedgerPrefix, StringComparison.Ordinal));
            var scan = new ScanModel(source, CommonOptions.Overrides(parse.GetValue(set)), withLedger, withJumps: true);
            double last = parse.GetValue(end) ?? source.Scenario?.End ?? Simulation.DefaultEnd;
            if (parse.GetValue(check)) return Check(scan, last, cancellation);
            double[] asked = parse.GetValue(times) is { Length: > 0 } given ? [.. given.Order()] : [last];
            if (!(asked[0] >= 0)) throw new ModelSourceException($"There is no sensitivity at t = {asked[0]}.", "--times", "Give times from 0 on.");
            if (parse.GetValue(steady) && parse.GetResult(times) is { Implicit: false }) throw new ModelSourceException("A state of rest has no times.", "--times", "Leave out --times, or --steady.");
            var tolerance = new Tolerance(parse.GetValue(rtol), parse.GetValue(rtol) * 1e-4);
            var varied = Varied(scan, parse.GetValue(parameters) ?? []);
            var table = new SlopeTable(scan, varied, named, parse.GetValue(ledger));
            if (parse.GetValue(figure) is not null && table.Count != 1) throw new ModelSourceException($"A figure shows one quantity, and there are {table.Count}.", "--figure", "Name one with --only.");
            var rows = parse.GetValue(steady) ? [table.AtRest(last, tolerance, cancellation)] : table.Along(asked, new SensitivityOptions { Tolerance = tolerance, ControlsTangents = true }, cancellation);
            if (parse.GetValue(figure) is { } file) Draw(source, rows[^1], table, file);
            if (parse.GetValue(asJson)) PrintJson(source.Name, rows, table);
            else foreach (var row in rows) Print(source, row, table, parse.GetValue(all));
            return ExitCode.Success;
        })));
        return command;
    }

    private static ImmutableArray<string> Varied(ScanModel scan, string[] asked)
    {
        var system = scan.Kernel.System;
        return asked.Length > 0 ? [.. asked.Select(scan.Resolve)] : [.. system.Parameters.Where(p => p.Draw is null && (p.Definition.IsConstant || scan.Overrides.ContainsKey(p.Name))).Select(p => p.Name)];
    }

    private static string When(Model source, double time) => double.IsPositiveInfinity(time) ? "at rest" : string.Create(CultureInfo.InvariantCulture, $"at t = {time:g6} {source.Network.TimeUnit}");

    private static void Print(Model source, SlopeRow row, SlopeTable from, bool all)
    {
        Console.WriteLine($"{source.Name} {When(source, row.Time)}: ∂ln quantity/∂ln parameter, {(all ? "all" : $"the {Largest} largest")} of {from.Varied.Length}");
        Console.WriteLine();
        if (all)
        {
            foreach (var quantity in row.Quantities) PrintAll(quantity, from);
            return;
        }
        var table = new TextTable("quantity", "value", "answers most to") { EndsInWords = true };
        foreach (var quantity in row.Quantities)
        {
            var largest = quantity.Ranked(from.Values).Where(s => Math.Abs(s.Scaled) >= 0.0005).Take(Largest).Select(s => $"{from.Varied[s.Index]} {TextTable.Share(s.Scaled)}");
            table.Add(TextTable.Label(quantity.Name, quantity.Unit), TextTable.Number(quantity.Value), quantity.Value == 0 ? "(zero here)" : string.Join(", ", largest));
        }
        table.Print();
        Console.WriteLine();
    }

    private static void PrintAll(QuantitySlopes quantity, SlopeTable from)
    {
        Console.WriteLine($"{TextTable.Label(quantity.Name, quantity.Unit)} = {TextTable.Number(quantity.Value, 8)}");
        var table = new TextTable("parameter", "value", "∂ln/∂ln", "∂/∂");
        foreach (var (index, scaled) in quantity.Ranked(from.Values)) table.Add(from.Varied[index], TextTable.Number(from.Values[index]), TextTable.Number(scaled), TextTable.Number(quantity.Slopes[index]));
        table.Print();
        Console.WriteLine();
    }

    private static void Draw(Model source, SlopeRow row, SlopeTable from, string file)
    {
        var quantity = row.Quantities[0];
        var bars = quantity.Ranked(from.Values).Select(s => (from.Varied[s.Index], s.Scaled)).ToList();
        var figure = new SlopeFigure(Path.GetFileNameWithoutExtension(file), $"{quantity.Name.Replace(ScanModel.LedgerPrefix, "", StringComparison.Ordinal)}, {source.Name} {When(source, row.Time)}", bars);
        File.WriteAllBytes(file, Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".svg" => figure.ToSvg(),
            ".png" => figure.ToPng(),
            _ => throw new ModelSourceException($"A figure can't be written as '{Path.GetExtension(file)}'.", file, "End its name in .svg or .png."),
        });
    }

    private static void PrintJson(string name, IReadOnlyList<SlopeRow> rows, SlopeTable table) => Console.WriteLine(JsonSerializer.Serialize(new
    {
        model = name,
        parameters = table.Varied.Select((p, d) => (p, table.Values[d])).ToDictionary(v => v.p, v => v.Item2),
        rows = rows.Select(row => new
        {
            time = row.Time,
            quantities = row.Quantities.Select(q => new { name = q.Name, unit = q.Unit, value = q.Value, slopes = table.Varied.Select((p, d) => (p, q.Slopes[d])).ToDictionary(s => s.p, s => s.Item2) }),
        }),
    }, json));

    private static int Check(ScanModel scan, double end, CancellationToken cancellation)
    {
        var found = SensitivityAgreement.Of(scan.Kernel.System, 0, end, cancellation: cancellation);
        if (found.Obstacle is { } obstacle)
        {
            Console.WriteLine($"{scan.Model.Name}: nothing to compare, {obstacle}.");
            return ExitCode.Success;
        }
        Console.WriteLine($"{scan.Model.Name}: {found.Parameters.Length} parameters, largest relative difference of slopes");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  forward and adjoint             {found.ForwardToAdjoint:0.0e+0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  forward and differences         {found.ForwardToDifferences:0.0e+0}  ('{found.Worst}')"));
        return found.ForwardToAdjoint < SuiteAdjoint ? ExitCode.Success : ExitCode.Violation;
    }

    private static int CheckSuite(string folder, bool asJson, CancellationToken cancellation)
    {
        var cases = SuiteRunner.Cases(folder).Select(SuiteCase.Load).Where(c => c.TestType == "TimeCourse" && c.Models.Length > 0).ToArray();
        var outcomes = new (string Id, string Kind, SensitivityAgreement Found)[cases.Length];
        Parallel.For(0, cases.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, k =>
        {
            var c = cases[k];
            try
            {
                var system = SbmlReader.Load(c.Models[^1]).Lower();
                string kind = !system.Mass.IsEmpty ? "algebraic rules or fast processes" : system.Events.Any(e => e.Delay is not null) ? "events with delays" : !system.Events.IsEmpty ? "events" : !system.Modes.IsEmpty ? "conditions that switch" : "smooth";
                outcomes[k] = (c.Id, kind, SensitivityAgreement.Of(system, c.Settings.Start, c.Settings.Start + c.Settings.Duration, SuiteParameters, cancellation: cancellation));
            }
            catch (ProtonmotiveException e)
            {
                outcomes[k] = (c.Id, "not run", new SensitivityAgreement { Obstacle = e.What });
            }
        });
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(outcomes.Select(o => new { id = o.Id, kind = o.Kind, obstacle = o.Found.Obstacle, forwardToAdjoint = o.Found.ForwardToAdjoint, forwardToDifferences = o.Found.ForwardToDifferences, worst = o.Found.Worst }), json));
            return ExitCode.Success;
        }
        var table = new TextTable("cases with", "compared", $"agree", "median forward–adjoint", "median forward–differences");
        foreach (var group in outcomes.Where(o => o.Found.Obstacle is null).GroupBy(o => o.Kind).OrderByDescending(g => g.Count()))
        {
            var all = group.ToList();
            table.Add(group.Key, $"{all.Count}", $"{all.Count(o => Agrees(o.Found))}", Median(all.Select(o => o.Found.ForwardToAdjoint)), Median(all.Select(o => o.Found.ForwardToDifferences)));
        }
        table.Print();
        Console.WriteLine();
        foreach (var group in outcomes.Where(o => o.Found.Obstacle is not null).GroupBy(o => Reason(o.Found.Obstacle!)).OrderByDescending(g => g.Count())) Console.WriteLine($"{group.Count()} not compared: {group.Key}");
        foreach (var (id, _, found) in outcomes.Where(o => o.Found.Obstacle is null && !Agrees(o.Found))) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{id}: forward–adjoint {found.ForwardToAdjoint:0.0e+0}, forward–differences {found.ForwardToDifferences:0.0e+0} ('{found.Worst}')"));
        return outcomes.All(o => o.Found.Obstacle is not null || Agrees(o.Found)) ? ExitCode.Success : ExitCode.Violation;
    }

    private static bool Agrees(SensitivityAgreement found) => found.ForwardToAdjoint < SuiteAdjoint && found.ForwardToDifferences < SuiteDifferences;

    // Without the names of a case's own.
    private static string Reason(string obstacle) => System.Text.RegularExpressions.Regex.Replace(obstacle, "'[^']*'", "…");

    private static string Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2].ToString("0.0e+0", CultureInfo.InvariantCulture);
    }
}
