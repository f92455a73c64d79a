using System.Collections.Immutable;

namespace Protonmotive.Fitting;

/// <summary>
/// A function to be minimised, profiled or sampled: the negative logarithm of a likelihood or posterior over parameters on their
/// scales of estimation. Safe for use from several threads at once.
/// </summary>
public interface IObjective
{
    /// <summary>What is estimated, in the order of every vector.</summary>
    ImmutableArray<EstimatedParameter> Parameters { get; }

    /// <summary>Evaluates it.</summary>
    /// <param name="x">Where, on the scale of estimation, shape [n].</param>
    /// <param name="parts">What is wanted.</param>
    /// <param name="cancellation">Ends the evaluation early.</param>
    /// <returns>The value; infinite with a reason where a simulation fails, so that a fit goes on.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    ObjectiveValue Evaluate(ReadOnlySpan<double> x, ObjectiveParts parts, CancellationToken cancellation = default);

    /// <summary>Evaluates it near a point: parameters whose change needs no new simulation (scales, offsets, noise) are moved to their best first.</summary>
    /// <param name="x">Where, on the scale of estimation, shape [n].</param>
    /// <param name="parts">What is wanted.</param>
    /// <param name="cancellation">Ends the evaluation early.</param>
    /// <returns>Where it was evaluated in the end, shape [n], and what was found; the value is not above that at <paramref name="x"/>.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    (double[] X, ObjectiveValue At) EvaluateRefined(ReadOnlySpan<double> x, ObjectiveParts parts, CancellationToken cancellation = default) => ([.. x], Evaluate(x, parts, cancellation));
}
