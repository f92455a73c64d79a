using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Fitting.Optimisers;
using Protonmotive.Fitting.Problems;
using Protonmotive.Fitting.Training;
using Protonmotive.Formats.Measurements;
using Protonmotive.Reports.Analyses;
using Protonmotive.Reports.Fits;
using Protonmotive.Reports.Learned;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Cli;

/// <summary>pmf learn MAPPING: laws of a model of one's own.</summary>
internal static class LearnMapping
{
    private const int SampledStates = 10_000;

    public static int Run(LearnSettings settings, string path, StatusLine status, CancellationToken cancellation)
    {
        if (!File.Exists(path)) throw new ModelSourceException("There is no such task or mapping.", path, "Give lotka-volterra, translocase, or the YAML file of a mapping with 'learn'.");
        var task = MeasurementProblem.ReadLearning(path, settings.Seed, (model, scenario) => ModelSource.Load(model, scenario).Network, MeasurementFile.Read);
        string name = Path.GetFileNameWithoutExtension(path);
        var result = settings.Train(new TrajectoryObjective(task.Problem), Plan(task), "learn", name, status, cancellation);
        var known = task.Network.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var audit = Audit.Check(task.Network, SampledStates, settings.Seed, result.Values.Where(v => known.Contains(v.Key)).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal));
        var learned = audit.Processes.Where(p => task.Nets.Any(n => n.Name == p.Name + "_net")).ToList();
        var law = new AnalysisTable("second-law", "The second law and the learned laws",
            [AnalysisColumn.Of("process", learned.Select(p => p.Name)), AnalysisColumn.Of("equation", learned.Select(p => p.Equation)), AnalysisColumn.Of("verdict", learned.Select(p => p.Verdict.ToString())), AnalysisColumn.Of("reason", learned.Select(p => p.Reason))]);
        int free = task.Problem.Parameters.Length - task.Nets.Sum(n => n.Weights.Length);
        var estimates = new AnalysisTable("estimates", "Other estimates", [AnalysisColumn.Of("parameter", result.Parameters.Take(free).Select(p => p.Name)), AnalysisColumn.Of("estimate", "", result.Parameters.Take(free).Select(p => result.Values[p.Name]))]);
        var objective = new FitObjective(task.Problem);
        var laws = new VisitedLaws(task, objective, result);
        var visited = learned.Select(p => laws.Of(p.Name, cancellation)).Where(v => !v.States.IsEmpty).ToList();
        var about = settings.About(Path.GetFullPath(path), $"Laws learned in {task.Network.Name}") with { Summary = LearningReport.Sentence(result), Notes = [.. visited.Select(LearnedLawReport.Sentence).Where(s => s.Length > 0)] };
        var picture = FitSource.PictureOf(objective, result.Weights, [], settings.Workers, cancellation, task.Watched, "held out");
        var analysis = LearningReport.Of(about, [(name, result)], picture, visited.Select(LearnedLawReport.Figure), [law, .. free > 0 ? [estimates] : (AnalysisTable[])[], .. visited.Select(LearnedLawReport.Table)]);
        analysis = analysis with { Shown = [.. analysis.Shown.Where(t => !t.Name.StartsWith("law-", StringComparison.Ordinal))] };
        status.Dispose();
        return settings.Run.Give(analysis, "learn", settings.IsJson, () =>
        {
            LearnSettings.Print(name, result);
            foreach (var p in learned) Console.WriteLine($"{p.Name}: {p.Verdict}: {p.Reason}");
            foreach (var p in result.Parameters.Take(free)) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{p.Name} = {result.Values[p.Name]:g6}"));
        }, cancellation);
    }

    private static TrainingPlan Plan(LearningProblem task)
    {
        double end = task.Problem.Experiments.SelectMany(e => e.Measurements).Max(m => m.Time);
        return new TrainingPlan
        {
            HeldOut = task.Watched,
            Stages =
            [
                new() { Name = "a quarter of the courses", Horizon = end / 4, Optimiser = new Adam { Rate = 0.03, FinalRate = 0.01, IterationLimit = 100 }, CheckEvery = 10 },
                new() { Name = "whole courses, Adam", Optimiser = new Adam { Rate = 0.03, FinalRate = 0.003, IterationLimit = 200 }, CheckEvery = 10 },
                new() { Name = "whole courses", Optimiser = new LimitedMemory { HasUnitSizes = true, IterationLimit = 400, Memory = 30 }, CheckEvery = 10, Patience = 15 },
            ],
        };
    }
}
