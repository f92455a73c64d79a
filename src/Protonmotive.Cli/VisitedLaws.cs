using System.Collections.Immutable;
using Protonmotive.Fitting.Problems;
using Protonmotive.Fitting.Training;
using Protonmotive.Formats.Measurements;
using Protonmotive.Reports.Learned;

namespace Protonmotive.Cli;

/// <summary>Learned laws where the simulated courses went: what their networks read, and the fluxes they gave.</summary>
internal sealed class VisitedLaws(LearningProblem task, FitObjective objective, TrainingResult result)
{
    private const int Points = 60;

    /// <summary>The law of a process; without states where nothing was measured over time.</summary>
    public VisitedLaw Of(string process, CancellationToken cancellation)
    {
        string[] inputs = [.. task.Nets.First(n => n.Name == process + "_net").Inputs.Select(i => i.Quantity.Name)];
        string affinity = "affinity." + process;
        var states = ImmutableArray.CreateBuilder<VisitedState>();
        for (int e = 0; e < task.Problem.Experiments.Length; e++)
        {
            var experiment = task.Problem.Experiments[e];
            if (Course(e, cancellation) is not var (times, course)) continue;
            double At(string name, int row) => course.TryGetValue(name, out var values) ? values[row] : Constant(experiment, name);
            for (int row = 0; row < times.Length; row++)
                states.Add(new VisitedState(experiment.Name, task.Watched.Contains(experiment.Name), times[row], [.. inputs.Select(i => At(i, row))], At(process, row), course.ContainsKey(affinity) ? At(affinity, row) : double.NaN));
        }
        bool isFree = task.Network.Processes.First(p => p.Name == process).Law.Proof is null;
        return new VisitedLaw(process, isFree, task.Problem.System.TimeUnit, Unit(process), Unit(affinity), [.. inputs.Select(i => (i, Unit(i)))], states.ToImmutable());
    }

    // Null where nothing was measured over time, or the simulation fails, which the fits show.
    private (double[] Times, IReadOnlyDictionary<string, double[]> Values)? Course(int index, CancellationToken cancellation)
    {
        var experiment = task.Problem.Experiments[index];
        double start = experiment.StartTime ?? task.Problem.StartTime, end = experiment.Measurements.Select(m => m.Time).Where(double.IsFinite).DefaultIfEmpty(start).Max();
        if (end <= start) return null;
        double[] times = [.. Enumerable.Range(0, Points).Select(i => start + ((end - start) * i / (Points - 1)))];
        try
        {
            return (times, objective.Course(result.Weights, index, times, cancellation));
        }
        catch (ProtonmotiveException)
        {
            return null;
        }
    }

    // What has one value along a course: set by its condition, estimated, set for all, or the model's own.
    private double Constant(FitExperiment experiment, string name)
    {
        if (experiment.Condition.Assignments.FirstOrDefault(a => a.Target == name && a.Source < 0) is { } assigned) return assigned.Value;
        if (result.Values.TryGetValue(name, out double estimated)) return estimated;
        if (task.Problem.Fixed.TryGetValue(name, out double set)) return set;
        return task.Network.Parameters.FirstOrDefault(p => p.Name == name)?.Value is { IsConstant: true } own ? own.Value : double.NaN;
    }

    private string Unit(string name) => task.Problem.System.Observables.FirstOrDefault(o => o.Name == name)?.Unit ?? task.Network.Find(name)?.Unit ?? "";
}
