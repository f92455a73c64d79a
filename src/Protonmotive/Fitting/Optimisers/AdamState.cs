namespace Protonmotive.Fitting.Optimisers;

/// <summary>State of <see cref="Adam"/>. Its point is where it is, which need not be the best it has seen.</summary>
public sealed record AdamState : OptimiserState
{
    /// <summary>Gradient at the point, shape [n].</summary>
    public required double[] Gradient { get; init; }

    /// <summary>Mean of past gradients, not yet made free of bias, shape [n].</summary>
    public required double[] Mean { get; init; }

    /// <summary>Mean of their squares, shape [n].</summary>
    public required double[] Square { get; init; }

    /// <summary>Steps that had to be shortened because the objective was infinite at their end.</summary>
    public int Shortened { get; init; }
}
