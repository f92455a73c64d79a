using System.Runtime.Intrinsics;
using Protonmotive.Kernels.Lanes;
using Protonmotive.Sensitivities.Sweeps;

namespace Protonmotive.Sensitivities;

/// <summary>
/// Derivatives of a solution along given directions, carried forward beside it: several directions in one instruction, one
/// factorisation for all of them.
/// </summary>
/// <remarks>
/// The derivative is that of the numbers the solver computes, with its steps as they were: it agrees with the adjoint to rounding,
/// and with the derivative of the exact solution to the solver's tolerance.
/// </remarks>
public static class ForwardSensitivities
{
    private const int MostRepeats = 6;

    /// <summary>Solves, and carries the tangents of the start along.</summary>
    /// <param name="start">Where from, with its tangents.</param>
    /// <param name="from">First time.</param>
    /// <param name="to">Last time.</param>
    /// <param name="times">Times of rows, ascending, inside; at a jump, a row shows the state after it.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Ends the solve.</param>
    /// <exception cref="Solvers.SolverException">The solve fails.</exception>
    /// <exception cref="SensitivityException">The solution has no derivative.</exception>
    public static TangentSolution Solve(TangentStart start, double from, double to, IReadOnlyList<double> times, SensitivityOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(times);
        options ??= SensitivityOptions.Default;
        for (int repeat = 0; ; repeat++)
        {
            var path = SolvePath.Of(start, from, to, times, options, cancellation);
            var solution = new TangentSolution(start.Kernel, start.Directions, path.Log.Asked) { Work = path.Solution.Work, StepLimits = options.StepLimits };
            var errors = Carry(path, start, solution, options, cancellation);
            if (!options.ControlsTangents) return solution;
            solution.TangentError = errors.Select(e => e.Size).DefaultIfEmpty(0).Max();
            if (!(solution.TangentError > 1) || repeat == MostRepeats) return solution;
            options = options with { StepLimits = StepError.Limits(errors, options.StepLimits) };
        }
    }

    private static IReadOnlyList<StepError> Carry(SolvePath path, TangentStart start, TangentSolution solution, SensitivityOptions options, CancellationToken cancellation)
    {
        int width = start.Directions <= 1 ? 1 : Math.Min(LaneWidth.For(start.Kernel.Programs.Plan), start.Directions <= 4 && LaneWidth.Best > 1 ? 4 : 8);
        return width switch
        {
            8 => Carry<EightLanes, Vector512<double>>(path, start, solution, options, cancellation),
            4 => Carry<FourLanes, Vector256<double>>(path, start, solution, options, cancellation),
            _ => Carry<OneLane, double>(path, start, solution, options, cancellation),
        };
    }

    private static IReadOnlyList<StepError> Carry<TLanes, TVector>(SolvePath path, TangentStart start, TangentSolution solution, SensitivityOptions options, CancellationToken cancellation)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        using var sweep = new TangentSweep<TLanes, TVector>(path, options);
        if (start.Directions == 0) sweep.Rows(start, solution);
        for (int first = 0; first < start.Directions; first += TLanes.Count)
        {
            cancellation.ThrowIfCancellationRequested();
            sweep.Run(start, first, solution);
        }
        return sweep.Errors;
    }
}
