namespace Protonmotive.Fitting.Profiles;

/// <summary>How far profiles are.</summary>
/// <param name="Branches">Branches that are finished.</param>
/// <param name="Total">Branches in all: two a parameter.</param>
/// <param name="Evaluations">Evaluations since this run began.</param>
/// <param name="Elapsed">Time since this run began.</param>
/// <param name="Left">Time left, from how long finished branches took; null where none is.</param>
public readonly record struct ProfileProgress(int Branches, int Total, long Evaluations, TimeSpan Elapsed, TimeSpan? Left);
