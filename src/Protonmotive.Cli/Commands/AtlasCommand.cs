using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using Protonmotive.Catalogue;
using Protonmotive.Cli.Learning;
using Protonmotive.Reports;
using Protonmotive.Reports.Atlas;
using Protonmotive.Reports.Documents;
using Protonmotive.Reports.Runs;
using Protonmotive.Trainings;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf atlas.</summary>
internal static class AtlasCommand
{
    private const string PageName = "atlas.html", PdfName = "atlas.pdf";

    public static Command Create()
    {
        var folder = new Option<string>("--out", "-o") { Description = "Folder of the atlas.", DefaultValueFactory = _ => "atlas" };
        var only = new Option<string[]>("--only") { Description = "Systems and trainings to show, by name, separated by commas or spaces; all by default.", AllowMultipleArgumentsPerToken = true };
        var every = new Option<bool>("--all-scenarios") { Description = "Run every scenario of each system, not only those its chapter needs." };
        var workers = CommonOptions.Workers("Runs at once; one for each core by default.");
        var overwrite = new Option<bool>("--overwrite") { Description = "Run again what is there." };
        var train = new Option<bool>("--train") { Description = "Train the networks anew (with libtorch) instead of showing the runs that are kept with pmf." };
        var command = new Command("atlas", "Run all systems of the catalogue and write them as one page that opens offline and as PDF: equations, figures, books, and how well each agrees with what is known. Stopped by ctrl-C, the same command goes on where it was.\n\nExamples:\n  pmf atlas\n  pmf atlas --only squid-axon,schloegl --all-scenarios --out nerve") { folder, only, every, workers, train, overwrite };
        command.SetAction((parse, cancellation) => Task.FromResult(Guard.Run(() =>
        {
            ImmutableArray<CatalogueEntry> chosen = parse.GetValue(only) is { Length: > 0 } names
                ? [.. names.SelectMany(n => n.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct().Select(Catalogues.All.Entry)]
                : Catalogues.All.Entries;
            ImmutableArray<CatalogueSystem> systems = [.. chosen.OfType<CatalogueSystem>()];
            ImmutableArray<Training> trainings = [.. chosen.OfType<Training>()];
            var tasks = systems.SelectMany(s => (parse.GetValue(every) ? s.Scenarios : s.Shown).Select(c => (System: s, Scenario: c))).ToList();
            string target = parse.GetValue(folder)!;
            Prepare(target);
            if (parse.GetValue(train) && LearningChapters.Train(trainings, target, parse.GetValue(overwrite)) is not ExitCode.Success and var code) return code;
            var runs = new AtlasRun[tasks.Count];
            int done = 0;
            bool isShown = !Console.IsErrorRedirected;
            Parallel.For(0, tasks.Count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = parse.GetValue(workers) is > 0 and var n ? n : Environment.ProcessorCount }, i =>
            {
                runs[i] = Run(tasks[i].System, tasks[i].Scenario, target, parse.GetValue(overwrite), cancellation);
                int count = Interlocked.Increment(ref done);
                if (isShown) Console.Error.Write($"\r{count} of {tasks.Count} runs      ");
            });
            if (isShown) Console.Error.Write("\r" + new string(' ', 30) + "\r");
            AtlasChapter[] chapters = [.. systems.Select(s => new AtlasChapter(s, [.. runs.Where((_, i) => tasks[i].System == s)])), .. trainings.Select(t => LearningChapters.Read(t, target, cancellation))];
            var document = AtlasDocument.Of(chapters);
            Save(Path.Combine(target, PageName), Encoding.UTF8.GetBytes(HtmlWriter.Write(document)));
            Save(Path.Combine(target, PdfName), PdfWriter.Write(document));
            Console.WriteLine($"{chapters.Length} systems, {chapters.Sum(c => c.Runs.Length)} runs; the worst books close to {chapters.SelectMany(c => c.Runs).Max(r => r.Ledger.ClosureResidual):0e+0} of the energy turned over");
            Console.WriteLine($"atlas: {Path.Combine(target, PageName)}, {Path.Combine(target, PdfName)}");
            return ExitCode.Success;
        })));
        return command;
    }

    private static void Prepare(string target)
    {
        try
        {
            Directory.CreateDirectory(target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException("The folder of the atlas can't be made.", target, "Choose another one with --out, or mend its rights.", e);
        }
    }

    // A run that is there, by this version, is read; else it is made.
    private static AtlasRun Run(CatalogueSystem system, Scenario scenario, string target, bool overwrite, CancellationToken cancellation)
    {
        string name = $"runs/{system.Name}-{scenario.Name}", path = Path.Combine(target, "runs", $"{system.Name}-{scenario.Name}");
        var settings = new SimulationSettings { Command = $"pmf run {system.Name} --scenario {scenario.Name}" };
        if (!overwrite && Directory.Exists(path))
        {
            var (record, trajectory, ledger) = RunFolder.Read(path);
            if (record.Versions.SequenceEqual(Simulation.Versions)) return AtlasRun.Of(record, trajectory, ledger, name);
        }
        var result = Simulation.Run(new Model(system.Name, system.Build(scenario), system, scenario), settings, cancellation: cancellation);
        var run = RunReport.Make(result.Record, Trajectory.Of(result.Solution), result.Ledger);
        RunFolder.Write(path, run, overwrite: true, cancellation);
        return AtlasRun.Of(run.Record, run.Trajectory, run.Ledger, name);
    }

    private static void Save(string path, byte[] content)
    {
        string temporary = path + ".writing";
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }
}
