using System.CommandLine;
using Protonmotive.Reports;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf report.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "Folder of a run." };
        var command = new Command("report", "Make the figures and the report of a run again.\n\nExample:\n  pmf report runs/mitochondrion") { run };
        command.SetAction(parse => Guard.Run(() =>
        {
            var folder = parse.GetRequiredValue(run);
            var (record, trajectory, ledger) = RunFolder.Read(folder);
            var made = RunReport.Make(record, trajectory, ledger);
            RunFolder.WriteReport(folder, made.Report, made.Figures);
            Console.WriteLine(Path.Combine(folder, RunFolder.ReportName));
            return ExitCode.Success;
        }));
        return command;
    }
}
