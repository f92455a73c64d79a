namespace Protonmotive.Fitting.Training;

/// <summary>What one segment adds to an objective.</summary>
/// <param name="Value">−ln likelihood and penalty.</param>
/// <param name="Penalty">The penalty alone.</param>
/// <param name="Squares">Σ residual².</param>
/// <param name="Gradient">Slopes by the objective's parameters.</param>
/// <param name="Failure">Why it has no value; null where it has one.</param>
internal readonly record struct SegmentValue(double Value, double Penalty, double Squares, List<(int Parameter, double Slope)> Gradient, string? Failure = null);
