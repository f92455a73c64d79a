namespace Protonmotive.Solvers;

/// <summary>What a solve cost; free of noise, so tests can pin it.</summary>
/// <param name="Steps">Accepted steps.</param>
/// <param name="Rejected">Steps tried and not kept: error too large, not finite, or retaken to land on a root.</param>
/// <param name="Rates">Evaluations of f.</param>
/// <param name="Jacobians">Evaluations of ∂f/∂y.</param>
/// <param name="Factorisations">Factorisations.</param>
/// <param name="Solves">Linear solves.</param>
public readonly record struct WorkCounts(long Steps, long Rejected, long Rates, long Jacobians, long Factorisations, long Solves);
