using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Protonmotive.Catalogue;

namespace Protonmotive.Reports.Runs;

/// <summary>All that is known of a run besides its columns: run.json. With the trajectory and the ledger it is enough to make the report again.</summary>
public sealed record RunRecord
{
    /// <summary>Version of this layout.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version the folder was written with.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Name of the system, or path of the file.</summary>
    public required string System { get; init; }

    /// <summary>Title for readers.</summary>
    public required string Title { get; init; }

    /// <summary>The question it answers; notes of a file.</summary>
    public string Question { get; init; } = "";

    /// <summary>Scenario, empty for files.</summary>
    public string Scenario { get; init; } = "";

    /// <summary>What the scenario does.</summary>
    public string ScenarioText { get; init; } = "";

    /// <summary>SHA-256 of the source file, empty for atlas systems.</summary>
    public string SourceHash { get; init; } = "";

    /// <summary>The command that makes the run again.</summary>
    public string Command { get; init; } = "";

    /// <summary>Sources.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>Parameters as used.</summary>
    public ImmutableArray<ParameterRecord> Parameters { get; init; } = [];

    /// <summary>Processes with their laws.</summary>
    public ImmutableArray<ProcessRecord> Processes { get; init; } = [];

    /// <summary>What the laws stand on: rates that no process gives, shared energies, and the definitions that they name.</summary>
    public ImmutableArray<EquationRecord> Equations { get => field.IsDefault ? [] : field; init; } = []; // runs of earlier versions have none

    /// <summary>Panels of the time-course figure.</summary>
    public ImmutableArray<PanelRecord> Panels { get; init; } = [];

    /// <summary>Phases of the protocol.</summary>
    public ImmutableArray<PhaseRecord> Phases { get; init; } = [];

    /// <summary>Jumps met: time and name.</summary>
    public ImmutableArray<EventMark> Events { get; init; } = [];

    /// <summary>Boundaries between the layers of a network, the input's first; empty in runs of other systems.</summary>
    public ImmutableArray<LayerRecord> Layers { get; init; } = [];

    /// <summary>What was learned, for what, in a line; for the figure of layers.</summary>
    public string Learned { get; init; } = "";

    /// <summary>What a drawing of the network shows; null in runs that have no network of processes.</summary>
    public DiagramRecord? Diagram { get; init; }

    /// <summary>Figures of curves beside the time courses.</summary>
    public ImmutableArray<GraphRecord> Graphs { get; init; } = [];

    /// <summary>Figures of a quantity over two others.</summary>
    public ImmutableArray<MapPlot> Maps { get; init; } = [];

    /// <summary>Named results.</summary>
    public ImmutableArray<ResultRecord> Results { get; init; } = [];

    /// <summary>Start and end time.</summary>
    public double Start { get; init; }

    /// <summary>End time.</summary>
    public double End { get; init; }

    /// <summary>Unit of time.</summary>
    public string TimeUnit { get; init; } = "s";

    /// <summary>Method.</summary>
    public string Method { get; init; } = "";

    /// <summary>Which methods were used from when on, and why; empty in runs that chose none.</summary>
    public ImmutableArray<string> MethodChoices { get; init; } = [];

    /// <summary>Relative tolerance.</summary>
    public double RelativeTolerance { get; init; }

    /// <summary>Absolute tolerance, over the scale of each state.</summary>
    public double AbsoluteTolerance { get; init; }

    /// <summary>Seed of everything random; runs of this kind draw nothing.</summary>
    public ulong Seed { get; init; }

    /// <summary>Counts of work: steps, evaluations and so on.</summary>
    public ImmutableSortedDictionary<string, long> Work { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>Why the run ended.</summary>
    public string Stop { get; init; } = "";

    /// <summary>Versions of product, runtime and operating system.</summary>
    public ImmutableSortedDictionary<string, string> Versions { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>A parameter as used in a run.</summary>
/// <param name="Name">Name.</param>
/// <param name="Value">Value used.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Description">What it is.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Overridden">Whether it was set for this run.</param>
public sealed record ParameterRecord(string Name, double Value, string Unit, string Description, string Source, bool Overridden);

/// <summary>A process with its law.</summary>
/// <param name="Name">Name.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Equation">Reaction equation.</param>
/// <param name="Law">Flux law in infix form.</param>
/// <param name="Description">What it is.</param>
public sealed record ProcessRecord(string Name, string Kind, string Equation, string Law, string Description);

/// <summary>An equation that laws stand on.</summary>
/// <param name="Kind">What it gives.</param>
/// <param name="Name">The quantity.</param>
/// <param name="Value">The right-hand side.</param>
/// <param name="Description">What it is.</param>
public sealed record EquationRecord(EquationKind Kind, string Name, string Value, string Description);

/// <summary>What an equation gives.</summary>
public enum EquationKind
{
    /// <summary>The rate of change of a variable.</summary>
    Rate,

    /// <summary>An energy that several stores share: a store's potential is its slope by that store's content.</summary>
    Energy,

    /// <summary>The value of a name.</summary>
    Definition,

    /// <summary>The level at which the surroundings hold a store.</summary>
    Held,
}

/// <summary>A panel of the time-course figure.</summary>
/// <param name="Label">Axis label.</param>
/// <param name="Unit">Unit shown.</param>
/// <param name="Curves">Curves.</param>
public sealed record PanelRecord(string Label, string Unit, ImmutableArray<CurveRecord> Curves)
{
    /// <summary>Whether equal ratios have equal heights; what is not above 0 is then left out.</summary>
    public bool IsLogarithmic { get; init; }
}

/// <summary>A curve of a panel.</summary>
/// <param name="Column">Column of the trajectory.</param>
/// <param name="Label">Label.</param>
/// <param name="Factor">From the column's unit to the panel's.</param>
public sealed record CurveRecord(string Column, string Label, double Factor)
{
    /// <summary>Whether it was taken at some times alone, and is NaN at the others: dots, joined by lines. Else a NaN is a gap.</summary>
    public bool IsSampled { get; init; }
}

/// <summary>A phase of the protocol.</summary>
/// <param name="Label">Label.</param>
/// <param name="Start">Start.</param>
/// <param name="End">End.</param>
public sealed record PhaseRecord(string Label, double Start, double End);

/// <summary>A jump met in the run.</summary>
/// <param name="Time">When.</param>
/// <param name="Name">What.</param>
public sealed record EventMark(double Time, string Name);

/// <summary>A named result.</summary>
/// <param name="Name">Name.</param>
/// <param name="Value">Value.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Note">Note.</param>
public sealed record ResultRecord(string Name, double Value, string Unit, string Note)
{
    /// <summary>What it is checked against; null for nothing, and in runs that are not of the scenario as it is.</summary>
    public Reference? Reference { get; init; }

    /// <summary>Whether it agrees with what it is checked against; true where that is nothing.</summary>
    public bool Agrees => Reference is not { } r || Math.Abs(Value - r.Value) <= r.Tolerance;
}

/// <summary>Serialisation of run records and ledgers without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(Thermodynamics.Ledger))]
[JsonSerializable(typeof(Thermodynamics.AuditReport))]
[JsonSerializable(typeof(string))]
public sealed partial class RunJson : JsonSerializerContext;
