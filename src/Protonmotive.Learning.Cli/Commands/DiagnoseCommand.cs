using System.CommandLine;
using Protonmotive.Cli;
using Protonmotive.Learning.Diagnoses;
using Protonmotive.Learning.Training;

namespace Protonmotive.Learning.Cli.Commands;

/// <summary>pmf diagnose.</summary>
internal static class DiagnoseCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "Folder of a training." };
        var command = new Command("diagnose", "Name what is wrong with a training: layer, first step, evidence, threshold with its source, remedy. Exit code 1 where there is an alarm.\n\nExample:\n  pmf diagnose runs/mlp-fashion-mnist-1") { run };
        command.SetAction(parse => Guard.Run(() =>
        {
            var account = TrainingRun.ReadAccount(parse.GetRequiredValue(run));
            var found = Rules.Judge(account);
            foreach (var d in found)
            {
                Console.WriteLine($"{(d.Severity == Severity.Alarm ? "ALARM" : "notice")}: {d.Name}{(d.Layer.Length > 0 ? " in " + d.Layer : "")}, from step {d.FirstStep}");
                Console.WriteLine($"  evidence   {d.Evidence}\n  threshold  {d.Threshold} ({d.Source})\n  remedy     {d.Remedy}");
            }
            if (found.IsEmpty) Console.WriteLine($"Nothing found wrong in {account.Audited.Length} audited of {account.Steps} steps.");
            return found.Any(d => d.Severity == Severity.Alarm) ? ExitCode.Violation : ExitCode.Success;
        }));
        return command;
    }
}
