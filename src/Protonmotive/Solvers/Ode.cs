using System.Collections.Immutable;

namespace Protonmotive.Solvers;

/// <summary>Solves initial value problems.</summary>
public static class Ode
{
    /// <summary>Solves a problem.</summary>
    /// <param name="problem">What to solve.</param>
    /// <param name="method">By which method.</param>
    /// <param name="tolerance">The error allowed in a step.</param>
    /// <param name="output">The rows of the solution; default: every step.</param>
    /// <param name="progress">Told the time reached, now and then.</param>
    /// <param name="cancellation">Ends the solve within a step.</param>
    /// <exception cref="SolverException">The solve can't be started or can't go on; see the classes derived from it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Solution Solve(InitialValueProblem problem, Method method, Tolerance tolerance, OutputTimes? output = null, IProgress<SolveProgress>? progress = null, CancellationToken cancellation = default) =>
        Solve(problem, method, tolerance, SolveOptions.Default, output, progress, cancellation);

    /// <summary>Solves a problem, with options.</summary>
    /// <param name="problem">What to solve.</param>
    /// <param name="method">By which method.</param>
    /// <param name="tolerance">The error allowed in a step.</param>
    /// <param name="options">Limits, dense output, an observer of steps.</param>
    /// <param name="output">The rows of the solution; default: every step.</param>
    /// <param name="progress">Told the time reached, now and then.</param>
    /// <param name="cancellation">Ends the solve within a step.</param>
    /// <exception cref="SolverException">The solve can't be started or can't go on; see the classes derived from it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Solution Solve(InitialValueProblem problem, Method method, Tolerance tolerance, SolveOptions options, OutputTimes? output = null, IProgress<SolveProgress>? progress = null, CancellationToken cancellation = default)
    {
        Check(problem, tolerance, options);
        var kernel = problem.Kernel;
        var random = new RandomStream(options.Seed, options.Member);
        double[] parameters = problem.ParameterVector is { } given ? [.. given] : kernel.Parameters(problem.Overrides, problem.Start, random.Sample);
        var initial = Initial(problem, parameters);
        var instance = kernel.Bind(parameters);
        var names = Solution.Names(kernel).ToImmutableArray();
        var norm = new ErrorNorm(tolerance, kernel.AbsoluteScales(initial, parameters), kernel.ScaleIndices, kernel.StateCount);
        var switching = new Switching(instance, random, problem.Start, problem.End, options.StopObserver);
        var history = kernel.System.Delays.IsEmpty ? null : new DelayHistory(instance, problem.Start, problem.End, initial, problem.Overrides);
        instance.DelaySource = history?.For(instance);
        // What hangs on the past is not known within a step.
        var detail = output?.Detail is { } wanted && history is null ? new DetailRows(wanted, instance) : null;
        var recorder = new SolutionRecorder(kernel.Count, output ?? OutputTimes.EveryStep, problem.Start, problem.End, options.KeepsDenseOutput ? new DenseOutput() : null, detail);
        var chooser = new MethodChooser(kernel, tolerance, options.LinearSolver);
        var choice = method is Automatic ? chooser.AtStart(instance, problem.Start, problem.End, initial) : chooser.AsAsked(method, problem.Start);
        var integration = new Integration(instance, choice, method is Automatic ? chooser : null, norm, switching, history, recorder, options, i => names[i], problem.Start, problem.End, initial, parameters, progress, cancellation);
        var reason = integration.Run();
        return new Solution(problem, integration.Method, integration.Choices, tolerance, recorder, history, integration.State, integration.Time, integration.Work, reason);
    }

    /// <summary>Checks span, tolerance and limits.</summary>
    internal static void Check(InitialValueProblem problem, Tolerance tolerance, SolveOptions options)
    {
        if (!(double.IsFinite(problem.Start) && double.IsFinite(problem.End) && problem.End >= problem.Start))
            throw new SolverException($"The span of time from {problem.Start:g6} to {problem.End:g6} cannot be solved.", "Start and end of the problem.", "Give finite times, the end not before the start.");
        if (!(tolerance.Relative > 0 && tolerance.Relative < 1 && tolerance.Absolute >= 0 && double.IsFinite(tolerance.Absolute)))
            throw new SolverException($"The tolerance (relative {tolerance.Relative:g3}, absolute {tolerance.Absolute:g3}) is not usable.", "Tolerance of the solve.", "Give a relative tolerance between 0 and 1 and an absolute one that is not negative.");
        if (options.MaximumSteps < 1 || !(options.MaximumStep > 0) || options.InitialStep is <= 0 or double.NaN)
            throw new SolverException("A limit on steps is not usable.", $"MaximumSteps {options.MaximumSteps}, MaximumStep {options.MaximumStep}, InitialStep {options.InitialStep}.", "Give positive limits.");
    }

    /// <summary>The state a problem starts from, quadratures included.</summary>
    internal static double[] Initial(InitialValueProblem problem, double[] parameters)
    {
        var kernel = problem.Kernel;
        if (problem.InitialState.IsDefault) return kernel.InitialState(parameters, problem.Start);
        int given = problem.InitialState.Length;
        if (given != kernel.StateCount && given != kernel.Count)
        {
            throw new SolverException(
                $"The initial state has {given} numbers.",
                $"System '{kernel.System.Name}' has {kernel.StateCount} states and {kernel.QuadratureCount} quadratures.",
                $"Give {kernel.StateCount} numbers, or {kernel.Count} to start the quadratures too.");
        }

        var initial = new double[kernel.Count];
        problem.InitialState.CopyTo(initial);
        return initial;
    }
}
