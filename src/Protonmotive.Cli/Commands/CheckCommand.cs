using System.CommandLine;
using Protonmotive.Networks;
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
        var units = new Option<bool>("--units") { Description = "List every place where the declared units of a law or rule do not fit together." };
        var command = new Command("check", "Audit a model before any run: does every law run down its affinity, do cycles of rate constants close, are charge and atoms conserved. Exit code 1 if not.\n\nExamples:\n  pmf check mitochondrion\n  pmf check heart-as-published")
        {
            model, scenario, set, samples, seed, units, json,
        };
        command.SetAction(parse => Guard.Run(() =>
        {
            var source = ModelSource.Load(parse.GetRequiredValue(model), parse.GetValue(scenario));
            var report = Audit.Check(source.Network, Math.Max(1, parse.GetValue(samples)), (ulong)parse.GetValue(seed), CommonOptions.Overrides(parse.GetValue(set)));
            Console.Write(parse.GetValue(json) ? System.Text.Json.JsonSerializer.Serialize(report, Reports.Runs.RunJson.Default.AuditReport) + Environment.NewLine : AuditText.Print(report));
            if (!parse.GetValue(json)) PrintUnits([.. NetworkUnits.Check(source.Network)], parse.GetValue(units));
            return report.Passed ? ExitCode.Success : ExitCode.Violation;
        }));
        return command;
    }

    /// <summary>Units are advice: conventions such as c° = 1 M leave places that a reader must judge.</summary>
    private static void PrintUnits(UnitMismatch[] mismatches, bool all)
    {
        Console.WriteLine(mismatches.Length == 0 ? "units: every law and rule fits" : $"units: {mismatches.Length} places to look at{(all ? "" : " (list them with --units)")}");
        if (!all) return;
        foreach (var m in mismatches) Console.WriteLine($"  {m}");
    }
}
