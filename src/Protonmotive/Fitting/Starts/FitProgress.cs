namespace Protonmotive.Fitting.Starts;

/// <summary>How far a fit from many starts is.</summary>
/// <param name="Finished">Starts that are finished.</param>
/// <param name="Starts">Starts in all.</param>
/// <param name="Best">Least objective so far; +∞ where there is none.</param>
/// <param name="Evaluations">Evaluations since this run began.</param>
/// <param name="Elapsed">Time since this run began.</param>
/// <param name="Left">Time left, from how long finished starts took; null where none is.</param>
public readonly record struct FitProgress(int Finished, int Starts, double Best, long Evaluations, TimeSpan Elapsed, TimeSpan? Left)
{
    /// <summary>Evaluations a second.</summary>
    public double Rate => Evaluations / Math.Max(1e-9, Elapsed.TotalSeconds);
}
