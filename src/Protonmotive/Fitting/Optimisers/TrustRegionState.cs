namespace Protonmotive.Fitting.Optimisers;

/// <summary>State of <see cref="TrustRegion"/>.</summary>
public sealed record TrustRegionState : OptimiserState
{
    /// <summary>Gradient at the point, shape [n].</summary>
    public required double[] Gradient { get; init; }

    /// <summary>Gauss-Newton matrix there, row by row, shape [n·n].</summary>
    public required double[] Curvature { get; init; }

    /// <summary>What is added to it where that predicts better, row by row, shape [n·n]; empty for 0.</summary>
    public double[] Secant { get; init; } = [];

    /// <summary>Whether the next step counts on <see cref="Secant"/>.</summary>
    public bool UsesSecant { get; init; }

    /// <summary>Sizes of the parameters, shape [n].</summary>
    public required double[] Sizes { get; init; }

    /// <summary>Radius of the trust region, in sizes.</summary>
    public required double Radius { get; init; }

    /// <summary>Accepted iterations in a row that hardly lowered the objective.</summary>
    public int Idle { get; init; }

    /// <summary>Steps, since curvature was last measured, that lowered the objective by less than a quarter of what was promised.</summary>
    public int Misses { get; init; }

    /// <summary>Iterations since curvature was last measured.</summary>
    public int Age { get; init; }

    /// <summary>Whether a step was taken since curvature was last measured.</summary>
    public bool HasMoved { get; init; } = true;

    /// <summary>The iteration from which slowness is judged.</summary>
    public int MarkedIteration { get; init; }

    /// <summary>The objective then.</summary>
    public double MarkedValue { get; init; } = double.PositiveInfinity;
}
