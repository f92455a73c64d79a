using System.Collections.Immutable;
using Protonmotive.Solvers;

namespace Protonmotive.Formats.SedMl;

/// <summary>Runs the tasks of one document.</summary>
internal sealed class SedTaskRunner
{
    private const int DeepestNesting = 16;
    private readonly SedDocument document;
    private readonly SedModelFiles files;
    private readonly SedSettings settings;
    private readonly List<string> notes;
    private readonly IProgress<SedProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly Dictionary<string, SedTask> tasks;
    private readonly Dictionary<string, LiveModel> models = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SedAlgorithms> algorithms = new(StringComparer.Ordinal);
    private IReadOnlyList<SedVariable> wanted = [];
    private SedTask running = null!;
    private int done, total;

    public SedTaskRunner(SedDocument document, SedModelFiles files, SedSettings settings, List<string> notes, IProgress<SedProgress>? progress, CancellationToken cancellation)
    {
        (this.document, this.files, this.settings, this.notes, this.progress, this.cancellation) = (document, files, settings, notes, progress, cancellation);
        tasks = document.Tasks.ToDictionary(t => t.Id, StringComparer.Ordinal);
    }

    /// <summary>Runs a task from the start of its models.</summary>
    /// <param name="id">The task.</param>
    /// <param name="variables">What is asked of it.</param>
    /// <returns>The data of each variable.</returns>
    public DataArray[] Run(string id, IReadOnlyList<SedVariable> variables)
    {
        running = tasks[id];
        wanted = variables;
        var (runs, values) = Cost(running, 0, new Dictionary<string, (double, double)>(StringComparer.Ordinal));
        if (runs > settings.MostRuns) throw running.Fault($"The task '{id}' asks for {runs:g6} simulations.", $"At most {settings.MostRuns:g6} are run for one task: shorten its ranges, or split it.");
        if (values * variables.Count > settings.MostValues) throw running.Fault($"The results of the task '{id}' would hold {values * variables.Count:g6} numbers.", $"At most {settings.MostValues:g6} are kept: ask for fewer points or variables.");
        (done, total) = (0, (int)runs);
        foreach (var model in Models(running)) Live(model).Reset(ImmutableDictionary<string, double>.Empty);
        var data = Run(running, ImmutableDictionary<string, double>.Empty);
        return [.. data.Select((d, i) => d ?? throw variables[i].Fault($"The path '{variables[i].Target}' finds nothing in the model of the task '{id}'.", "Check ids and the names of lists against the model's file, and the task the variable names."))];
    }

    private DataArray?[] Run(SedTask task, ImmutableDictionary<string, double> ranges)
    {
        cancellation.ThrowIfCancellationRequested();
        if (task is SedRepeatedTask repeated) return Repeat(repeated, ranges);
        var simple = (SedSimpleTask)task;
        try
        {
            return Once(simple);
        }
        catch (ProtonmotiveException e) when (e is not SedMlException and not Sbml.SbmlException)
        {
            throw new SedMlException(e.What, $"{e.Where} In {task.Where}, task '{task.Id}'{(total > 1 ? $", run {done + 1} of {total} of '{running.Id}'" : "")}.", e.Mend, e);
        }
        finally
        {
            done++;
            progress?.Report(new SedProgress(running.Id, done, total));
        }
    }

    private DataArray?[] Once(SedSimpleTask task)
    {
        var simulation = document.Simulations.First(s => s.Id == task.Simulation);
        if (!algorithms.TryGetValue(simulation.Id, out var algorithm)) algorithms[simulation.Id] = algorithm = SedAlgorithms.Of(simulation, settings, notes);
        var live = Live(task.Model);
        if (algorithm.IsStochastic && simulation is not SedUniformTimeCourse)
            throw simulation.Fault($"The stochastic simulation '{simulation.Id}' is no uniform time course.", "Choose a deterministic algorithm, for instance KISAO:0000019.");
        switch (simulation)
        {
            case SedUniformTimeCourse course:
                if ((course.Steps + 1.0) * live.ColumnCount > settings.MostValues) throw course.Fault(
                    $"The time course '{course.Id}' would keep {course.Steps + 1} rows of {live.ColumnCount} quantities.", $"At most {settings.MostValues:g6} numbers are kept: ask for fewer points.");
                var output = new SedUniformRange("", "", course.OutputStart, course.OutputEnd, course.Steps, false);
                double[] times = [.. Enumerable.Range(0, course.Steps + 1).Select(output.Value)];
                var values = algorithm.IsStochastic ? live.RunByChance(course, algorithm, times, cancellation) : live.Run(algorithm, course.InitialTime, course.OutputEnd, times, null, cancellation);
                return [.. wanted.Select(v => Applies(v, task, live, out var name) ? DataArray.Row(values(name)) : null)];
            case SedOneStep step:
                double end = live.Time + step.Step;
                var after = live.Run(algorithm, live.Time, end, [end], null, cancellation);
                return [.. wanted.Select(v => Applies(v, task, live, out var name) ? DataArray.Of(after(name)[0]) : null)];
            default:
                live.Settle(simulation, algorithm, settings.SteadyStateHorizon, null, cancellation);
                return [.. wanted.Select(v => Applies(v, task, live, out var name) ? DataArray.Of(name is null ? live.Time : live.Value(name)) : null)];
        }
    }

