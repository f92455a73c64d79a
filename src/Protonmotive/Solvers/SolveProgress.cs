namespace Protonmotive.Solvers;

/// <summary>How far a solve has come.</summary>
/// <param name="Start">First time of the problem.</param>
/// <param name="Time">Time reached.</param>
/// <param name="End">Last time of the problem.</param>
/// <param name="Steps">Accepted steps so far.</param>
public readonly record struct SolveProgress(double Start, double Time, double End, long Steps)
{
    /// <summary>Part of the span that is done, 0 to 1.</summary>
    public double Fraction => End == Start ? 1 : (Time - Start) / (End - Start);
}
