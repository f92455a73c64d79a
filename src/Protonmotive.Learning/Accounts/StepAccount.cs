using System.Collections.Immutable;

namespace Protonmotive.Learning.Accounts;

/// <summary>Where the curvature of a step comes from.</summary>
public enum CurvatureSource
{
    /// <summary>The rest that makes the books close: K = P − N − W. The identity then holds by itself and checks nothing.</summary>
    Remainder,
    /// <summary>The integral of the gradient along the step, computed without the losses: the identity is then a check.</summary>
    Quadrature,
}

/// <summary>The account of one step θ₀ → θ₁ = θ₀ + Δ of training, in units of the loss.</summary>
/// <remarks>
/// With the batch's gradient g_B and the probe's gradient g, both at θ₀: supplied P = −g_B·Δ, noise N = (g − g_B)·Δ,
/// curvature K = L(θ₁) − L(θ₀) − g·Δ = ∫₀¹ [g(θ₀ + sΔ) − g(θ₀)]·Δ ds, gained W = L(θ₀) − L(θ₁), L the probe's loss. W = P − N − K is an
/// identity. Dot products are sums of 64-bit numbers.
/// </remarks>
public sealed record StepAccount
{
    /// <summary>Number of the step, from 0.</summary>
    public required long Step { get; init; }

    /// <summary>P: the work of the batch's force along the step.</summary>
    public required double Supplied { get; init; }

    /// <summary>N: what the batch's force did that the probe does not see.</summary>
    public required double Noise { get; init; }

    /// <summary>K: what the curvature of the loss along the step took.</summary>
    public required double Curvature { get; init; }

    /// <summary>Where the curvature comes from.</summary>
    public required CurvatureSource CurvatureSource { get; init; }

    /// <summary>½ [g(θ₁) − g(θ₀)]·Δ: the curvature by the trapezium rule, good to the third order in Δ; the sum of the layers'.</summary>
    public double CurvatureByTrapezium => Layers.Sum(l => l.Curvature);

    /// <summary>The probe's loss before.</summary>
    public required double LossBefore { get; init; }

    /// <summary>The probe's loss after.</summary>
    public required double LossAfter { get; init; }

    /// <summary>The batch's loss before; null where it was not given.</summary>
    public double? BatchLossBefore { get; init; }

    /// <summary>The batch's loss after; null where it was not given.</summary>
    public double? BatchLossAfter { get; init; }

    /// <summary>What each part of the optimiser's rule supplied; they add up to P.</summary>
    public required ImmutableArray<MechanismPower> Mechanisms { get; init; }

    /// <summary>The account of each layer.</summary>
    public required ImmutableArray<LayerStep> Layers { get; init; }

    /// <summary>Where heavy ball's work went; null for other rules.</summary>
    public KineticStep? Kinetic { get; init; }

    /// <summary>What passes each module on the probe before the step.</summary>
    public ImmutableArray<LayerSignal> Signals { get; init; } = [];

    /// <summary>How widely each module of attention looks, before the step.</summary>
    public ImmutableArray<AttentionSignal> Attention { get; init; } = [];

    /// <summary>Signal and noise of the gradient of each layer, before the step; empty where the probe has no parts.</summary>
    public ImmutableArray<LayerNoise> GradientNoise { get; init; } = [];

    /// <summary>The symmetries that were found, and what the batch's gradient leaks of them.</summary>
    public ImmutableArray<SymmetryReading> Symmetries { get; init; } = [];

    /// <summary>The sharpness of the probe's loss after the step, in the optimiser's mobility; null where it was not asked for, or the rule is not known.</summary>
    public Sharpness? Sharpness { get; init; }

    /// <summary>W: the probe's loss removed.</summary>
    public double Gained => LossBefore - LossAfter;

    /// <summary>W / P; NaN where nothing was supplied.</summary>
    public double Efficiency => Supplied == 0 ? double.NaN : Gained / Supplied;

