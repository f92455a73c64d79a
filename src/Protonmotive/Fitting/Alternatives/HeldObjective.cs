using System.Collections.Immutable;

namespace Protonmotive.Fitting.Alternatives;

/// <summary>An objective of which some parameters are free and the others held.</summary>
/// <param name="inner">The whole objective.</param>
/// <param name="free">Indices of the free parameters, ascending.</param>
/// <param name="at">All parameters, shape [n]; of the free ones their nominal values.</param>
internal sealed class HeldObjective(IObjective inner, ImmutableArray<int> free, double[] at) : IObjective
{
    /// <inheritdoc/>
    public ImmutableArray<EstimatedParameter> Parameters { get; } = [.. free.Select(i => inner.Parameters[i] with { Nominal = at[i] })];

    /// <summary>The whole point.</summary>
    public double[] Whole(ReadOnlySpan<double> x)
    {
        double[] whole = [.. at];
        for (int i = 0; i < free.Length; i++) whole[free[i]] = x[i];
        return whole;
    }

    /// <inheritdoc/>
    public ObjectiveValue Evaluate(ReadOnlySpan<double> x, ObjectiveParts parts, CancellationToken cancellation = default)
    {
        var all = inner.Evaluate(Whole(x), parts, cancellation);
        double[,]? reduced = null;
        if (all.GaussNewton is { } b)
        {
            reduced = new double[free.Length, free.Length];
            for (int i = 0; i < free.Length; i++) for (int j = 0; j < free.Length; j++) reduced[i, j] = b[free[i], free[j]];
        }
        return all with { Gradient = all.Gradient is { } g ? [.. free.Select(i => g[i])] : null, GaussNewton = reduced };
    }
}
