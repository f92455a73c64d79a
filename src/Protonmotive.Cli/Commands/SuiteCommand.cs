using System.CommandLine;
using System.Text.Json;
using Protonmotive.FluxBalance;
using Protonmotive.Formats.Sbml.TestSuite;

namespace Protonmotive.Cli.Commands;

/// <summary><c>pmf suite</c>: runs cases of the SBML Test Suite.</summary>
internal static class SuiteCommand
{
    private static readonly JsonSerializerOptions json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "a folder of cases, or one case" };
        var file = new Option<string?>("--json") { Description = "write every outcome to this file" };
        var runs = new Option<int>("--runs") { Description = "runs of a stochastic case", DefaultValueFactory = _ => 10_000 };
        var seed = new Option<ulong>("--seed") { Description = "seed of what is random", DefaultValueFactory = _ => 1 };
        var command = new Command("suite", "Run cases of the SBML Test Suite and compare with the expected results") { folder, file, runs, seed };
        command.SetAction((parsed, cancellation) => Task.FromResult(Guard.Run(() =>
        {
            var runner = new SuiteRunner { Runs = parsed.GetValue(runs), Seed = parsed.GetValue(seed), FluxBalance = path => new FluxBalanceProblem(FluxBalanceModel.Load(path)).Solve().Value };
            var cases = SuiteRunner.Cases(parsed.GetRequiredValue(folder));
            using var progress = new SuiteProgress(cases.Length);
            var outcomes = runner.Run(cases, progress, cancellation);
            progress.Dispose();
            foreach (var outcome in outcomes.Where(o => !o.Passed || o.WasRunAgain)) Console.WriteLine(outcome);
            if (parsed.GetValue(file) is { } path) File.WriteAllText(path, JsonSerializer.Serialize(outcomes, json));
            int failed = outcomes.Count(o => !o.Passed);
            Console.WriteLine($"{outcomes.Length - failed} passed, {failed} failed");
            return failed == 0 ? ExitCode.Success : ExitCode.Violation;
        })));
        return command;
    }
}