    /// <summary>Gained on the batch and nowhere else; null where the batch's loss was not given.</summary>
    public double? Memorised => BatchLossBefore - BatchLossAfter - Gained;

    /// <summary>|P| + |N| + |K|: what the residual is measured against.</summary>
    public double Activity => Math.Abs(Supplied) + Math.Abs(Noise) + Math.Abs(Curvature);

    /// <summary>|W − (P − N − K)| over the activity; 0 where nothing moved.</summary>
    public double ClosureResidual => Activity == 0 ? 0 : Math.Abs(Gained - (Supplied - Noise - Curvature)) / Activity;
}

/// <summary>What a part of an optimiser's rule supplied in a step: −g_B·Δ of its share of the step.</summary>
/// <param name="Name">The part.</param>
/// <param name="Power">What it supplied; negative where it went against the batch's force.</param>
public readonly record struct MechanismPower(string Name, double Power);

/// <summary>A layer's part of a step.</summary>
/// <param name="Name">Name of the layer.</param>
/// <param name="Supplied">−g_B·Δ in the layer.</param>
/// <param name="Noise">(g − g_B)·Δ in the layer.</param>
/// <param name="Curvature">½ [g(θ₁) − g(θ₀)]·Δ in the layer; their sum is the step's curvature but for the third order.</param>
/// <param name="StepLength">‖Δ‖ in the layer.</param>
/// <param name="ParameterNorm">‖θ₀‖ of the layer.</param>
/// <param name="GradientNorm">‖g‖ of the layer, of the probe.</param>
/// <param name="BatchGradientNorm">‖g_B‖ of the layer.</param>
public sealed record LayerStep(string Name, double Supplied, double Noise, double Curvature, double StepLength, double ParameterNorm, double GradientNorm, double BatchGradientNorm)
{
    /// <summary>What the layer gained, but for the third order.</summary>
    public double Gained => Supplied - Noise - Curvature;

    /// <summary>g·g_B of the layer: an estimate of the signal ‖G‖² without bias, since probe and batch are drawn apart.</summary>
    public double GradientOverlap { get; init; } = double.NaN;

    /// <summary>
    /// Root of the mean of g_B²/max(v̂, ε²) over the layer, v̂ Adam's second moment after the step: near 1 where v̂ knows the gradient's size, above 2.3 ahead of
    /// spikes of the loss (Wortsman et al. 2023, arXiv 2304.13013); NaN for other rules.
    /// </summary>
    public double ScaledGradient { get; init; } = double.NaN;

    /// <summary>Directions that the layer's first matrix uses after the step (<see cref="EffectiveRank"/>; a filter's axes but the first are columns); NaN without one.</summary>
    public double WeightRank { get; init; } = double.NaN;

    /// <summary>‖Δ‖ / ‖θ₀‖.</summary>
    public double UpdateRatio => ParameterNorm == 0 ? double.NaN : StepLength / ParameterNorm;
}

/// <summary>Where the work of heavy ball's force f went: −f·Δ = (T₁ − T₀) + (1 − β²) T₀ + (η/2)‖f‖², with T = (η/2)‖b‖² and Δ = −ηb.</summary>
/// <param name="Work">−f·Δ, f the clipped gradient of the batch and coupled decay.</param>
/// <param name="Before">T₀: the kinetic store before the step, at the step's rate.</param>
/// <param name="After">T₁: the kinetic store after the step.</param>
/// <param name="Friction">(1 − β²) T₀.</param>
/// <param name="StepLoss">(η/2)‖f‖²: lost since the force acts in jumps.</param>
public sealed record KineticStep(double Work, double Before, double After, double Friction, double StepLoss)
{
    /// <summary>How far the identity is from closing, over the sum of its terms without sign.</summary>
    public double ClosureResidual =>
        Math.Abs(Work - (After - Before + Friction + StepLoss)) is var rest && Math.Abs(Work) + After + Before + Friction + StepLoss is > 0 and var scale ? rest / scale : 0;
}
