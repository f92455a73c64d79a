using System.CommandLine;
using Protonmotive.Atlas;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf list.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "List the systems that can be run by name, with their scenarios.");
        command.SetAction(_ =>
        {
            foreach (var domain in AtlasCatalogue.Systems.Systems.GroupBy(s => s.Domain))
            {
                Console.WriteLine($"{domain.Key}\n");
                foreach (var system in domain)
                {
                    Console.WriteLine($"  {system.Name,-26} {system.Title}");
                    Console.WriteLine($"  {"",-26} {system.Question}");
                    Console.WriteLine($"  {"",-26} scenarios: {string.Join(", ", system.Scenarios.Select(s => s.Name))}");
                    Console.WriteLine();
                }
            }
            Console.WriteLine("Run one with: pmf run NAME [--scenario S]; see its equations and sources with: pmf show NAME. SBML files are run by their path.");
            return ExitCode.Success;
        });
        return command;
    }
}
