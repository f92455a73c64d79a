using System.Collections.Immutable;

namespace Protonmotive.Reports.Runs;

/// <summary>What a drawing of a network shows: its stores with their potentials, its processes with their mean flows over a run, its membranes.</summary>
/// <remarks>Of a network too large to be drawn whole it holds the processes that turn over most, and says how many there are in all.</remarks>
public sealed record DiagramRecord
{
    /// <summary>Stores drawn, membranes aside.</summary>
    public ImmutableArray<DiagramStore> Stores { get; init; } = [];

    /// <summary>Processes drawn.</summary>
    public ImmutableArray<DiagramProcess> Processes { get; init; } = [];

    /// <summary>Membranes.</summary>
    public ImmutableArray<DiagramMembrane> Membranes { get; init; } = [];

    /// <summary>Energies that several stores share.</summary>
    public ImmutableArray<DiagramEnergy> Energies { get; init; } = [];

    /// <summary>Stores there are, membranes aside.</summary>
    public int StoresInAll { get; init; }

    /// <summary>Processes there are.</summary>
    public int ProcessesInAll { get; init; }

    /// <summary>Unit of the powers; "" where the model declares no unit of energy or of time.</summary>
    public string PowerUnit { get; init; } = "";

    /// <summary>What the ledger calls what is dissipated.</summary>
    public string DissipatedName { get; init; } = "heat";

    /// <summary>What quantities are counted per; empty where they are absolute.</summary>
    public string Per { get; init; } = "";

    /// <summary>Start of the span that means are taken over.</summary>
    public double Start { get; init; }

    /// <summary>Its end.</summary>
    public double End { get; init; }

    /// <summary>Unit of time.</summary>
    public string TimeUnit { get; init; } = "s";
}

/// <summary>A store of a drawing.</summary>
/// <param name="Name">Name.</param>
/// <param name="Place">Its compartment; "" without one.</param>
/// <param name="IsHeld">Whether the surroundings hold it.</param>
/// <param name="PotentialAtStart">Potential μ = ∂G/∂x at the start (of a body that holds heat, its temperature); −∞ of a species that is not there, null where unknown.</param>
/// <param name="PotentialAtEnd">The same at the end.</param>
/// <param name="PotentialUnit">Its unit.</param>
public sealed record DiagramStore(string Name, string Place, bool IsHeld, double? PotentialAtStart, double? PotentialAtEnd, string PotentialUnit);

/// <summary>A process of a drawing.</summary>
/// <param name="Name">Name.</param>
/// <param name="Kind">What kind of boundary it is.</param>
/// <param name="Membrane">The membrane that it carries charge across, or whose two sides it joins; "" for none.</param>
/// <param name="Flux">Mean flux: extent over time.</param>
/// <param name="FluxUnit">Unit of the flux.</param>
/// <param name="Power">Mean of affinity times flux: dissipated, or delivered by a load; null where the affinity is unknown.</param>
/// <param name="Parts">What it takes and gives; what only sets its rate (a catalyst, an inhibitor) has the coefficient 0.</param>
public sealed record DiagramProcess(string Name, string Kind, string Membrane, double Flux, string FluxUnit, double? Power, ImmutableArray<DiagramPart> Parts)
{
    /// <summary>Whether its power goes out as work.</summary>
    public bool IsLoad => Kind == nameof(Networks.ProcessKind.Load);

    /// <summary>What becomes heat in it, per time; null where unknown.</summary>
    public double? Dissipation => IsLoad ? 0 : Power;
}

/// <summary>A store in a process.</summary>
/// <param name="Store">Name of the store.</param>
/// <param name="Coefficient">Net coefficient per unit flux, negative where the store loses; at the end of the run where it moves.</param>
/// <param name="Rate">What the store gains through the process per time, mean over the run; negative where it loses.</param>
/// <param name="RateUnit">Unit of the rate.</param>
/// <param name="Power">Free energy that goes into the store this way per time, mean of μ times the rate; null where unknown.</param>
public sealed record DiagramPart(string Store, double Coefficient, double Rate, string RateUnit, double? Power);

/// <summary>A membrane of a drawing.</summary>
/// <param name="Name">Name of its potential difference.</param>
/// <param name="Positive">Compartments on its P side.</param>
/// <param name="Negative">Compartments on its N side.</param>
/// <param name="AtStart">Potential difference P − N at the start.</param>
/// <param name="AtEnd">The same at the end.</param>
/// <param name="Unit">Its unit.</param>
public sealed record DiagramMembrane(string Name, ImmutableArray<string> Positive, ImmutableArray<string> Negative, double AtStart, double AtEnd, string Unit);

/// <summary>An energy that several stores share.</summary>
/// <param name="Name">Name.</param>
/// <param name="Stores">The stores.</param>
public sealed record DiagramEnergy(string Name, ImmutableArray<string> Stores);
