using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Protonmotive.Reports.Runs;

namespace Protonmotive.Reports.Analyses;

/// <summary>An analysis of a model: what was asked, what came out, in tables.</summary>
public sealed record AnalysisRecord
{
    /// <summary>Version of this layout.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version the folder was written with.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Which analysis: control, continue or sobol.</summary>
    public required string Kind { get; init; }

    /// <summary>Name of the system, or path of the file.</summary>
    public required string System { get; init; }

    /// <summary>Title for readers.</summary>
    public required string Title { get; init; }

    /// <summary>Scenario, empty for files.</summary>
    public string Scenario { get; init; } = "";

    /// <summary>SHA-256 of the source file, empty for atlas systems.</summary>
    public string SourceHash { get; init; } = "";

    /// <summary>The command that makes it again.</summary>
    public string Command { get; init; } = "";

    /// <summary>The finding in a sentence or two.</summary>
    public string Summary { get; init; } = "";

    /// <summary>What the reader must know.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Named results.</summary>
    public ImmutableArray<ResultRecord> Results { get; init; } = [];

    /// <summary>Where methods come from.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>How it was made, by name.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Versions of product, runtime and operating system it was made with.</summary>
    public string Versions { get; init; } = AnalysisFolder.Versions;

    /// <summary>The tables; in a folder each is an Arrow file of its own.</summary>
    public ImmutableArray<AnalysisTable> Tables { get; init; } = [];

    /// <summary>The record as JSON with its tables; a number that does not exist is "NaN".</summary>
    public string ToJson() => JsonSerializer.Serialize(this, AnalysisJson.Default.AnalysisRecord);
}

/// <summary>A table of an analysis.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Title">What it holds.</param>
/// <param name="Columns">Its columns, all as long.</param>
public sealed record AnalysisTable(string Name, string Title, ImmutableArray<AnalysisColumn> Columns)
{
    /// <summary>Number of rows.</summary>
    [JsonIgnore]
    public int RowCount => Columns.IsEmpty ? 0 : Columns[0].Texts is { } texts ? texts.Length : Columns[0].Numbers!.Value.Length;
}

/// <summary>A column: numbers, or texts.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Unit of its numbers; "" where unknown or without meaning.</param>
public sealed record AnalysisColumn(string Name, string Unit = "")
{
    /// <summary>Its numbers; null for a column of texts. NaN where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<double>? Numbers { get; init; }

    /// <summary>Its texts; null for a column of numbers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Texts { get; init; }

    /// <summary>A column of numbers.</summary>
    public static AnalysisColumn Of(string name, string unit, IEnumerable<double> numbers) => new(name, unit) { Numbers = [.. numbers] };

    /// <summary>A column of texts.</summary>
    public static AnalysisColumn Of(string name, IEnumerable<string> texts) => new(name) { Texts = [.. texts] };
}

/// <summary>Serialisation of analyses without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(AnalysisRecord))]
public sealed partial class AnalysisJson : JsonSerializerContext;
