using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Problems;
using Protonmotive.Fitting.Training;
using Protonmotive.Reports.Analyses;
using Protonmotive.Reports.Learned;

namespace Protonmotive.Cli;

/// <summary>What the tasks of pmf learn have in common.</summary>
/// <param name="Run">The folder.</param>
/// <param name="Seed">Seed of noise and weights.</param>
/// <param name="Workers">Threads; 0 for all cores.</param>
/// <param name="Command">The command line.</param>
/// <param name="IsJson">Whether JSON is printed.</param>
/// <param name="IsNew">Whether what an earlier training left is taken away.</param>
internal sealed record LearnSettings(FitRun Run, ulong Seed, int Workers, string Command, bool IsJson, bool IsNew)
{
    /// <summary>Trains, or goes on, with the state kept in a part of the folder.</summary>
    public TrainingResult Train(TrajectoryObjective objective, TrainingPlan plan, string part, string name, StatusLine status, CancellationToken cancellation)
    {
        Run.CheckReports("learn");
        plan = plan with { Workers = Workers };
        var identity = FitIdentity.Of(objective, [.. plan.Identity, new("task", name), new("seed", Seed.ToString(CultureInfo.InvariantCulture)), new("measurements", Digest(objective.Problem))]);
        return new Trainer(objective, plan).Run(null, Run.Open(part, identity, IsNew),
            status.Of<TrainingProgress>(p => string.Create(CultureInfo.InvariantCulture, $"{name}: stage {p.Stage + 1} of {p.Stages} ({p.Name}), iteration {p.Iteration}, chi2 per measurement {p.Training:0.000} trained, {p.HeldOut:0.000} held out")), cancellation);
    }

    /// <summary>What the report of a task has in any case.</summary>
    public AnalysisRecord About(string system, string title) => new()
    {
        Kind = "learn", System = system, Title = title, Command = Command,
        Settings = ImmutableSortedDictionary<string, string>.Empty.Add("seed", Seed.ToString(CultureInfo.InvariantCulture)),
    };

    /// <summary>A table of the looks at the end of each stage.</summary>
    public static void Print(string name, TrainingResult result) => Console.WriteLine($"{name}: {LearningReport.Sentence(result)}");

    // Sum of all measured numbers: enough to tell that the data are others.
    private static string Digest(FitProblem problem) => problem.Experiments.SelectMany(e => e.Measurements).Sum(m => m.Value).ToString("R", CultureInfo.InvariantCulture);
}
