using System.Globalization;
using System.Text.Json;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Optimisers;
using Protonmotive.Fitting.Starts;
using Protonmotive.Reports.Analyses;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Cli;

/// <summary>
/// The folder of a fit: state/ holds starts, profiles and chains as they go, fit/, profile/ and sample/ the reports, each written whole.
/// </summary>
internal sealed class FitRun(string folder)
{
    /// <summary>Its path.</summary>
    public string Folder => folder;

    private string StateOf(string part) => Path.Combine(folder, "state", part);

    /// <summary>Where a part keeps its report.</summary>
    public string ReportOf(string part) => Path.Combine(folder, part);

    /// <summary>Opens the state of a part to begin or go on; to be called when all options are checked. No other process works in the folder from then on.</summary>
    /// <param name="part">The part.</param>
    /// <param name="identity">What is to be done.</param>
    /// <param name="overwrite">Whether what the part has saved is taken away, so that it begins again.</param>
    /// <param name="dependent">Parts that are of what is then made anew: they are taken away too, with their reports.</param>
    /// <exception cref="ProtonmotiveException">Another process works there, or the folder holds something else.</exception>
    public SavedFiles Open(string part, FitIdentity identity, bool overwrite, params string[] dependent)
    {
        SavedFiles.Hold(Path.Combine(folder, "state"));
        CheckReports([part, .. overwrite ? dependent : []]);
        if (!overwrite) return SavedFiles.Open(StateOf(part), identity);
        SavedFiles.Remove(StateOf(part));
        foreach (string other in dependent)
        {
            SavedFiles.Remove(StateOf(other));
            if (Directory.Exists(ReportOf(other))) Directory.Delete(ReportOf(other), recursive: true);
        }
        return SavedFiles.Open(StateOf(part), identity);
    }

    /// <summary>Keeps other processes from working in the folder, where one has begun.</summary>
    /// <exception cref="FitException">Another process works there.</exception>
    public void Hold()
    {
        if (Directory.Exists(Path.Combine(folder, "state"))) SavedFiles.Hold(Path.Combine(folder, "state"));
    }

    /// <summary>Refuses reports in whose place something else is, before the work that they are to tell of.</summary>
    /// <exception cref="ProtonmotiveException">There is.</exception>
    public void CheckReports(params string[] parts)
    {
        foreach (string part in parts.Where(p => Directory.Exists(ReportOf(p)))) AnalysisFolder.CheckTarget(ReportOf(part), overwrite: true);
    }

    /// <summary>Work of which all that counts is saved as it goes.</summary>
    public int Saving(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (OperationCanceledException)
        {
            return Stopped();
        }
    }

    /// <summary>Refuses to go on where nothing was begun.</summary>
    public void CheckResume(string part)
    {
        if (SavedFiles.There(StateOf(part)) is null) throw new ModelSourceException($"There is no {part} to go on with.", folder, "Leave --resume out to begin one, or give its folder with --out.");
    }

    /// <summary>The problem and point that a profile or a sampling begins with: a fit's folder, or a problem at its nominal values, moved to the nearest minimum.</summary>
    /// <param name="target">Folder of a fit, or path of a problem.</param>
    /// <param name="output">Folder to work in; null for that of the fit.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The folder to work in, the problem, the best point, and other good points.</returns>
    /// <exception cref="ProtonmotiveException">There is none, or the problem has changed since.</exception>
    public static (FitRun Run, FitSource Source, double[] Best, List<double[]> Others) Begin(string target, string? output, CancellationToken cancellation)
    {
        if (!Directory.Exists(target))
        {
            var source = FitSource.Load(target);
            var state = new TrustRegion().Minimise(source.Objective, source.Nominal(), cancellation: cancellation);
            if (!double.IsFinite(state.Value)) throw new FitException("The objective is infinite at the nominal values.", state.Message, "Fit first with pmf fit, then give the folder of the fit.");
            return (new FitRun(output ?? Path.Combine("fits", source.Name)), source, state.X, []);
        }
        var run = new FitRun(target);
        var record = Path.Combine(run.ReportOf("fit"), "analysis.json");
        if (!File.Exists(record) || SavedFiles.There(run.StateOf("fit")) is not { } files)
            throw new ModelSourceException("The folder holds no finished fit.", target, "Give the folder of a fit (pmf fit PROBLEM.yaml; of explanations, with --together), or the problem itself.");
        AnalysisRecord? about;
        try
        {
            about = JsonSerializer.Deserialize(File.ReadAllText(record), AnalysisJson.Default.AnalysisRecord);
        }
        catch (JsonException e)
        {
            throw new ModelSourceException($"The record of the fit can't be read: {e.Message}", record, "Run pmf fit again with the same folder: it writes the record anew.");
        }
        var loaded = FitSource.Load(about!.System);
        if (files.Identity.Entries.GetValueOrDefault("problem") != loaded.Hash)
            throw new ModelSourceException("The problem has changed since it was fitted.", about.System, "Fit it again, or put the files back as they were.");
        var result = MultiStart.Saved(loaded.Objective, files) ?? throw new ModelSourceException("The fit has no starts.", target, "Fit again.");
        if (!double.IsFinite(result.Best.State.Value)) throw new ModelSourceException("Every start of the fit failed.", target, "Look at the report of the fit for the reason.");
        return (new FitRun(output ?? target), loaded, result.Best.State.X, [.. result.Starts.Where(s => s.State.Value < result.Best.State.Value + 2).Select(s => s.State.X)]);
    }

    /// <summary>What the reports of a problem have in common.</summary>
    public static AnalysisRecord About(FitSource source, string kind, string title, string command) => new() { Kind = kind, System = source.Path, Title = title, SourceHash = source.Hash, Command = command };

    /// <summary>Prints where the report is, or all as JSON.</summary>
    public int Give(Analysis analysis, string part, bool json, Action print, CancellationToken cancellation)
    {
        analysis.Write(ReportOf(part), overwrite: true, cancellation);
        if (json)
        {
            Console.WriteLine($"{{\"folder\":{JsonSerializer.Serialize(Path.GetFullPath(folder), RunJson.Default.String)},\"analysis\":{analysis.Record.ToJson()}}}");
            return ExitCode.Success;
        }
        print();
        foreach (var note in analysis.Record.Notes) Console.WriteLine($"note: {note}");
        Console.WriteLine();
        Console.WriteLine($"folder: {folder}");
        Console.WriteLine($"report: {Path.Combine(ReportOf(part), RunFolder.ReportName)}");
        return ExitCode.Success;
    }

    private int Stopped()
    {
        Console.Error.WriteLine($"Stopped. What is done stays in {folder}; the same command goes on from it, without --overwrite.");
        return ExitCode.Interrupted;
    }

    /// <summary>Time left as words, with a comma before; "" where unknown.</summary>
    public static string Left(TimeSpan? left) => left is { } time ? $", {ScanProgressLine.Duration(time.TotalSeconds)} left" : "";

    /// <summary>A number for tables.</summary>
    public static string Number(double value) => double.IsPositiveInfinity(value) ? "∞" : value.ToString("g6", CultureInfo.InvariantCulture);
}