    /// <summary>Whether a variable is one of this task's model, and its name there; null for the time.</summary>
    private static bool Applies(SedVariable variable, SedSimpleTask task, LiveModel live, out string? name)
    {
        name = null;
        if (variable.Model.Length > 0 && variable.Model != task.Model) return false;
        return variable.Target is not { } target || (name = live.Find(variable, target)) is not null;
    }

    private DataArray?[] Repeat(SedRepeatedTask task, ImmutableDictionary<string, double> outer)
    {
        int count = SedRangeValues.Length(task, task.Range);
        var before = Models(task).ToDictionary(m => m, m => Live(m).Overrides, StringComparer.Ordinal);
        var repeats = wanted.Select(_ => new List<DataArray>(count)).ToArray();
        for (int i = 0; i < count; i++)
        {
            // What enclosing tasks have set stands when this one goes back to the start.
            if (task.ResetsModel)
                foreach (var (id, overrides) in before) Live(id).Reset(overrides);
            var ranges = new SedRangeValues(task, i, outer, Current);
            foreach (var change in task.Changes) Set(change, ranges);
            var parts = wanted.Select(_ => new List<DataArray>(task.SubTasks.Length)).ToArray();
            foreach (var sub in task.SubTasks)
            {
                foreach (var change in sub.Changes) Set(change, ranges);
                var data = Run(tasks[sub.Task], ranges.All());
                for (int v = 0; v < data.Length; v++)
                    if (data[v] is { } part) parts[v].Add(part);
            }
            for (int v = 0; v < parts.Length; v++)
                if (parts[v].Count > 0) repeats[v].Add(DataArray.Join(parts[v]));
        }
        return [.. repeats.Select(r => r.Count == 0 ? null : task.Concatenates ? DataArray.Join(r) : DataArray.Stack(r))];
    }

    private void Set(SedSetValue change, SedRangeValues ranges)
    {
        var live = Live(change.Model);
        var name = live.Find(change, change.Target) ?? throw change.Fault($"The path '{change.Target}' finds nothing in the model '{change.Model}'.", "Check ids and the names of lists against the model's file.");
        live.Set(change, name, change.Formula.Evaluate(symbol => change.Formula.Variables.FirstOrDefault(v => v.Id == symbol) is { } variable ? Current(variable, change.Model) : ranges.Value(change, symbol)));
    }

    /// <summary>The value of a variable now.</summary>
    private double Current(SedVariable variable, string model)
    {
        if (variable.Model.Length > 0) model = variable.Model;
        if (model.Length == 0) throw variable.Fault("The variable names no model.", "Give it a modelReference.");
        var live = Live(model);
        if (variable.Target is not { } target) return live.Time;
        return live.Value(live.Find(variable, target) ?? throw variable.Fault($"The path '{target}' finds nothing in the model '{model}'.", "Check ids and the names of lists against the model's file."));
    }

    private LiveModel Live(string id) => models.TryGetValue(id, out var live) ? live
        : models[id] = new LiveModel(document.Models.First(m => m.Id == id), files.Document(id), files.Network(id), notes);

    /// <summary>The models that a task runs or sets.</summary>
    private HashSet<string> Models(SedTask task)
    {
        var result = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<SedTask>([task]);
        while (open.TryPop(out var at))
        {
            if (!seen.Add(at.Id)) continue;
            if (at is SedSimpleTask simple) result.Add(simple.Model);
            if (at is not SedRepeatedTask repeated) continue;
            result.UnionWith(repeated.Changes.Concat(repeated.SubTasks.SelectMany(s => s.Changes)).Select(c => c.Model));
            foreach (var sub in repeated.SubTasks) open.Push(tasks[sub.Task]);
        }
        return result;
    }

    /// <summary>Simulations that a task asks for, and numbers that each of its variables has.</summary>
    private (double Runs, double Values) Cost(SedTask task, int depth, Dictionary<string, (double, double)> known)
    {
        if (depth > DeepestNesting) throw task.Fault($"Repeated tasks are nested deeper than {DeepestNesting}.", "Unfold some of them.");
        if (known.TryGetValue(task.Id, out var cost)) return cost;
        if (task is SedSimpleTask simple) return known[task.Id] = (1, document.Simulations.First(s => s.Id == simple.Simulation) is SedUniformTimeCourse course ? course.Steps + 1.0 : 1);
        var repeated = (SedRepeatedTask)task;
        double runs = 0, values = 0;
        foreach (var sub in repeated.SubTasks)
        {
            var (r, v) = Cost(tasks[sub.Task], depth + 1, known);
            (runs, values) = (runs + r, values + v);
        }
        int length = SedRangeValues.Length(repeated, repeated.Range);
        return known[task.Id] = (runs * length, values * length);
    }
}
