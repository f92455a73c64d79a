namespace Protonmotive.Kernels;

/// <summary>Supplies the values of the past: the history of a solve.</summary>
public interface IDelaySource
{
    /// <summary>The delayed values and their slopes at a point.</summary>
    /// <param name="t">Time.</param>
    /// <param name="y">State, shape [Count] or [StateCount].</param>
    /// <param name="values">Receives the values, then their slopes in time; shape [2·delays].</param>
    void Evaluate(double t, ReadOnlySpan<double> y, Span<double> values);
}
