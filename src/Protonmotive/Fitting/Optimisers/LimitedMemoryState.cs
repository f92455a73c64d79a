namespace Protonmotive.Fitting.Optimisers;

/// <summary>State of <see cref="LimitedMemory"/>.</summary>
public sealed record LimitedMemoryState : OptimiserState
{
    /// <summary>Gradient at the point, shape [n].</summary>
    public required double[] Gradient { get; init; }

    /// <summary>Sizes of the parameters, shape [n]; the method works on x/size.</summary>
    public required double[] Sizes { get; init; }

    /// <summary>The last steps s = Δ(x/size), the oldest first.</summary>
    public double[][] Steps { get; init; } = [];

    /// <summary>The changes y of the gradient with them.</summary>
    public double[][] Changes { get; init; } = [];
}
