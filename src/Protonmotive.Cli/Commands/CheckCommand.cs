using System.CommandLine;
using System.Text.Json;
using Protonmotive.Formats;
using Protonmotive.Networks;
using Protonmotive.Reports.Runs;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf check.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var models = new Argument<string[]>("models") { Description = "Name of a system (see 'pmf list'), paths of model files, or a folder of them.", Arity = ArgumentArity.OneOrMore };
        var scenario = CommonOptions.Scenario();
        var set = CommonOptions.Set();
        var json = CommonOptions.Json();
        var potentials = CommonOptions.Potentials();
        var samples = new Option<int>("--samples") { Description = "States tried for each law.", DefaultValueFactory = _ => 2000 };
        var seed = new Option<int>("--seed") { Description = "Seed of the sampled states.", DefaultValueFactory = _ => 1 };
        var units = new Option<bool>("--units") { Description = "List every place where the declared units of a law or rule do not fit together." };
        var all = new Option<bool>("--all") { Description = "List every process and conserved total, however many there are." };
        var markdown = new Option<bool>("--markdown") { Description = "Print one table in Markdown, a line a model." };
        var command = new Command("check", "Audit a model before any run: does every law run down its affinity, do cycles of equilibrium constants close, are charge and atoms conserved. Where no potentials are declared, rate laws are split into forward and backward flux. Exit code 1 if a violation is found.\n\nExamples:\n  pmf check mitochondrion\n  pmf check model.xml --potentials potentials.tsv\n  pmf check models/ --markdown")
        {
            models, scenario, set, potentials, samples, seed, units, all, markdown, json,
        };
        command.SetAction(parse => Guard.Run(() =>
        {
            AuditReport Check(Network network) => Audit.Check(network, Math.Max(1, parse.GetValue(samples)), (ulong)parse.GetValue(seed), CommonOptions.Overrides(parse.GetValue(set)));
            var names = parse.GetRequiredValue(models).SelectMany(Expand).ToList();
            if (parse.GetValue(markdown) || names.Count > 1)
            {
                if (parse.GetValue(json)) throw new ModelSourceException("Several models are printed as a table, not as JSON.", "--json", "Check them one by one, or leave --json out.");
                return Table(names, name => Check(ModelSource.Load(name, parse.GetValue(scenario), parse.GetValue(potentials)).Network));
            }
            if (names.Count == 0) throw new ModelSourceException("The folder holds no model.", parse.GetRequiredValue(models)[0], "Give a folder with model files, or a file.");
            var source = ModelSource.Load(names[0], parse.GetValue(scenario), parse.GetValue(potentials));
            var report = Check(source.Network);
            Console.Write(parse.GetValue(json) ? JsonSerializer.Serialize(report, RunJson.Default.AuditReport) + Environment.NewLine : AuditText.Print(report, parse.GetValue(all)));
            if (!parse.GetValue(json)) PrintUnits([.. NetworkUnits.Check(source.Network)], parse.GetValue(units));
            return report.Passed ? ExitCode.Success : ExitCode.Violation;
        }));
        return command;
    }

    /// <summary>A model that can't be read takes a line of the table and does not end it.</summary>
    private static int Table(List<string> names, Func<string, AuditReport> check)
    {
        var rows = new List<(string, AuditReport?, string)>();
        foreach (var name in names)
        {
            try
            {
                rows.Add((Path.GetFileName(name), check(name), ""));
            }
            catch (ProtonmotiveException e)
            {
                rows.Add((Path.GetFileName(name), null, e.What));
            }
        }
        Console.Write(AuditTable.Print(rows));
        return rows.Any(r => r.Item2 is null) ? ExitCode.Failure : rows.Any(r => !r.Item2!.Passed) ? ExitCode.Violation : ExitCode.Success;
    }

    /// <summary>A folder stands for the model files in it, by name.</summary>
    private static IEnumerable<string> Expand(string name)
    {
        if (!Directory.Exists(name)) return [name];
        var extensions = ModelFormats.All.Where(f => f.Load is not null).SelectMany(f => f.Extensions).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Directory.EnumerateFiles(name).Where(f => extensions.Contains(Path.GetExtension(f))).Order(StringComparer.Ordinal);
    }

    /// <summary>Units are advice: conventions such as c° = 1 M leave places that a reader must judge.</summary>
    private static void PrintUnits(UnitMismatch[] mismatches, bool all)
    {
        Console.WriteLine(mismatches.Length == 0 ? "units: every law and rule fits" : $"units: {mismatches.Length} places to look at{(all ? "" : " (list them with --units)")}");
        if (!all) return;
        foreach (var m in mismatches) Console.WriteLine($"  {m}");
    }
}
