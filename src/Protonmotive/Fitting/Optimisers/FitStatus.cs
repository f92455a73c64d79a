namespace Protonmotive.Fitting.Optimisers;

/// <summary>How far an optimiser is.</summary>
public enum FitStatus
{
    /// <summary>It goes on.</summary>
    Running,
    /// <summary>The gradient within the bounds, or what a step promises, is within tolerance: a local minimum.</summary>
    Converged,
    /// <summary>The objective has stopped falling, though the last steps promised more.</summary>
    Stalled,
    /// <summary>No smaller step lowers the objective: a kink, or noise of the solver.</summary>
    StepTooSmall,
    /// <summary>The limit of iterations or evaluations.</summary>
    LimitReached,
    /// <summary>The objective is infinite where it began.</summary>
    StartFailed,
}
