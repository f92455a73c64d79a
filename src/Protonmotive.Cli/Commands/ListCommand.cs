using System.CommandLine;
using Protonmotive.Catalogue;
using Protonmotive.Cli.Learning;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf list.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "List the systems that can be run by name, with their scenarios, and the trainings.");
        command.SetAction(_ =>
        {
            foreach (var domain in Catalogues.All.Entries.GroupBy(s => s.Domain))
            {
                Console.WriteLine($"{domain.Key}\n");
                foreach (var entry in domain)
                {
                    Console.WriteLine($"  {entry.Name,-26} {entry.Title}");
                    Console.WriteLine($"  {"",-26} {entry.Question}");
                    Console.WriteLine($"  {"",-26} {Ways(entry)}");
                    Console.WriteLine();
                }
            }
            Console.WriteLine("Run one with: pmf run NAME [--scenario S], or pmf train NAME; see what it is and what it was checked against with: pmf show NAME. SBML files are run by their path.");
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>How an entry is run, or why it can't be.</summary>
    private static string Ways(CatalogueEntry entry) => entry is CatalogueSystem system ? $"scenarios: {string.Join(", ", system.Scenarios.Select(s => s.Name))}"
        : LearningHalf.WhatIsMissing(entry.Command) is var (reason, remedy) ? $"unavailable: {reason}; {remedy}"
        : $"run with: {entry.Command}";
}
