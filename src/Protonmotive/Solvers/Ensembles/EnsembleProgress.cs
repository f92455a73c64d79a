namespace Protonmotive.Solvers.Ensembles;

/// <summary>How far an ensemble is.</summary>
/// <param name="Done">Members before this number are done.</param>
/// <param name="First">The first member of this run.</param>
/// <param name="Beyond">The number after the last.</param>
/// <param name="Steps">Steps of the members done, accepted and rejected.</param>
public readonly record struct EnsembleProgress(long Done, long First, long Beyond, long Steps);
