namespace Protonmotive.Fitting.Alternatives;

/// <summary>How far a comparison is.</summary>
/// <param name="Finished">Explanations that are fitted and profiled.</param>
/// <param name="Total">Explanations in all.</param>
/// <param name="Elapsed">Time since this run began.</param>
/// <param name="Left">Time left, from those that are finished; null where none is.</param>
public readonly record struct ComparisonProgress(int Finished, int Total, TimeSpan Elapsed, TimeSpan? Left);
