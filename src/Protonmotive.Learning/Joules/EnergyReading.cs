using System.Globalization;

namespace Protonmotive.Learning.Joules;

/// <summary>The energy that a training took, with where the number comes from.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Joules">Energy, in J; NaN where it is not known.</param>
/// <param name="Detail">What was counted, by what.</param>
/// <param name="Remark">Why there is no better source, and how to get one; empty where there is nothing to say.</param>
public sealed record EnergyReading(EnergySource Source, double Joules, string Detail, string Remark = "")
{
    /// <summary>The number with its source.</summary>
    public override string ToString() => Source == EnergySource.Unavailable
        ? $"joules unavailable: {Detail}"
        : string.Create(CultureInfo.InvariantCulture, $"{Joules:g4} J {Source.ToString().ToLowerInvariant()} ({Detail})");
}
