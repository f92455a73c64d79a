using System.Collections.Immutable;

namespace Protonmotive.Thermodynamics;

/// <summary>What kind of supply a line is.</summary>
public enum SupplyKind
{
    /// <summary>A store held by the surroundings.</summary>
    Reservoir,
    /// <summary>A moving parameter, volume or clamp.</summary>
    Drive,
    /// <summary>A jump of the state or a switch of a parameter.</summary>
    Jump,
}

/// <summary>One line of supply.</summary>
/// <param name="Name">Reservoir, drive or event.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Energy">Supplied; negative where taken.</param>
/// <param name="Note">A word on an effective potential, or the time of a jump.</param>
public sealed record SupplyEntry(string Name, SupplyKind Kind, double Energy, string Note = "");

/// <summary>The account of one part: the power of one carrier in, the dissipation inside, and the rest delivered or stored.</summary>
/// <param name="Name">Name of the boundary.</param>
/// <param name="Processes">Processes inside.</param>
/// <param name="Carrier">The carrier whose power enters.</param>
/// <param name="Input">∫ of that carrier's power inside.</param>
/// <param name="Dissipated">∫ of the dissipation inside.</param>
public sealed record BoundaryEntry(string Name, ImmutableArray<string> Processes, string Carrier, double Input, double Dissipated)
{
    /// <summary>Input less dissipation: delivered across the boundary, or stored.</summary>
    public double Delivered => Input - Dissipated;

    /// <summary>Delivered over input; null where nothing came in.</summary>
    public double? Efficiency => Input > 0 ? Delivered / Input : null;
}
