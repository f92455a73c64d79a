using System.Collections.Immutable;
using Protonmotive.Networks;

namespace Protonmotive.Thermodynamics;

/// <summary>What is known of an affinity.</summary>
public enum AffinityStatus
{
    /// <summary>From the potentials of all its stores.</summary>
    Known,
    /// <summary>From RT ln(J⁺/J⁻) of its own law: the stores' potentials are not declared.</summary>
    FromFluxes,
    /// <summary>The reverse of another process: the affinity and the dissipation of both stand in that one's entry.</summary>
    Joined,
    /// <summary>An irreversible law without potentials: A would be infinite, and its dissipation has no account.</summary>
    Unbounded,
    /// <summary>Nothing declared gives it.</summary>
    Unknown,
}

/// <summary>One process in the account.</summary>
/// <param name="Name">The process.</param>
/// <param name="Kind">What kind of boundary it is.</param>
/// <param name="Equation">Its reaction equation.</param>
/// <param name="Status">What is known of its affinity.</param>
/// <param name="Extent">∫J dt.</param>
/// <param name="Power">∫A·J dt: dissipated, or delivered by a load; 0 where unknown.</param>
/// <param name="Spent">∫ of the sum of the positive carrier powers.</param>
/// <param name="Carriers">∫ of each carrier's power; empty without a declared split.</param>
/// <param name="FinalFlux">J at the end.</param>
/// <param name="FinalAffinity">A at the end; null where unknown.</param>
/// <param name="Exchanged">What a process of unknown affinity took from stores of known potential.</param>
public sealed record ProcessEntry(
    string Name, ProcessKind Kind, string Equation, AffinityStatus Status,
    double Extent, double Power, double Spent, ImmutableArray<CarrierEntry> Carriers,
    double FinalFlux, double? FinalAffinity, double Exchanged)
{
    /// <summary>What a reader must be told of its law, e.g. that it is learned and whether its form keeps the second law; "" for nothing.</summary>
    public string Remark { get; init; } = "";

    /// <summary>Unit of its extent where processes differ in it; "" for the ledger's.</summary>
    public string ExtentUnit { get => field ?? ""; init; } = "";

    /// <summary>Number of places that the entry is a sum over; 1 for a process by itself, whose <see cref="FinalAffinity"/> is then known.</summary>
    public int Places { get => field == 0 ? 1 : field; init; } = 1;

    /// <summary>Whether its power goes out as work instead of heat.</summary>
    public bool IsLoad => Kind == ProcessKind.Load;

    /// <summary>Whether its power enters the closing identity: its affinity follows from declared potentials.</summary>
    public bool Posts => Status == AffinityStatus.Known;

    /// <summary>Work: the negative carrier powers, spent less dissipated; null without a declared split.</summary>
    public double? Work => Carriers.IsEmpty ? null : Spent - Power;

    /// <summary>Work over spent; null without a split or where nothing was spent.</summary>
    public double? Efficiency => Work is { } work && Spent > 0 ? work / Spent : null;
}

/// <summary>∫ of one carrier's power in a process: positive is spent, negative is work.</summary>
/// <param name="Carrier">The carrier.</param>
/// <param name="Energy">∫A_c·J dt.</param>
public readonly record struct CarrierEntry(string Carrier, double Energy);
