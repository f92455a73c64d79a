namespace Protonmotive.Solvers.Ensembles;

/// <summary>
/// Solves a problem for many members: side by side in the lanes of vector instructions, block by block over the cores. The same
/// members give the same results, bit for bit, on any number of threads.
/// </summary>
public static class Ensemble
{
    /// <summary>Solves all members and keeps their outputs.</summary>
    /// <param name="problem">What to solve.</param>
    /// <param name="method">By which method: Rodas4, Rodas5P and Tsit5 run in lanes.</param>
    /// <param name="tolerance">The error allowed in a step.</param>
    /// <param name="output">The rows of every member; default: the end alone. Not every step.</param>
    /// <param name="options">Threads, width, limits.</param>
    /// <param name="progress">Told the number of members done, block by block.</param>
    /// <param name="cancellation">Ends the run within a step.</param>
    /// <exception cref="SolverException">The problem or an option is not usable. A member that fails is no exception: see <see cref="EnsembleSolution.Failures"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static EnsembleSolution Solve(EnsembleProblem problem, Method method, Tolerance tolerance, OutputTimes? output = null, EnsembleOptions? options = null, IProgress<EnsembleProgress>? progress = null, CancellationToken cancellation = default)
    {
        var run = new EnsembleRun(problem, method, tolerance, output ?? OutputTimes.EndOnly, options ?? EnsembleOptions.Default);
        var (first, beyond) = run.Range;
        int width = run.Times.Length * run.Names.Length;
        var values = new double[(beyond - first) * width];
        var failures = new List<MemberFailure>();
        run.Execute(
            block =>
            {
                var failed = new List<MemberFailure>();
                for (int k = 0; k < block.Count; k++)
                {
                    block.Rows(k).CopyTo(values.AsSpan((int)(block.First - first + k) * width, width));
                    if (block.Failure(k) is { } failure) failed.Add(failure);
                }
                return failed;
            },
            (failed, done) =>
            {
                failures.AddRange(failed);
                progress?.Report(new EnsembleProgress(first + done, first, beyond, run.Steps));
            },
            cancellation);
        return new EnsembleSolution(problem, run, values, failures);
    }

    /// <summary>Solves all members and reduces them on the way: no more memory is needed than for the reduction.</summary>
    /// <param name="problem">What to solve.</param>
    /// <param name="method">By which method: Rodas4, Rodas5P and Tsit5 run in lanes.</param>
    /// <param name="tolerance">The error allowed in a step.</param>
    /// <param name="fold">How members are reduced.</param>
    /// <param name="output">The rows of every member; default: the end alone. Not every step.</param>
    /// <param name="options">Threads, width, limits.</param>
    /// <param name="progress">Told the number of members done, block by block.</param>
    /// <param name="cancellation">Ends the run within a step.</param>
    /// <exception cref="SolverException">The problem or an option is not usable.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TState Fold<TState>(EnsembleProblem problem, Method method, Tolerance tolerance, IEnsembleFold<TState> fold, OutputTimes? output = null, EnsembleOptions? options = null, IProgress<EnsembleProgress>? progress = null, CancellationToken cancellation = default)
    {
        var run = new EnsembleRun(problem, method, tolerance, output ?? OutputTimes.EndOnly, options ?? EnsembleOptions.Default);
        var (first, beyond) = run.Range;
        var all = fold.Begin(run.Times, run.Names);
        run.Execute(
            block =>
            {
                var state = fold.Begin(run.Times, run.Names);
                for (int k = 0; k < block.Count; k++) state = fold.Add(state, block.Member(k));
                return state;
            },
            (state, done) =>
            {
                all = fold.Merge(all, state);
                progress?.Report(new EnsembleProgress(first + done, first, beyond, run.Steps));
            },
            cancellation);
        return all;
    }
}
