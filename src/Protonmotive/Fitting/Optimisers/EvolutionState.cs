namespace Protonmotive.Fitting.Optimisers;

/// <summary>State of <see cref="EvolutionStrategy"/>; coordinates are widths of the ranges from which starts are drawn.</summary>
public sealed record EvolutionState : OptimiserState
{
    /// <summary>Mean of the distribution, shape [n].</summary>
    public required double[] Mean { get; init; }

    /// <summary>Standard deviation σ.</summary>
    public required double Deviation { get; init; }

    /// <summary>Covariance matrix, row by row, shape [n·n].</summary>
    public required double[] Covariance { get; init; }

    /// <summary>Evolution path of the covariance, shape [n].</summary>
    public required double[] Path { get; init; }

    /// <summary>Evolution path of σ, shape [n].</summary>
    public required double[] DeviationPath { get; init; }

    /// <summary>Points a generation.</summary>
    public required int Population { get; init; }

    /// <summary>Generations since the last restart.</summary>
    public int Generation { get; init; }

    /// <summary>Restarts with twice the points.</summary>
    public int Restarts { get; init; }

    /// <summary>Least value of each of the last generations, the oldest first.</summary>
    public double[] Recent { get; init; } = [];

    /// <summary>Seed of its random numbers; a generation is a stream of its own.</summary>
    public required ulong Seed { get; init; }
}
