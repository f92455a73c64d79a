using System.CommandLine;
using System.Text.Json;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf ledger.</summary>
internal static class LedgerCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "Folder of a run." };
        var json = CommonOptions.Json();
        var command = new Command("ledger", "Print the energy ledger of a run.\n\nExample:\n  pmf ledger runs/mitochondrion") { run, json };
        command.SetAction(parse => Guard.Run(() =>
        {
            var (_, _, ledger) = RunFolder.Read(parse.GetRequiredValue(run));
            Console.WriteLine(parse.GetValue(json) ? JsonSerializer.Serialize(ledger, RunJson.Default.Ledger) : ledger.ToString().TrimEnd());
            return ExitCode.Success;
        }));
        return command;
    }
}
