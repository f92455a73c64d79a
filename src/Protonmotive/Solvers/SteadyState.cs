namespace Protonmotive.Solvers;

/// <summary>Finds steady states: f(y) = 0 with the conserved totals of the start.</summary>
public static class SteadyState
{
    /// <summary>Finds the steady state of a problem, or says why there is none.</summary>
    /// <param name="problem">The system with its start; its events are followed where it is integrated.</param>
    /// <param name="tolerance">The state is found to well within it.</param>
    /// <param name="options">Conservation laws, horizon, perturbed starts.</param>
    /// <param name="progress">Told the time reached while integrating.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <remarks>Quadratures are left out: they never stand still.</remarks>
    /// <exception cref="SolverException">The problem can't be started, or no horizon is given.</exception>
    public static SteadyStateResult Find(InitialValueProblem problem, Tolerance tolerance, SteadyStateOptions? options = null, IProgress<SolveProgress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= SteadyStateOptions.Default;
        double horizon = options.Horizon ?? 1000 * (problem.End - problem.Start);
        if (!(horizon > 0 && double.IsFinite(horizon)))
            throw new SolverException("A steady state is sought without a time to settle in.", $"Span of the problem from {problem.Start:g6} to {problem.End:g6}.", "Give SteadyStateOptions.Horizon, or a problem with an end after its start.");

        var search = new SteadyStateSearch(problem with { End = problem.Start + horizon }, tolerance, options, progress, cancellation);
        var result = search.Run();
        return result.Found && options.PerturbedStarts > 0 ? search.WithOthers(result) : result;
    }
}
