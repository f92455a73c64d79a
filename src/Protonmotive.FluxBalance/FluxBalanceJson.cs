using System.Text;
using System.Text.Json;
using Protonmotive.Formats;

namespace Protonmotive.FluxBalance;

/// <summary>Writes solutions as JSON. What JSON has no number for is written as SBML writes it: "INF", "-INF", "NaN".</summary>
public static class FluxBalanceJson
{
    /// <summary>Writes a solution to a file, whole or not at all; an older file is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="solution">The solution.</param>
    /// <param name="ranges">Ranges of the fluxes, where they were asked for.</param>
    /// <exception cref="ModelFormatException">The file's folder is not there.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Save(string path, FluxBalanceSolution solution, IReadOnlyCollection<FluxRange>? ranges = null)
    {
        using var text = new MemoryStream();
        Write(text, solution, ranges);
        WholeFile.Write(path, overwrite: true, writer => writer.WriteLine(Encoding.UTF8.GetString(text.ToArray())));
    }

    /// <summary>Writes a solution to a stream.</summary>
    public static void Write(Stream stream, FluxBalanceSolution solution, IReadOnlyCollection<FluxRange>? ranges = null)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("model", solution.Model);
        json.WriteString("status", solution.Status.ToString().ToLowerInvariant());
        json.WriteString("objective", solution.Objective.Id);
        json.WriteString("sense", solution.Objective.Maximize ? "maximize" : "minimize");
        Number(json, "objectiveValue", solution.ObjectiveValue);
        Table(json, "objectives", solution.Objectives);
        Table(json, "fluxes", solution.Fluxes);
        Table(json, "freeVariables", solution.FreeVariables);
        Table(json, "shadowPrices", solution.ShadowPrices);
        Table(json, "reducedCosts", solution.ReducedCosts);
        Table(json, "constraintPrices", solution.ConstraintPrices);
        json.WriteStartArray("conflicts");
        foreach (var conflict in solution.Conflicts)
        {
            json.WriteStartObject();
            json.WriteString("id", conflict.Id);
            json.WriteString("bound", conflict.IsUpper ? "upper" : "lower");
            Number(json, "value", conflict.Bound);
            Number(json, "needed", conflict.Needed);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Table(json, "ray", solution.Ray);
        if (ranges is not null) Ranges(json, ranges);
        json.WriteEndObject();
    }

    private static void Ranges(Utf8JsonWriter json, IReadOnlyCollection<FluxRange> ranges)
    {
        json.WriteStartObject("ranges");
        foreach (var range in ranges)
        {
            json.WriteStartObject(range.Reaction);
            Number(json, "minimum", range.Minimum);
            Number(json, "maximum", range.Maximum);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Table(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, double> numbers)
    {
        json.WriteStartObject(name);
        foreach (var (id, value) in numbers) Number(json, id, value);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteString(name, double.IsNaN(value) ? "NaN" : value > 0 ? "INF" : "-INF");
    }
}
