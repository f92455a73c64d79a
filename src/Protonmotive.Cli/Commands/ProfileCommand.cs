using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Profiles;
using Protonmotive.Reports.Fits;

namespace Protonmotive.Cli.Commands;

/// <summary>pmf profile.</summary>
internal static class ProfileCommand
{
    private const string Help = """
        Profile likelihoods: for each parameter, how the least objective rises as it is moved and all others are fitted again; confidence intervals, and which parameters the data do not determine. Stopped by ctrl-C, the same command goes on where it was.

        Examples:
          pmf profile fits/problem
          pmf profile fits/problem --parameter k1 --parameter k2 --confidence 0.99
          pmf profile problem.yaml
        """;

    public static Command Create()
    {
        var target = new Argument<string>("fit") { Description = "Folder of a fit, or a problem, which is then fitted from its nominal values." };
        var names = new Option<string[]>("--parameter", "-p") { Description = "Which parameters; all by default.", AllowMultipleArgumentsPerToken = true };
        var confidence = new Option<double>("--confidence") { Description = "Confidence of the intervals.", DefaultValueFactory = _ => 0.95 };
        var points = new Option<int>("--points") { Description = "Most points of a branch.", DefaultValueFactory = _ => new ProfileOptions().PointLimit };
        var workers = CommonOptions.Workers("Threads; all cores by default. The result does not depend on them.");
        var folder = new Option<string?>("--out", "-o") { Description = "Folder; that of the fit by default." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Begin again where profiles are there." };
        var resume = new Option<bool>("--resume") { Description = "Go on with unfinished profiles, and say so if there are none. Without it, too, the same profiles go on." };
        var json = CommonOptions.Json();
        var command = new Command("profile", Help) { target, names, confidence, points, workers, folder, overwrite, resume, json };
        command.SetAction((parse, cancellation) => Task.FromResult(Guard.Run(() =>
        {
            var (run, source, best, _) = FitRun.Begin(parse.GetRequiredValue(target), parse.GetValue(folder), cancellation);
            if (parse.GetValue(resume)) run.CheckResume("profile");
            var options = new ProfileOptions { Confidence = parse.GetValue(confidence), PointLimit = parse.GetValue(points), Workers = parse.GetValue(workers) };
            options.Check();
            var indices = Indices(source, parse.GetValue(names) ?? []);
            var files = run.Open("profile", source.Identity(("confidence", FitSource.Text(options.Confidence)), ("points", options.PointLimit.ToString(CultureInfo.InvariantCulture)), ("about", string.Join(' ', best.Select(FitSource.Text)))), parse.GetValue(overwrite));
            return run.Saving(() => Execute(source, run, best, indices, options, files, RunCommand.CommandLine(parse), parse.GetValue(json), cancellation));
        })));
        return command;
    }

    private static int Execute(FitSource source, FitRun run, double[] best, IReadOnlyList<int> indices, ProfileOptions options, SavedFiles files, string command, bool json, CancellationToken cancellation)
    {
        ImmutableArray<ParameterProfile> profiles;
        using (var status = new StatusLine())
            profiles = ProfileLikelihood.Run(source.Objective, best, indices, options, null, files, status.Of<ProfileProgress>(p => string.Create(CultureInfo.InvariantCulture, $"{p.Branches} of {p.Total} branches, {ScanProgressLine.Rate(p.Evaluations / Math.Max(1e-9, p.Elapsed.TotalSeconds))} evaluations{FitRun.Left(p.Left)}")), cancellation);
        var information = source.Objective.Evaluate(best, ObjectiveParts.GaussNewton, cancellation).GaussNewton;
        var found = information is null ? null : Identifiability.Of(source.Objective.Parameters, information, at: best);
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        settings["confidence"] = FitSource.Text(options.Confidence);
        for (int i = 0; i < source.Objective.Parameters.Length; i++) settings["name " + i.ToString(CultureInfo.InvariantCulture)] = source.Objective.Parameters[i].Name;
        var analysis = FitReports.Profile(FitRun.About(source, "profile", $"Profiles of {source.Problem.Name}", command) with { Settings = settings.ToImmutable() }, profiles, found);
        return run.Give(analysis, "profile", json, () =>
        {
            Console.WriteLine(analysis.Record.Summary);
            Console.WriteLine();
            var table = new TextTable("parameter", "low", "estimate", "high", "") { EndsInWords = true };
            foreach (var p in profiles)
            {
                string End(double v) => double.IsInfinity(v) ? "open" : FitRun.Number(FitReports.Linear(v, p.Parameter.Scale));
                var others = p.Verdict == ProfileVerdict.Identifiable ? "" : string.Join(", ", p.MovesWith.Take(3).Select(m => source.Objective.Parameters[m.Index].Name));
                table.Add(p.Parameter.Name, End(p.Low), FitRun.Number(FitReports.Linear(p.Down.Points[0].Value, p.Parameter.Scale)), End(p.High), FitFigures.Words(p.Verdict) + (others.Length > 0 ? $"; moves with {others}" : ""));
            }
            table.Print();
        }, cancellation);
    }

    private static List<int> Indices(FitSource source, string[] names)
    {
        var parameters = source.Objective.Parameters;
        if (names.Length == 0) return [.. Enumerable.Range(0, parameters.Length)];
        return [.. names.Distinct().Select(name => parameters.ToList().FindIndex(p => p.Name == name) is >= 0 and var i ? i
            : throw new ModelSourceException($"No estimated parameter is called '{name}'.", "--parameter", $"There are {string.Join(", ", parameters.Take(12).Select(p => p.Name))}{(parameters.Length > 12 ? ", …" : "")}."))];
    }
}
