using Protonmotive.Sensitivities.Sweeps;

namespace Protonmotive.Sensitivities;

/// <summary>
/// Gradients of scalar functions of a solution by any number of parameters: one solve, and one sweep back over its steps.
/// </summary>
/// <remarks>The discrete adjoint: the exact gradient of the numbers the solver computes, with its steps as they were.</remarks>
public static class AdjointSensitivities
{
    /// <summary>Solves, and keeps what a sweep back needs.</summary>
    /// <param name="start">Where from; its tangents play no part.</param>
    /// <param name="from">First time.</param>
    /// <param name="to">Last time.</param>
    /// <param name="times">Times of rows, ascending, inside; at a jump, a row shows the state after it.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Ends the solve.</param>
    /// <exception cref="Solvers.SolverException">The solve fails.</exception>
    /// <exception cref="SensitivityException">The solution has no derivative.</exception>
    public static AdjointSolution Solve(TangentStart start, double from, double to, IReadOnlyList<double> times, SensitivityOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(times);
        return new AdjointSolution(SolvePath.Of(start, from, to, times, options ?? SensitivityOptions.Default, cancellation), start);
    }
}
