namespace Protonmotive.Fitting.Starts;

/// <summary>Where starts begin: each point follows from the seed and its index alone. Safe for use from several threads.</summary>
public interface IStartSource
{
    /// <summary>The point that a start begins at.</summary>
    /// <param name="index">Which start, from 0.</param>
    /// <param name="attempt">0, or how often it was drawn again because the objective was infinite.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    StartPoint Best(int index, int attempt, CancellationToken cancellation);
}

/// <summary>Where a start begins.</summary>
/// <param name="Point">On the scale of estimation, shape [n].</param>
/// <param name="Evaluations">How many simulations it took to find it.</param>
/// <param name="IsSubstitute">Whether it is another point than was asked for, since there was none of those.</param>
public sealed record StartPoint(double[] Point, int Evaluations, bool IsSubstitute = false);
