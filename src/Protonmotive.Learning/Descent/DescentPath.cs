using System.Collections.Immutable;

namespace Protonmotive.Learning.Descent;

/// <summary>A way down the loss: by the flow, or in steps.</summary>
/// <param name="Name">How.</param>
/// <param name="Times">Times; a step of rate η takes η.</param>
/// <param name="Losses">Loss at each.</param>
/// <param name="Supplied">Work of the force up to each, ∫‖∇L‖² dt or Σ −g·Δ.</param>
/// <param name="ChargeDrift">Largest |charge − charge at the start| at each.</param>
/// <param name="Weights">Weights at the end.</param>
public sealed record DescentPath(string Name, ImmutableArray<double> Times, ImmutableArray<double> Losses, ImmutableArray<double> Supplied, ImmutableArray<double> ChargeDrift, ImmutableArray<double> Weights)
{
    /// <summary>Steps taken; 0 of the flow.</summary>
    public int Steps { get; init; }

    /// <summary>Loss removed.</summary>
    public double Gained => Losses[0] - Losses[^1];

    /// <summary>What jumping cost: of the force's work, what was not loss removed, over the loss removed. In the flow it is the solver's error.</summary>
    public double Leak => (Supplied[^1] - Gained) / Gained;
}
