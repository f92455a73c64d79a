namespace Protonmotive.Fitting.Training;

/// <summary>How well courses agree with what was measured.</summary>
/// <param name="Loss">−ln likelihood per measurement; +∞ where a simulation fails.</param>
/// <param name="MeanSquare">Mean of residual² in units of σ: 1 where noise alone is left.</param>
/// <param name="Count">Number of measurements.</param>
/// <param name="Failure">Why the loss is infinite; null where it is finite.</param>
public sealed record TrajectoryMeasure(double Loss, double MeanSquare, int Count, string? Failure = null);
