using Protonmotive.Solvers;

namespace Protonmotive.Sensitivities;

/// <summary>What most sensitivities leave alone.</summary>
public sealed record SensitivityOptions
{
    /// <summary>The defaults.</summary>
    public static SensitivityOptions Default { get; } = new();

    /// <summary>By which method the solve goes; its derivative is that of its own steps.</summary>
    public Method Method { get; init; } = new Automatic();

    /// <summary>The error allowed in a step of the solve.</summary>
    public Tolerance Tolerance { get; init; } = new(1e-8, 1e-11);

    /// <summary>Limit on steps.</summary>
    public long MaximumSteps { get; init; } = 1_000_000;

    /// <summary>
    /// Bytes for the steps of the path; above, blocks of steps are kept as checkpoints and computed again when the derivative comes by.
    /// </summary>
    public long PathMemory { get; init; } = 256L << 20;

    /// <summary>
    /// Whether tangents too have to meet the tolerance: the relative one of themselves, and that of the state for a move of the
    /// parameters by their own size. Where they do not, the solve is repeated with shorter steps there. Needed where the solution says
    /// less than its derivative, as a system that starts at rest.
    /// </summary>
    public bool ControlsTangents { get; init; }

    /// <summary>The largest step at each time, as <see cref="TangentSolution.StepLimits"/> of an earlier solve says what its tangents needed; null for none.</summary>
    public StepLimits? StepLimits { get; init; }
}
