namespace Protonmotive.Formats.SedMl;

/// <summary>Checks that every id that a document refers to is there, and that nothing contains itself.</summary>
internal static class SedReferences
{
    public static void Check(SedDocument document)
    {
        var models = Unique(document.Models);
        var simulations = Unique(document.Simulations);
        var tasks = Unique(document.Tasks);
        var data = Unique(document.DataGenerators);
        _ = Unique(document.Outputs);
        foreach (var model in document.Models)
            foreach (var variable in model.Changes.OfType<SedComputeChange>().SelectMany(c => c.Formula.Variables)) Known(variable, variable.Model, models, "model", optional: true);
        foreach (var task in document.Tasks)
        {
            if (task is SedSimpleTask simple)
            {
                Known(task, simple.Model, models, "model");
                Known(task, simple.Simulation, simulations, "simulation");
            }
            else if (task is SedRepeatedTask repeated)
            {
                var ranges = Unique(repeated.Ranges);
                Known(task, repeated.Range, ranges, "range");
                foreach (var range in repeated.Ranges.OfType<SedFunctionalRange>()) Known(range, range.Range, ranges, "range", optional: true);
                foreach (var sub in repeated.SubTasks) Known(sub, sub.Task, tasks, "task");
                foreach (var change in repeated.Changes.Concat(repeated.SubTasks.SelectMany(s => s.Changes)))
                {
                    Known(change, change.Model, models, "model");
                    foreach (var variable in change.Formula.Variables) Known(variable, variable.Model, models, "model", optional: true);
                }
            }
        }
        Circles(document.Tasks.OfType<SedRepeatedTask>(), t => t.SubTasks.Select(s => s.Task), "repeated task");
        Circles(document.Models, m => ModelReference(models, m) is { } source ? [source.Id] : [], "model");
        foreach (var variable in document.DataGenerators.SelectMany(d => d.Formula.Variables))
        {
            Known(variable, variable.Task, tasks, "task");
            Known(variable, variable.Model, models, "model", optional: true);
        }
        foreach (var output in document.Outputs) CheckOutput(output, data);
    }

    /// <summary>The model that another one starts from; null for a file.</summary>
    public static SedModel? ModelReference(IReadOnlyDictionary<string, SedElement> models, SedModel model)
    {
        var id = model.Source.StartsWith('#') ? model.Source[1..] : model.Source;
        if (models.TryGetValue(id, out var found)) return (SedModel)found;
        return model.Source.StartsWith('#') ? throw model.Fault($"There is no model '{id}'.", Listed("model", models.Keys)) : null;
    }

    private static void CheckOutput(SedOutput output, Dictionary<string, SedElement> data)
    {
        switch (output)
        {
            case SedReport report:
                foreach (var set in report.DataSets) Known(set, set.Data, data, "data generator");
                break;
            case SedPlot2D plot:
                foreach (var curve in plot.Curves)
                {
                    Known(curve, curve.X, data, "data generator");
                    Known(curve, curve.Y, data, "data generator");
                    Known(curve, curve.UpperY ?? "", data, "data generator", optional: true);
                }
                break;
            case SedPlot3D plot:
                foreach (var surface in plot.Surfaces)
                    foreach (var axis in new[] { surface.X, surface.Y, surface.Z }) Known(surface, axis, data, "data generator");
                break;
        }
    }

    private static Dictionary<string, SedElement> Unique(IEnumerable<SedElement> elements)
    {
        var known = new Dictionary<string, SedElement>(StringComparer.Ordinal);
        foreach (var e in elements)
            if (e.Id.Length > 0 && !known.TryAdd(e.Id, e)) throw e.Fault($"The id '{e.Id}' is used twice.", "Give one of them another id.");
        return known;
    }

    private static void Known(SedElement user, string id, Dictionary<string, SedElement> known, string what, bool optional = false)
    {
        if ((optional && id.Length == 0) || known.ContainsKey(id)) return;
        throw user.Fault(id.Length == 0 ? $"A {what} is not named." : $"There is no {what} '{id}'.", Listed(what, known.Keys));
    }

    private static string Listed(string what, IEnumerable<string> ids)
    {
        var all = ids.ToList();
        return all.Count == 0 ? $"The document has no {what} at all: add it." : $"Known: {string.Join(", ", all.Take(20))}{(all.Count > 20 ? ", …" : "")}.";
    }

    /// <summary>Follows references with a list of its own, so that a long chain can't exhaust the stack.</summary>
    private static void Circles<T>(IEnumerable<T> elements, Func<T, IEnumerable<string>> uses, string what)
        where T : SedElement
    {
        var byId = elements.Where(e => e.Id.Length > 0).ToDictionary(e => e.Id, StringComparer.Ordinal);
        var open = new HashSet<string>(StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in byId.Values)
        {
            var stack = new Stack<(T Element, bool Leaving)>([(start, false)]);
            while (stack.TryPop(out var item))
            {
                if (item.Leaving)
                {
                    open.Remove(item.Element.Id);
                    done.Add(item.Element.Id);
                    continue;
                }
                if (done.Contains(item.Element.Id)) continue;
                if (!open.Add(item.Element.Id)) continue;
                stack.Push((item.Element, true));
                foreach (var id in uses(item.Element))
                {
                    if (open.Contains(id)) throw item.Element.Fault($"The {what} '{item.Element.Id}' contains itself, by way of '{id}'.", "Break the circle.");
                    if (byId.TryGetValue(id, out var next)) stack.Push((next, false));
                }
            }
        }
    }
}
