using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Protonmotive.Reports.Scans;

/// <summary>scan.json: what determines the results of a scan, and what came of it.</summary>
public sealed record ScanRecord
{
    /// <summary>Version of this layout.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version the folder was written with.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>What determines the results, by name; a scan goes on only where all agree.</summary>
    public required ImmutableSortedDictionary<string, string> Settings { get; init; }

    /// <summary>Title for readers.</summary>
    public string Title { get; init; } = "";

    /// <summary>The command that makes the scan again.</summary>
    public string Command { get; init; } = "";

    /// <summary>How the points were chosen.</summary>
    public string Design { get; init; } = "";

    /// <summary>Number of members.</summary>
    public long Members { get; init; }

    /// <summary>Members in a part.</summary>
    public int PartSize { get; init; }

    /// <summary>How members run.</summary>
    public string Form { get; init; } = "";

    /// <summary>What varies.</summary>
    public ImmutableArray<ScanQuantity> Varied { get; init; } = [];

    /// <summary>The outputs.</summary>
    public ImmutableArray<ScanQuantity> Outputs { get; init; } = [];

    /// <summary>Times of the rows.</summary>
    public ImmutableArray<double> Times { get; init; } = [];

    /// <summary>Unit of time.</summary>
    public string TimeUnit { get; init; } = "";

    /// <summary>Whether all is done; otherwise parts are missing.</summary>
    public bool IsFinished { get; init; }

    /// <summary>Members that failed; known when finished.</summary>
    public long Failed { get; init; }

    /// <summary>Statistics of the outputs in the last row; known when finished.</summary>
    public ImmutableArray<ScanStatistic> Statistics { get; init; } = [];

    /// <summary>The record as JSON, as scan.json holds it.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(this, ScanJson.Default.ScanRecord);
}

/// <summary>Statistics of an output in the last row, in its unit; null where no member gave a value.</summary>
/// <param name="Output">The output.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Count">Members with a value.</param>
/// <param name="Mean">Mean.</param>
/// <param name="Deviation">Standard deviation.</param>
/// <param name="Least">The least.</param>
/// <param name="Low">5 % quantile.</param>
/// <param name="Median">Median.</param>
/// <param name="High">95 % quantile.</param>
/// <param name="Most">The most.</param>
public sealed record ScanStatistic(string Output, string Unit, long Count, double? Mean, double? Deviation, double? Least, double? Low, double? Median, double? High, double? Most);

/// <summary>A part as it was written: part files are trusted only where this agrees.</summary>
/// <param name="Key">Hash of the scan's settings.</param>
/// <param name="First">First member.</param>
/// <param name="Count">Number of members.</param>
/// <param name="Checksum">SHA-256 of the table.</param>
/// <param name="Failures">Members that failed.</param>
internal sealed record PartRecord(string Key, long First, int Count, string Checksum, ImmutableArray<ScanFailure> Failures);

/// <summary>Serialisation without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ScanRecord))]
[JsonSerializable(typeof(PartRecord))]
internal sealed partial class ScanJson : JsonSerializerContext;
