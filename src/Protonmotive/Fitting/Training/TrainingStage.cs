using Protonmotive.Fitting.Optimisers;

namespace Protonmotive.Fitting.Training;

/// <summary>A stage of training: how far the courses are looked at, by which method, until when.</summary>
public sealed record TrainingStage
{
    /// <summary>For reports.</summary>
    public required string Name { get; init; }

    /// <summary>By which method, with its limit of iterations: <see cref="Adam"/>, or <see cref="LimitedMemory"/> with unit sizes.</summary>
    public required Optimiser Optimiser { get; init; }

    /// <summary>Measurements after this time are left out, of the held-out experiments too.</summary>
    public double Horizon { get; init; } = double.PositiveInfinity;

    /// <summary>How courses are cut; null for whole ones.</summary>
    public Shooting? Shooting { get; init; }

    /// <summary>Iterations between two looks at the held-out experiments.</summary>
    public int CheckEvery { get; init; } = 5;

    /// <summary>Looks without a better held-out loss after which the stage ends.</summary>
    public int Patience { get; init; } = 20;
}
