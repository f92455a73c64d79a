using System.CommandLine;
using Protonmotive.Cli;
using Protonmotive.Learning.Diagnoses;
using Protonmotive.Learning.Training;

namespace Protonmotive.Learning.Cli.Commands;

/// <summary>pmf diagnose.</summary>
internal static class DiagnoseCommand
{
    private const int FewAudits = 10;

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
            if (account.Audited.Length < FewAudits || account.Audited[^1].Step < account.Steps / 2)
                Console.WriteLine($"note: {account.Audited.Length} of {account.Steps} steps were audited, the last one step {account.Audited[^1].Step}. Rules look at up to {FewAudits} audits in a row, so of the rest nothing is said: train with --every {Math.Max(1, account.Steps / 50)}.");
            if (found.IsEmpty) Console.WriteLine($"Nothing found wrong in {account.Audited.Length} audited of {account.Steps} steps.");
            return found.Any(d => d.Severity == Severity.Alarm) ? ExitCode.Violation : ExitCode.Success;
        }));
        return command;
    }
}
