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
    private const int SampledStates = 10_000, CoursePoints = 60;

    public static int Run(LearnSettings settings, string path, StatusLine status, CancellationToken cancellation)
    {
        if (!File.Exists(path)) throw new ModelSourceException("There is no such task or mapping.", path, "Give lotka-volterra, translocase, or the YAML file of a mapping with 'learn'.");
        var task = MeasurementProblem.ReadLearning(path, settings.Seed, (model, scenario) => ModelSource.Load(model, scenario).Network, MeasurementFile.Read);
        string name = Path.GetFileNameWithoutExtension(path);
        var result = settings.Train(new TrajectoryObjective(task.Problem), Plan(task), "learn", name, status, cancellation);
        var known = task.Network.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var audit = Audit.Check(task.Network, SampledStates, settings.Seed, result.Values.Where(v => known.Contains(v.Key)).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal));
        var laws = audit.Processes.Where(p => task.Nets.Any(n => n.Name == p.Name + "_net")).ToList();
        var law = new AnalysisTable("second-law", "The second law and the learned laws",
            [AnalysisColumn.Of("process", laws.Select(p => p.Name)), AnalysisColumn.Of("equation", laws.Select(p => p.Equation)), AnalysisColumn.Of("verdict", laws.Select(p => p.Verdict.ToString())), AnalysisColumn.Of("reason", laws.Select(p => p.Reason))]);
        int free = task.Problem.Parameters.Length - task.Nets.Sum(n => n.Weights.Length);
        var estimates = new AnalysisTable("estimates", "Other estimates", [AnalysisColumn.Of("parameter", result.Parameters.Take(free).Select(p => p.Name)), AnalysisColumn.Of("estimate", "", result.Parameters.Take(free).Select(p => result.Values[p.Name]))]);
        var objective = new FitObjective(task.Problem);
        var visited = laws.Select(p => Visited(task, objective, result, p.Name, cancellation)).Where(v => !v.States.IsEmpty).ToList();
        var about = settings.About(Path.GetFullPath(path), $"Laws learned in {task.Network.Name}") with { Summary = LearningReport.Sentence(result), Notes = [.. visited.Select(LearnedLawReport.Sentence).Where(s => s.Length > 0)] };
        var picture = FitSource.PictureOf(objective, result.Weights, [], settings.Workers, cancellation).Marked(task.Watched, "held out");
        var analysis = LearningReport.Of(about, [(name, result)], picture, visited.Select(LearnedLawReport.Figure), [law, .. free > 0 ? [estimates] : (AnalysisTable[])[], .. visited.Select(LearnedLawReport.Table)]);
        analysis = analysis with { Shown = [.. analysis.Shown.Where(t => !t.Name.StartsWith("law-", StringComparison.Ordinal))] };
        status.Dispose();
        return settings.Run.Give(analysis, "learn", settings.IsJson, () =>
        {
            LearnSettings.Print(name, result);
            foreach (var p in laws) Console.WriteLine($"{p.Name}: {p.Verdict}: {p.Reason}");
            foreach (var p in result.Parameters.Take(free)) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{p.Name} = {result.Values[p.Name]:g6}"));
        }, cancellation);
    }

    // What the law's network read along the simulated courses, and the flux it gave.
    private static VisitedLaw Visited(LearningProblem task, FitObjective objective, TrainingResult result, string process, CancellationToken cancellation)
    {
        string[] inputs = [.. task.Nets.First(n => n.Name == process + "_net").Inputs.Select(i => i.Quantity.Name)];
        string affinity = "affinity." + process;
        string Unit(string name) => task.Problem.System.Observables.FirstOrDefault(o => o.Name == name)?.Unit ?? task.Network.Find(name)?.Unit ?? "";
        var states = ImmutableArray.CreateBuilder<VisitedState>();
        foreach (var (experiment, e) in task.Problem.Experiments.Select((experiment, e) => (experiment, e)))
        {
            double start = experiment.StartTime ?? task.Problem.StartTime, end = experiment.Measurements.Select(m => m.Time).Where(double.IsFinite).DefaultIfEmpty(start).Max();
            if (end <= start) continue;
            double[] times = [.. Enumerable.Range(0, CoursePoints).Select(i => start + ((end - start) * i / (CoursePoints - 1)))];
            IReadOnlyDictionary<string, double[]> course;
            try
            {
                course = objective.Course(result.Weights, e, times, cancellation);
            }
            catch (ProtonmotiveException)
            {
                continue; // the fits show that it fails
            }
            // A parameter has one value along a course.
            double At(string name, int row) => course.TryGetValue(name, out var values) ? values[row]
                : experiment.Condition.Assignments.FirstOrDefault(a => a.Target == name && a.Source < 0)?.Value
                ?? (result.Values.TryGetValue(name, out double estimated) ? estimated : task.Problem.Fixed.TryGetValue(name, out double set) ? set : task.Network.Parameters.FirstOrDefault(p => p.Name == name)?.Value is { IsConstant: true } own ? own.Value : double.NaN);
            for (int row = 0; row < times.Length; row++)
                states.Add(new VisitedState(experiment.Name, task.Watched.Contains(experiment.Name), times[row], [.. inputs.Select(i => At(i, row))], At(process, row), course.ContainsKey(affinity) ? course[affinity][row] : double.NaN));
        }
        return new VisitedLaw(process, task.Network.Processes.First(p => p.Name == process).Law.Proof is null, Unit(process), Unit(affinity), [.. inputs.Select(i => (i, Unit(i)))], states.ToImmutable());
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
