namespace Protonmotive.Learning.Accounts;

/// <summary>What passes a module on the probe: the activation forward, the adjoint δ = ∂L/∂a backward, and the state of its gates.</summary>
/// <param name="Name">Name of the module; modules stand in the order in which they were called.</param>
/// <param name="Kind">Its type, e.g. ReLU.</param>
/// <param name="Units">Its units: the last axis of sequences and rows, the channels of images.</param>
/// <param name="HasParameters">Whether it has parameters of its own.</param>
/// <param name="Forward">‖a‖ over the probe.</param>
/// <param name="Backward">‖δ‖ over the probe; 0 where the loss does not depend on it.</param>
/// <param name="Dead">Share of units that are 0 on the whole probe; of rectified gates, else 0.</param>
/// <param name="Dormant">Share of units whose mean |a| is at most 0.025 of the layer's (Sokar et al. 2023, arXiv 2302.12902); of rectified and GELU gates, else 0.</param>
/// <param name="Saturated">Share of units beyond |tanh| = 0.97, or a sigmoid outside 0.015 to 0.985, on more than half of the probe; else 0.</param>
public sealed record LayerSignal(string Name, string Kind, long Units, bool HasParameters, double Forward, double Backward, double Dead, double Dormant, double Saturated)
{
    /// <summary>Directions that its output uses over the probe (<see cref="Accounts.EffectiveRank"/>; rows and places of a sequence or an image are rows); of modules with parameters, else NaN.</summary>
    public double EffectiveRank { get; init; } = double.NaN;

    /// <summary>
    /// ‖X − 1x̄ᵀ‖/‖X‖ of its output, x̄ the mean row, of sequences the mean of each: 0 where all that goes in comes out the same (Dong et al. 2021, arXiv 2103.03404); of
    /// modules with parameters, else NaN, as where nothing comes out.
    /// </summary>
    public double Spread { get; init; } = double.NaN;
}
