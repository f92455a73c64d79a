using System.Collections.Immutable;

namespace Protonmotive.Formats.SedMl;

/// <summary>Runs experiments.</summary>
/// <remarks>
/// Where the specification leaves it open: a one-step gives the value at its end; the outputs of several sub-tasks follow each
/// other; a time course begins at its own initial time, also where the model goes on from another run; a reset keeps what
/// enclosing repeated tasks have set.
/// </remarks>
public static class SedExecution
{
    /// <summary>Runs the tasks that a document's outputs need, and computes their data.</summary>
    /// <param name="document">The experiment.</param>
    /// <param name="files">Where its models are.</param>
    /// <param name="folder">The document's folder in these files; empty for the topmost.</param>
    /// <param name="settings">Tolerance and limits.</param>
    /// <param name="progress">Told the simulations done.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="ProtonmotiveException">The document, a model or a solve is at fault.</exception>
    public static SedResult Run(SedDocument document, ExperimentFiles files, string folder = "", SedSettings? settings = null, IProgress<SedProgress>? progress = null, CancellationToken cancellation = default)
    {
        var notes = new List<string>(document.Notes);
        var runner = new SedTaskRunner(document, new SedModelFiles(document, files, folder, notes), settings ?? SedSettings.Default, notes, progress, cancellation);
        var needed = Needed(document);
        var used = needed.SelectMany(d => d.Formula.UsedVariables()).ToList();
        var results = new Dictionary<(string Task, string Model, string? Target), DataArray>();
        foreach (var byTask in used.GroupBy(v => v.Task))
        {
            var wanted = byTask.DistinctBy(Key).ToList();
            var data = runner.Run(byTask.Key, wanted);
            for (int i = 0; i < wanted.Count; i++) results[Key(wanted[i])] = data[i];
        }
        foreach (var idle in document.Tasks.Where(t => !Runs(document, used).Contains(t.Id))) notes.Add($"The task '{idle.Id}' is not run: no output needs it.");
        var values = needed.ToImmutableDictionary(d => d.Id, d => d.Formula.Evaluate(name => results[Key(d.Formula.Variables.First(v => v.Id == name))]), StringComparer.Ordinal);
        return new SedResult(document, values, [.. notes]);
    }

    private static (string Task, string Model, string? Target) Key(SedVariable v) => (v.Task, v.Model, v.Target?.Text);

    /// <summary>The data that outputs show; all of them where there are no outputs.</summary>
    private static List<SedDataGenerator> Needed(SedDocument document)
    {
        var ids = document.Outputs.SelectMany(o => o switch
        {
            SedReport report => report.DataSets.Select(s => s.Data),
            SedPlot2D plot => plot.Curves.SelectMany(c => new[] { c.X, c.Y, c.UpperY ?? c.Y }),
            SedPlot3D plot => plot.Surfaces.SelectMany(s => new[] { s.X, s.Y, s.Z }),
            _ => [],
        }).ToHashSet(StringComparer.Ordinal);
        return [.. document.DataGenerators.Where(d => document.Outputs.IsEmpty || ids.Contains(d.Id))];
    }

    private static HashSet<string> Runs(SedDocument document, List<SedVariable> used)
    {
        var runs = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(used.Select(v => v.Task));
        while (open.TryPop(out var id))
            if (runs.Add(id) && document.Tasks.First(t => t.Id == id) is SedRepeatedTask repeated)
                foreach (var sub in repeated.SubTasks) open.Push(sub.Task);
        return runs;
    }
}
