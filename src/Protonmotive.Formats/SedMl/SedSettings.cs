using Protonmotive.Solvers;

namespace Protonmotive.Formats.SedMl;

/// <summary>How an experiment is run, where its document leaves it open, and how much it may ask for.</summary>
public sealed record SedSettings
{
    /// <summary>The defaults.</summary>
    public static SedSettings Default { get; } = new();

    /// <summary>Tolerance where the algorithm gives none.</summary>
    public Tolerance Tolerance { get; init; } = new(1e-8, 1e-11);

    /// <summary>Seed of random numbers where the algorithm gives none.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Most simulations that one task may ask for.</summary>
    public double MostRuns { get; init; } = 200_000;

    /// <summary>Most numbers that the results of one task may hold.</summary>
    public double MostValues { get; init; } = 50_000_000;

    /// <summary>How far a steady state is looked for, in the model's unit of time.</summary>
    public double SteadyStateHorizon { get; init; } = 1e6;
}

/// <summary>How far a task has come.</summary>
/// <param name="Task">Id of the task.</param>
/// <param name="Done">Simulations done.</param>
/// <param name="Total">Simulations in all.</param>
public readonly record struct SedProgress(string Task, int Done, int Total);
