using System.CommandLine;
using System.Text.Json;
using Protonmotive.Reports.Runs;
using Protonmotive.Solvers;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf run.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var model = CommonOptions.Model();
        var scenario = CommonOptions.Scenario();
        var set = CommonOptions.Set();
        var json = CommonOptions.Json();
        var potentials = CommonOptions.Potentials();
        var end = new Option<double?>("--end") { Description = $"End time, in the model's unit of time; the scenario's by default, {Simulation.DefaultEnd} for files." };
        var rtol = new Option<double>("--rtol") { Description = "Relative tolerance.", DefaultValueFactory = _ => 1e-6 };
        var atol = new Option<double>("--atol") { Description = "Absolute tolerance, times the scale of each state.", DefaultValueFactory = _ => 1e-9 };
        var method = new Option<string>("--method") { Description = "auto (chosen by stiffness, size and tolerance; the run says which and why), rodas4 (stiff), rodas5p (stiff, tight tolerances), bdf (stiff, very large) or tsit5 (not stiff).", DefaultValueFactory = _ => "auto" };
        var linear = new Option<string>("--linear-solver") { Description = "auto (chosen by the cost of the factors), direct (sparse LU), krylov (GMRES with an incomplete LU) or matrix-free (the same, without a product with the Jacobian).", DefaultValueFactory = _ => "auto" };
        var points = new Option<int?>("--points") { Description = "Number of output times, at even distance. By default 401, and more where a curve of a figure bends between them." };
        var steps = new Option<long>("--max-steps") { Description = "Steps after which the run is given up.", DefaultValueFactory = _ => 1_000_000 };
        var steady = new Option<bool>("--steady") { Description = "Find the steady state; the ledger then counts one unit of time in it." };
        var output = new Option<string?>("--out", "-o") { Description = "Folder of the run; runs/NAME by default." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace a run that is there." };
        var stochastic = StochasticRun.Options();
        var command = new Command("run", "Run a system or a model file: trajectory, ledger, figures and report in one folder. Or run an experiment (SED-ML, COMBINE archive): its tables and plots in one folder.\n\nExamples:\n  pmf run mitochondrion\n  pmf run atp-demand --scenario oligomycin --out runs/oligo\n  pmf run atp-demand --steady --set X_AtC=5e-6\n  pmf run model.xml --end 1000 --rtol 1e-8 --json\n  pmf run model.xml --stochastic --runs 10000 --seed 7 --end 50\n  pmf run experiment.sedml\n  pmf run archive.omex -o runs/archive")
        {
            model, scenario, end, set, rtol, atol, method, linear, points, steps, steady, potentials, output, overwrite, json,
        };
        stochastic.AddTo(command);
        command.SetAction((parse, cancellation) => Task.FromResult(Guard.Run(() =>
        {
            if (ExperimentCommand.Takes(parse.GetRequiredValue(model)))
            {
                // An experiment says itself how it is run.
                foreach (Option option in new Option[] { scenario, end, set, rtol, atol, method, linear, points, steps, steady, potentials })
                    if (parse.GetResult(option) is { Implicit: false }) throw new ModelSourceException($"{option.Name} does not go with an experiment.", parse.GetRequiredValue(model), "Change the SED-ML file, or run its model by itself.");
                return ExperimentCommand.Run(parse.GetRequiredValue(model), CommandLine(parse), parse.GetValue(output), parse.GetValue(overwrite), parse.GetValue(json), cancellation);
            }
            var source = ModelSource.Load(parse.GetRequiredValue(model), parse.GetValue(scenario), parse.GetValue(potentials));
            if (stochastic.IsAskedFor(parse))
            {
                return StochasticRun.Execute(source, stochastic.Read(parse) with
                {
                    End = parse.GetValue(end),
                    Points = Math.Max(2, parse.GetValue(points) ?? SimulationSettings.DefaultPoints),
                    Overrides = CommonOptions.Overrides(parse.GetValue(set)),
                    Folder = parse.GetValue(output) ?? FreeFolder(source),
                    Overwrite = parse.GetValue(overwrite),
                    Json = parse.GetValue(json),
                    Command = CommandLine(parse),
                }, cancellation);
            }
            var settings = new SimulationSettings
            {
                End = parse.GetValue(end),
                Overrides = CommonOptions.Overrides(parse.GetValue(set)),
                Tolerance = new Tolerance(parse.GetValue(rtol), parse.GetValue(atol)),
                Method = Method(parse.GetValue(method)!),
                LinearSolver = LinearSolver(parse.GetValue(linear)!),
                Points = Math.Max(2, parse.GetValue(points) ?? SimulationSettings.DefaultPoints),
                FollowsCurves = parse.GetValue(points) is null,
                MaximumSteps = parse.GetValue(steps),
                Steady = parse.GetValue(steady),
                Command = CommandLine(parse),
            };
            return Execute(source, settings, parse.GetValue(output), parse.GetValue(overwrite), parse.GetValue(json), cancellation);
        })));
        return command;
    }

    private static int Execute(Model source, SimulationSettings settings, string? output, bool overwrite, bool json, CancellationToken cancellation)
    {
        var folder = output ?? FreeFolder(source);
        RunFolder.CheckTarget(folder, overwrite);
        SimulationResult result;
        using (var progress = new ProgressLine()) result = Simulation.Run(source, settings, progress, cancellation);
        var run = Reports.RunReport.Make(result.Record, Trajectory.Of(result.Solution), result.Ledger);
        RunFolder.Write(folder, run, overwrite, cancellation);
        if (json)
        {
            Console.WriteLine($"{{\"folder\":{JsonSerializer.Serialize(Path.GetFullPath(folder), RunJson.Default.String)},\"run\":{JsonSerializer.Serialize(result.Record, RunJson.Default.RunRecord)},\"ledger\":{JsonSerializer.Serialize(result.Ledger, RunJson.Default.Ledger)}}}");
            return ExitCode.Success;
        }
        if (result.Steady is { } steady) Console.WriteLine(steady.Explanation + Environment.NewLine);
        Console.Write(result.Ledger);
        if (!result.Record.Results.IsEmpty) Console.WriteLine();
        foreach (var r in result.Record.Results)
            Console.WriteLine($"{r.Name,-34}{r.Value,12:g5} {(r.Unit == "1" ? "" : r.Unit)}".TrimEnd() + (r.Note.Length > 0 ? $"  ({r.Note})" : ""));
        Console.WriteLine();
        foreach (string choice in result.Record.MethodChoices) Console.WriteLine($"method: {choice}");
        Console.WriteLine($"run:    {folder}");
        Console.WriteLine($"report: {Path.Combine(folder, RunFolder.ReportName)}");
        return ExitCode.Success;
    }

    internal static string CommandLine(ParseResult parse) => "pmf " + string.Join(' ', parse.Tokens.Select(t => t.Value.Contains(' ', StringComparison.Ordinal) ? $"'{t.Value}'" : t.Value));

    internal static Method Method(string name) => name.ToLowerInvariant() switch
    {
        "auto" => new Automatic(),
        "bdf" => new Bdf(),
        "rodas4" => new Rodas4(),
        "rodas5p" => new Rodas5P(),
        "tsit5" => new Tsit5(),
        _ => throw new ModelSourceException($"There is no method '{name}'.", "--method", "Choose auto, rodas4, rodas5p, bdf or tsit5."),
    };

    private static LinearSolver LinearSolver(string name) => name.ToLowerInvariant() switch
    {
        "auto" => Solvers.LinearSolver.Automatic,
        "direct" => Solvers.LinearSolver.Direct,
        "krylov" => Solvers.LinearSolver.Krylov,
        "matrix-free" => Solvers.LinearSolver.MatrixFreeKrylov,
        _ => throw new ModelSourceException($"There is no linear solver '{name}'.", "--linear-solver", "Choose auto, direct, krylov or matrix-free."),
    };

    /// <summary>runs/NAME-SCENARIO, with a number where that is taken.</summary>
    private static string FreeFolder(Model source)
    {
        var name = Path.GetFileNameWithoutExtension(source.Name) + (source.Scenario is { } s && source.System!.Scenarios[0] != s ? "-" + s.Name : "");
        var folder = Path.Combine("runs", name);
        for (int i = 2; Directory.Exists(folder); i++) folder = Path.Combine("runs", $"{name}-{i}");
        return folder;
    }
}
