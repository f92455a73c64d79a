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
        var pdf = new Option<bool>("--pdf") { Description = "Make report.pdf as well: vector figures, bookmarks." };
        var command = new Command("report", "Make the figures and the report of a run again.\n\nExamples:\n  pmf report runs/mitochondrion\n  pmf report runs/mitochondrion --pdf") { run, pdf };
        command.SetAction(parse => Guard.Run(() =>
        {
            var folder = parse.GetRequiredValue(run);
            var (record, trajectory, ledger) = RunFolder.Read(folder);
            var made = RunReport.Make(record, trajectory, ledger);
            byte[]? print = parse.GetValue(pdf) ? RunReport.Pdf(record, trajectory, ledger) : null;
            RunFolder.WriteReport(folder, made.Report, made.Figures, print);
            Console.WriteLine(Path.Combine(folder, RunFolder.ReportName));
            if (print is not null) Console.WriteLine(Path.Combine(folder, RunFolder.PdfName));
            return ExitCode.Success;
        }));
        return command;
    }
}
