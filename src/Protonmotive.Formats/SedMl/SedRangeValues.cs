using System.Collections.Immutable;

namespace Protonmotive.Formats.SedMl;

/// <summary>The values that the ranges of a repeated task have in one repeat.</summary>
/// <param name="task">The task.</param>
/// <param name="index">Which repeat, from 0.</param>
/// <param name="outer">Ranges of the tasks around it.</param>
/// <param name="current">The value of a variable now, in a model where it names none.</param>
internal sealed class SedRangeValues(SedRepeatedTask task, int index, ImmutableDictionary<string, double> outer, Func<SedVariable, string, double> current)
{
    private readonly Dictionary<string, double> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> open = new(StringComparer.Ordinal);

    /// <summary>Number of values of a range.</summary>
    public static int Length(SedRepeatedTask task, string id)
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var range = task.Ranges.First(r => r.Id == id);
            switch (range)
            {
                case SedUniformRange uniform: return uniform.Steps + 1;
                case SedVectorRange vector: return vector.Values.Length;
            }
            var functional = (SedFunctionalRange)range;
            if (!met.Add(id)) throw range.Fault($"The range '{id}' has the length of itself.", "Name a uniform or vector range.");
            id = functional.Range.Length > 0 ? functional.Range : task.Range;
        }
    }

    /// <summary>The values of all ranges, those of enclosing tasks included.</summary>
    public ImmutableDictionary<string, double> All() => outer.SetItems(task.Ranges.Select(r => KeyValuePair.Create(r.Id, Value(r, r.Id))));

    /// <summary>The value of a range.</summary>
    /// <param name="user">What uses it, for errors.</param>
    /// <param name="id">Its id.</param>
    public double Value(SedElement user, string id)
    {
        if (known.TryGetValue(id, out double value)) return value;
        var range = task.Ranges.FirstOrDefault(r => r.Id == id);
        if (range is null) return outer.TryGetValue(id, out value) ? value : throw user.Fault($"The symbol '{id}' is not defined.", $"Ranges here are {string.Join(", ", task.Ranges.Select(r => r.Id).Concat(outer.Keys))}; declare other symbols as variables or parameters.");
        if (range is not SedFunctionalRange && index >= Length(task, id)) throw range.Fault(
            $"The range '{id}' has {Length(task, id)} values, and the task '{task.Id}' repeats {Length(task, task.Range)} times.", "Give it as many values as the task's range.");
        if (!open.Add(id)) throw range.Fault($"The range '{id}' is computed from itself.", "Break the circle.");
        value = range switch
        {
            SedUniformRange uniform => uniform.Value(index),
            SedVectorRange vector => vector.Values[index],
            SedFunctionalRange functional => functional.Formula.Evaluate(symbol => functional.Formula.Variables.FirstOrDefault(v => v.Id == symbol) is { } variable ? current(variable, "") : Value(functional, symbol)),
            _ => throw new NotSupportedException(range.GetType().Name),
        };
        open.Remove(id);
        return known[id] = value;
    }
}
