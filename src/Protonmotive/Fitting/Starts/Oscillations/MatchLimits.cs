namespace Protonmotive.Fitting.Starts.Oscillations;

/// <summary>How freely a course may be laid over the data.</summary>
/// <param name="LargestStretch">Largest factor by which time may be stretched or pressed together.</param>
/// <param name="StretchStep">Between two that are tried, in logarithms.</param>
/// <param name="StretchCost">Cost of the logarithm's square.</param>
/// <param name="StartCost">Weight of what an initial state beyond its bounds costs.</param>
internal readonly record struct MatchLimits(double LargestStretch, double StretchStep, double StretchCost, double StartCost);
