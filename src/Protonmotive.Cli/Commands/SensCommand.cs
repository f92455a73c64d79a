using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Protonmotive.Formats.Sbml;
using Protonmotive.Formats.Sbml.TestSuite;
using Protonmotive.Kernels;
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
        Sensitivities of a time course: how each quantity at a time answers to each parameter and starting value, by exact derivatives of the solver's own steps, jumps included.

        Examples:
          pmf sens model.xml --end 50
          pmf sens atp-demand --only OCR --parameters X_C1 X_C3 X_C4
          pmf sens model.xml --times 1 10 50 --json
          pmf sens heart --ledger
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
        var only = new Option<string[]>("--only") { Description = "Quantities to give; by default those of a system's figure, the species and variables of a file.", AllowMultipleArgumentsPerToken = true };
        var ledger = new Option<bool>("--ledger") { Description = "Give the ledger's integrals too: work, heat, what each process dissipates." };
        var check = new Option<bool>("--check") { Description = "Compare forward sensitivities, the adjoint and differences of solutions instead." };
        var rtol = new Option<double>("--rtol") { Description = "Relative tolerance of the solve.", DefaultValueFactory = _ => 1e-8 };
        var asJson = CommonOptions.Json();
        var command = new Command("sens", Help) { model, scenario, set, end, times, parameters, only, ledger, check, rtol, asJson };
        command.SetAction((parse, cancellation) => Task.FromResult(Guard.Run(() =>
        {
            string name = parse.GetRequiredValue(model);
            if (parse.GetValue(check) && Directory.Exists(name)) return CheckSuite(name, parse.GetValue(asJson), cancellation);
            var source = ModelSource.Load(name, parse.GetValue(scenario));
            var scan = new ScanModel(source, CommonOptions.Overrides(parse.GetValue(set)), parse.GetValue(ledger));
            double last = parse.GetValue(end) ?? source.Scenario?.End ?? Simulation.DefaultEnd;
            if (parse.GetValue(check)) return Check(scan, last, cancellation);
            double[] asked = parse.GetValue(times) is { Length: > 0 } given ? [.. given.Order()] : [last];
            if (!(asked[0] >= 0)) throw new ModelSourceException($"There is no sensitivity at t = {asked[0]}.", "--times", "Give times from 0 on.");
            var options = new SensitivityOptions { Tolerance = new Tolerance(parse.GetValue(rtol), parse.GetValue(rtol) * 1e-4), ControlsTangents = true };
            var varied = Varied(scan, parse.GetValue(parameters) ?? []);
            var start = TangentStart.Along(scan.Kernel, varied, scan.Overrides);
            var solution = ForwardSensitivities.Solve(start, 0, asked[^1], asked, options, cancellation);
            var outputs = Outputs(scan, parse.GetValue(only) ?? [], parse.GetValue(ledger));
            double[] values = [.. varied.Select(p => start.Parameters[scan.Kernel.ParameterIndex(p)])];
            if (parse.GetValue(asJson)) PrintJson(source.Name, solution, varied, values, outputs);
            else for (int row = 0; row < asked.Length; row++) Print(source, solution, row, varied, values, outputs);
            return ExitCode.Success;
        })));
        return command;
    }

    private static ImmutableArray<string> Varied(ScanModel scan, string[] asked)
    {
        var system = scan.Kernel.System;
        return asked.Length > 0 ? [.. asked.Select(scan.Resolve)] : [.. system.Parameters.Where(p => p.Draw is null && (p.Definition.IsConstant || scan.Overrides.ContainsKey(p.Name))).Select(p => p.Name)];
    }

    // An output is a component of the state, or the complement of an observable's index.
    private static ImmutableArray<(string Name, string Unit, int Source)> Outputs(ScanModel scan, string[] only, bool withLedger)
    {
        var system = scan.Kernel.System;
        var known = new Dictionary<string, (string Unit, int Source)>(StringComparer.Ordinal);
        for (int q = 0; q < system.Quadratures.Length; q++) known[system.Quadratures[q].Name] = (system.Quadratures[q].Unit, system.States.Length + q);
        for (int i = 0; i < system.States.Length; i++) known[system.States[i].Name] = (system.States[i].Unit, i);
        for (int o = 0; o < system.Observables.Length; o++) known[system.Observables[o].Name] = (system.Observables[o].Unit, ~o);
        IEnumerable<string> names = only.Length > 0 ? only : scan.DefaultOutputs();
        if (withLedger) names = names.Concat(system.Quadratures.Select(q => q.Name));
        return [.. names.Distinct().Select(name => known.TryGetValue(name, out var found) ? (name, found.Unit, found.Source) : throw new ModelSourceException(
            $"There is no quantity '{name}'.", "--only", NearNames.Question(NearNames.Of(name, known.Keys), "Name states, observables or integrals of the system.")))];
    }

    private static double Value(TangentSolution solution, int row, int source) => source >= 0 ? solution.State(row)[source] : solution.Observables(row)[~source];

    private static double Slope(TangentSolution solution, int row, int direction, int source) => source >= 0 ? solution.StateTangent(row, direction)[source] : solution.ObservableTangent(row, direction)[~source];

    private static void Print(Model source, TangentSolution solution, int row, ImmutableArray<string> varied, double[] values, ImmutableArray<(string Name, string Unit, int Source)> outputs)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{source.Name} at t = {solution.Times[row]:g6} {source.Network.TimeUnit}: ∂ln quantity/∂ln parameter, the {Largest} largest of {varied.Length}"));
        Console.WriteLine();
        var table = new TextTable("quantity", "value", "answers most to") { EndsInWords = true };
        foreach (var (name, unit, from) in outputs)
        {
            double value = Value(solution, row, from);
            var largest = varied.Select((p, d) => (Name: p, Scaled: values[d] * Slope(solution, row, d, from) / value)).Where(s => double.IsFinite(s.Scaled) && Math.Abs(s.Scaled) >= 0.0005)
                .OrderByDescending(s => Math.Abs(s.Scaled)).Take(Largest).Select(s => $"{s.Name} {TextTable.Share(s.Scaled)}");
            table.Add(TextTable.Label(name, unit), TextTable.Number(value), value == 0 ? "(zero here)" : string.Join(", ", largest));
        }
        table.Print();
        Console.WriteLine();
    }

    private static void PrintJson(string name, TangentSolution solution, ImmutableArray<string> varied, double[] values, ImmutableArray<(string Name, string Unit, int Source)> outputs)
    {
        var rows = Enumerable.Range(0, solution.Times.Count).Select(row => new
        {
            time = solution.Times[row],
            quantities = outputs.Select(o => new
            {
                name = o.Name,
                unit = o.Unit,
                value = Value(solution, row, o.Source),
                slopes = varied.Select((p, d) => (p, Slope(solution, row, d, o.Source))).ToDictionary(s => s.p, s => s.Item2),
            }),
        });
        var parameters = varied.Select((p, d) => (p, values[d])).ToDictionary(v => v.p, v => v.Item2);
        Console.WriteLine(JsonSerializer.Serialize(new { model = name, parameters, rows }, json));
    }

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
