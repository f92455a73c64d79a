using Protonmotive.Reports;
using Protonmotive.Reports.Atlas;
using Protonmotive.Reports.Runs;
using Protonmotive.Trainings;

namespace Protonmotive.Cli.Learning;

/// <summary>The chapters of trainings in the atlas: of runs that the learning half made for it, else of those that are kept with pmf.</summary>
internal static class LearningChapters
{
    /// <summary>Trains for an atlas, one after the other; what is there already is left.</summary>
    /// <param name="trainings">The trainings.</param>
    /// <param name="target">Folder of the atlas.</param>
    /// <param name="overwrite">Whether a run that is there is made again.</param>
    /// <returns>Exit code of the first training that failed or was stopped; 0 where none did.</returns>
    /// <exception cref="LearningHalfException">The learning half can't be started here.</exception>
    public static int Train(IEnumerable<Training> trainings, string target, bool overwrite)
    {
        foreach (var training in trainings)
        {
            var path = Path.Combine(target, FolderOf(training));
            if (!overwrite && IsMadeHere(path)) continue;
            Console.Error.WriteLine(training.Command);
            int code = LearningHalf.Run(["train", training.Name, "--every", AuditEvery, "--out", path, "--overwrite"]);
            if (code != ExitCode.Success) return code;
        }
        return ExitCode.Success;
    }

    /// <summary>The chapter of a training. Where the atlas has no run of it, the one that is kept is written there first.</summary>
    /// <param name="training">The training.</param>
    /// <param name="target">Folder of the atlas.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="RunFolderException">A run is damaged, or the disk refuses.</exception>
    public static AtlasChapter Read(Training training, string target, CancellationToken cancellation = default)
    {
        string name = FolderOf(training), path = Path.Combine(target, name);
        bool isThere = IsMadeHere(path);
        var (record, trajectory, ledger) = isThere ? RunFolder.Read(path) : BuiltInTrainings.RunOf(training);
        record = isThere ? training.Complete(record) : record with { ScenarioText = $"{record.ScenarioText} {Kept}" };
        if (!isThere) RunFolder.Write(path, RunReport.Make(record, trajectory, ledger), overwrite: true, cancellation);
        return new AtlasChapter(training, [AtlasRun.Of(record, trajectory, ledger, name)]);
    }

    // Given, and not chosen by the machine's times, so that the books are of the same steps everywhere.
    private const string AuditEvery = "100";

    private const string Kept = "This run was made beforehand and is kept with pmf; 'pmf atlas --train' makes it anew.";

    private static string FolderOf(Training training) => "runs/" + training.Name;

    // A run that is kept is written anew each time, so that it is the one of this version.
    private static bool IsMadeHere(string path) => Directory.Exists(path) && !RunFolder.Read(path).Record.ScenarioText.EndsWith(Kept, StringComparison.Ordinal);
}
