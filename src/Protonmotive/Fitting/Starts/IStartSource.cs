namespace Protonmotive.Fitting.Starts;

/// <summary>Where starts begin: each point follows from the seed and its index alone. Safe for use from several threads.</summary>
public interface IStartSource
{
    /// <summary>The point that a start begins at.</summary>
    /// <param name="index">Which start, from 0.</param>
    /// <param name="attempt">0, or how often it was drawn again because the objective was infinite.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The point on the scale of estimation, shape [n], and how many simulations it took to find it.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    (double[] Point, int Evaluations) Best(int index, int attempt, CancellationToken cancellation);
}
