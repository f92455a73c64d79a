using System.Collections.Immutable;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Atlas.Learned;

/// <summary>How a learned law of the translocase stands where it was not trained.</summary>
/// <param name="IsFree">Whether it has the free form.</param>
/// <param name="Titration">The titration, demand by demand.</param>
/// <param name="Power">Flux and affinity at sampled states.</param>
/// <param name="Work">The ledger of ten minutes' work; null where the simulation fails.</param>
public sealed record TranslocaseFindings(bool IsFree, ImmutableArray<TitrationPoint> Titration, PowerSample Power, Ledger? Work)
{
    /// <summary>Root mean square of (predicted − truth)/σ of a quantity: below 1, the prediction is within the noise of a measurement.</summary>
    /// <param name="observable">The quantity; null for all.</param>
    public double Deviation(string? observable = null) => Math.Sqrt(Of(observable).Average(p => p.Deviation * p.Deviation));

    /// <summary>Largest |predicted − truth|/σ of a quantity.</summary>
    /// <param name="observable">The quantity; null for all.</param>
    public double LargestDeviation(string? observable = null) => Of(observable).Max(p => Math.Abs(p.Deviation));

    /// <summary>Mean of ((measured − predicted)/σ)² of a quantity: about 1 where the noise of the measurement is all there is.</summary>
    /// <param name="observable">The quantity; null for all.</param>
    public double MeanSquare(string? observable = null) => Of(observable).Average(p => p.Residual * p.Residual);

    private IEnumerable<TitrationPoint> Of(string? observable) => Titration.Where(p => observable is null || p.Observable == observable).Select(p => double.IsNaN(p.Predicted) ? p with { Predicted = double.PositiveInfinity } : p);
}
