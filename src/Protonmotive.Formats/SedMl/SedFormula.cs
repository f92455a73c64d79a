using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.SedMl;

/// <summary>A formula over variables and parameters, with aggregates (the largest of all values and the like) taken first.</summary>
/// <param name="Body">In ids of variables, parameters and ranges, and the names of its aggregates.</param>
/// <param name="Aggregates">Inner ones before those that use them.</param>
/// <param name="Variables">Variables it may use.</param>
/// <param name="Parameters">Numbers it may use, by id.</param>
/// <param name="Where">File, line and column.</param>
public sealed record SedFormula(Expression Body, ImmutableArray<SedAggregate> Aggregates, ImmutableArray<SedVariable> Variables, ImmutableDictionary<string, double> Parameters, string Where)
{
    /// <summary>The variables that the formula does use.</summary>
    public IEnumerable<SedVariable> UsedVariables()
    {
        var used = Aggregates.Select(a => a.Operand).Append(Body).SelectMany(e => e.Symbols()).ToHashSet(StringComparer.Ordinal);
        return Variables.Where(v => used.Contains(v.Id));
    }

    /// <summary>Its value, each name standing for one number.</summary>
    /// <param name="values">Value of a variable or range.</param>
    public double Evaluate(Func<string, double> values) => Evaluate(name => DataArray.Of(values(name))).Values[0];

    /// <summary>Its values, each name standing for an array; arrays of one value go with every shape.</summary>
    /// <param name="values">Values of a variable or range.</param>
    /// <exception cref="SedMlException">Two arrays have different shapes.</exception>
    public DataArray Evaluate(Func<string, DataArray> values)
    {
        var known = Parameters.ToDictionary(p => p.Key, p => DataArray.Of(p.Value), StringComparer.Ordinal);
        DataArray Value(string name) => known.TryGetValue(name, out var value) ? value : known[name] = values(name);
        foreach (var aggregate in Aggregates) known[aggregate.Name] = DataArray.Of(aggregate.Reduce(Pointwise(aggregate.Operand, Value)));
        return Pointwise(Body, Value);
    }

    private DataArray Pointwise(Expression formula, Func<string, DataArray> values)
    {
        if (formula.Operation == Operation.Symbol) return values(formula.Name);
        var arrays = formula.Symbols().ToDictionary(s => s, values, StringComparer.Ordinal);
        var shape = DataArray.Of(0);
        foreach (var (name, array) in arrays)
        {
            if (array.Values.Length == 1) continue;
            if (shape.Values.Length > 1 && !shape.Shape.SequenceEqual(array.Shape)) throw new SedMlException(
                $"'{name}' has {array.ShapeText}, another variable of the formula {shape.ShapeText}.", Where, "Use variables of tasks with the same number of outputs, or aggregates of them.");
            shape = array;
        }
        var result = new double[shape.Values.Length];
        for (int i = 0; i < result.Length; i++)
        {
            int row = i;
            result[i] = formula.Evaluate(name => arrays[name] is var a && a.Values.Length == 1 ? a.Values[0] : a.Values[row]);
        }
        return new DataArray(shape.Shape, result);
    }
}

/// <summary>One number made of all values of a formula.</summary>
/// <param name="Name">Its symbol in the formulas around it.</param>
/// <param name="Kind">min, max, sum or product.</param>
/// <param name="Operand">The formula.</param>
public sealed record SedAggregate(string Name, string Kind, Expression Operand)
{
    /// <summary>The kinds that are read.</summary>
    public static ImmutableArray<string> Kinds { get; } = ["min", "max", "sum", "product"];

    internal double Reduce(DataArray data)
    {
        // Rows that are shorter than others are filled with NaN: these are no values.
        var values = data.Values.Where(v => !double.IsNaN(v)).ToList();
        if (values.Count == 0) return double.NaN;
        return Kind switch
        {
            "min" => values.Min(),
            "max" => values.Max(),
            "sum" => values.Sum(),
            _ => values.Aggregate(1.0, (a, b) => a * b),
        };
    }
}
