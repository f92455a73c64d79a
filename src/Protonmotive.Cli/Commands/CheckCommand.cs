using System.CommandLine;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf check.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var model = CommonOptions.Model();
        var scenario = CommonOptions.Scenario();
        var set = CommonOptions.Set();
        var json = CommonOptions.Json();
        var samples = new Option<int>("--samples") { Description = "States tried for each law.", DefaultValueFactory = _ => 2000 };
        var seed = new Option<int>("--seed") { Description = "Seed of the sampled states.", DefaultValueFactory = _ => 1 };
        var command = new Command("check", "Audit a model before any run: does every law run down its affinity, do cycles of rate constants close, are charge and atoms conserved. Exit code 1 if not.\n\nExamples:\n  pmf check mitochondrion\n  pmf check heart-as-published")
        {
            model, scenario, set, samples, seed, json,
        };
        command.SetAction(parse => Guard.Run(() =>
        {
            var source = ModelSource.Load(parse.GetRequiredValue(model), parse.GetValue(scenario));
            var report = Audit.Check(source.Network, Math.Max(1, parse.GetValue(samples)), (ulong)parse.GetValue(seed), CommonOptions.Overrides(parse.GetValue(set)));
            Console.Write(parse.GetValue(json) ? System.Text.Json.JsonSerializer.Serialize(report, Reports.Runs.RunJson.Default.AuditReport) + Environment.NewLine : AuditText.Print(report));
            return report.Passed ? ExitCode.Success : ExitCode.Violation;
        }));
        return command;
    }
}
