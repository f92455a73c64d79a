using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Protonmotive.Reports.Experiments;

/// <summary>What is known of an experiment that was run; stands in its folder as experiment.json.</summary>
public sealed record ExperimentRecord
{
    /// <summary>The format of the folder.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The format it was written in.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The SED-ML file or archive.</summary>
    public required string Source { get; init; }

    /// <summary>SHA-256 of it.</summary>
    public required string SourceHash { get; init; }

    /// <summary>The command that runs it again.</summary>
    public string Command { get; init; } = "";

    /// <summary>Its outputs.</summary>
    public ImmutableArray<ExperimentOutput> Outputs { get; init; } = [];

    /// <summary>What readers must know.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Version of the program.</summary>
    public string Version { get; init; } = typeof(ExperimentRecord).Assembly.GetName().Version?.ToString(3) ?? "";
}

/// <summary>An output of an experiment.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">report, plot2D or plot3D.</param>
/// <param name="Name">Its name.</param>
/// <param name="Rows">Rows of its table.</param>
/// <param name="Columns">Columns of its table.</param>
/// <param name="Files">Its files, relative to the folder.</param>
public sealed record ExperimentOutput(string Id, string Kind, string Name, int Rows, int Columns, ImmutableArray<string> Files);

/// <summary>Serialisation of experiments without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExperimentRecord))]
[JsonSerializable(typeof(string))]
public sealed partial class ExperimentJson : JsonSerializerContext;
