using System.Collections.Immutable;

namespace Protonmotive.Cli;

/// <summary>A quantity with its derivatives by what is varied.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Value">Its value; NaN where it has no meaning.</param>
/// <param name="Slopes">∂value/∂parameter.</param>
internal sealed record QuantitySlopes(string Name, string Unit, double Value, ImmutableArray<double> Slopes)
{
    /// <summary>∂ln value/∂ln parameter, the largest first; none where that has no meaning.</summary>
    public IEnumerable<(int Index, double Scaled)> Ranked(IReadOnlyList<double> values) =>
        Slopes.Select((slope, d) => (Index: d, Scaled: values[d] * slope / Value)).Where(s => double.IsFinite(s.Scaled)).OrderByDescending(s => Math.Abs(s.Scaled));
}

/// <summary>All quantities at one time.</summary>
/// <param name="Time">The time; +∞ for at rest.</param>
/// <param name="Quantities">The quantities.</param>
internal sealed record SlopeRow(double Time, ImmutableArray<QuantitySlopes> Quantities);
