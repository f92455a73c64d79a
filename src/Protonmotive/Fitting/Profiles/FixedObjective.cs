using System.Collections.Immutable;

namespace Protonmotive.Fitting.Profiles;

/// <summary>An objective with one parameter held at a value; the others in their order.</summary>
/// <param name="inner">The whole objective.</param>
/// <param name="index">The parameter that is held.</param>
/// <param name="value">Its value, on the scale of estimation.</param>
public sealed class FixedObjective(IObjective inner, int index, double value) : IObjective
{
    /// <inheritdoc/>
    public ImmutableArray<EstimatedParameter> Parameters { get; } = inner.Parameters.RemoveAt(index);

    /// <summary>The whole point.</summary>
    public double[] Whole(ReadOnlySpan<double> x)
    {
        var whole = new double[x.Length + 1];
        x[..index].CopyTo(whole);
        whole[index] = value;
        x[index..].CopyTo(whole.AsSpan(index + 1));
        return whole;
    }

    /// <summary>A point without the parameter that is held.</summary>
    public double[] Without(ReadOnlySpan<double> whole) => [.. whole[..index], .. whole[(index + 1)..]];

    /// <inheritdoc/>
    public ObjectiveValue Evaluate(ReadOnlySpan<double> x, ObjectiveParts parts, CancellationToken cancellation = default)
    {
        var at = inner.Evaluate(Whole(x), parts, cancellation);
        double[,]? reduced = null;
        if (at.GaussNewton is { } b)
        {
            int n = x.Length;
            reduced = new double[n, n];
            for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) reduced[i, j] = b[i < index ? i : i + 1, j < index ? j : j + 1];
        }
        return at with { Gradient = at.Gradient is { } g ? Without(g) : null, GaussNewton = reduced };
    }
}
