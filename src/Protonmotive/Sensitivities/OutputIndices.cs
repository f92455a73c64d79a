using System.Collections.Immutable;

namespace Protonmotive.Sensitivities;

/// <summary>Sobol indices of one output.</summary>
/// <param name="Output">The output.</param>
/// <param name="Mean">Its mean over the ranges.</param>
/// <param name="Variance">Its variance over the ranges.</param>
/// <param name="First">First-order indices Sᵢ: the part of the variance that each input explains alone; NaN where the output does not vary.</param>
/// <param name="Total">Total-effect indices Tᵢ: the part that each input has a share in, with all its interactions.</param>
/// <param name="Rows">Rows whose members all gave a finite value; the others are left out.</param>
public sealed record OutputIndices(string Output, double Mean, double Variance, ImmutableArray<SobolIndex> First, ImmutableArray<SobolIndex> Total, long Rows)
{
    /// <summary>1 − ΣSᵢ: the part of the variance that no input explains alone, but for sampling error.</summary>
    public double Interactions => 1 - First.Sum(s => s.Value);
}
