using System.Globalization;
using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>Which linear solver a solve uses, and why.</summary>
/// <param name="Solver">Direct, Krylov or matrix-free Krylov.</param>
/// <param name="Factors">Entries of the triangular factors.</param>
/// <param name="Entries">Entries of the matrix.</param>
/// <param name="Direct">Seconds of a factorisation with the solutions it serves, about.</param>
/// <param name="Iterative">Seconds of those solutions by iteration, about.</param>
internal sealed record LinearSolverChoice(LinearSolver Solver, double Factors, double Entries, double Direct, double Iterative)
{
    // Multiply-adds a second of dense blocks, and of work through index lists; medians on machines of 2022 to 2025.
    private const double DenseRate = 8e9, IndexedRate = 0.8e9;

    // A step of a stiff solve makes a factorisation in five or so, and a solve or two; GMRES takes tens of products to the
    // accuracy that a step needs; on sheets with diffusion, whose long waves an incomplete LU misses, a hundred and more.
    private const double SolvesAFactorisation = 8, IterationsASolve = 30;

    /// <summary>Chooses by the cost of one factorisation with the solutions it serves.</summary>
    public static LinearSolverChoice For(Kernel kernel, LinearSolver asked)
    {
        var plan = kernel.Programs.Plan;
        double factors = plan.Order.FactorEntries, entries = plan.Pattern.Count;
        double direct = (plan.MultiplyAdds() / DenseRate) + (SolvesAFactorisation * factors / IndexedRate);
        double krylov = SolvesAFactorisation * IterationsASolve * 2 * entries / IndexedRate;
        bool isDirect = direct <= krylov || !kernel.System.Mass.IsEmpty;
        return new LinearSolverChoice(asked != LinearSolver.Automatic ? asked : isDirect ? LinearSolver.Direct : LinearSolver.Krylov, factors, entries, direct, krylov);
    }

    /// <summary>The costs compared, in words.</summary>
    public string Reason => string.Create(CultureInfo.InvariantCulture,
        $"factors of {Factors:#,0} entries for a matrix of {Entries:#,0}: about {1e3 * Direct:0.###} ms directly, {1e3 * Iterative:0.###} ms by iteration");
}
