namespace Protonmotive.Bench.Peers;

/// <summary>One tolerance of one contender.</summary>
/// <param name="Tolerance">Relative tolerance.</param>
/// <param name="Error">Error achieved.</param>
/// <param name="Microseconds">Median processor time.</param>
/// <param name="Work">Counts, in words.</param>
internal readonly record struct WorkPoint(double Tolerance, double Error, double Microseconds, string Work);
