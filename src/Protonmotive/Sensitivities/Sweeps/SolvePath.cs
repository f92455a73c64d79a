using Protonmotive.Kernels;
using Protonmotive.Solvers;

namespace Protonmotive.Sensitivities.Sweeps;

/// <summary>A solve with all that its derivative needs.</summary>
internal sealed class SolvePath
{
    private SolvePath(Kernel kernel, RunLog log, ErrorNorm norm, Solution solution) => (Kernel, Log, Norm, Solution) = (kernel, log, norm, solution);

    /// <summary>The system.</summary>
    public Kernel Kernel { get; }

    /// <summary>Steps and stops.</summary>
    public RunLog Log { get; }

    /// <summary>How errors were measured.</summary>
    public ErrorNorm Norm { get; }

    /// <summary>The solution's end and counts.</summary>
    public Solution Solution { get; }

    /// <summary>Solves.</summary>
    /// <param name="start">Where from; its tangents play no part.</param>
    /// <param name="from">First time.</param>
    /// <param name="to">Last time.</param>
    /// <param name="times">Times of rows, ascending.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the solve.</param>
    public static SolvePath Of(TangentStart start, double from, double to, IReadOnlyList<double> times, SensitivityOptions options, CancellationToken cancellation)
    {
        Differentiability.Check(options.Method);
        var kernel = start.Kernel;
        double[] asked = [.. times];
        for (int k = 0; k < asked.Length; k++)
        {
            if (asked[k] >= from && asked[k] <= to && (k == 0 || asked[k] >= asked[k - 1])) continue;
            throw new SensitivityException($"Output is asked for at t = {asked[k]:g6}.", $"Times of a solve from {from:g6} to {to:g6}.", "Give ascending times inside the solve.");
        }
        var log = new RunLog(kernel.Count, asked, options.PathMemory) { FirstParameters = [.. start.Parameters] };
        var problem = new InitialValueProblem(kernel, from, to) { ParameterVector = start.Parameters, InitialState = [.. start.State] };
        var solveOptions = new SolveOptions { MaximumSteps = options.MaximumSteps, Observer = log, StopObserver = log, StepLimits = options.StepLimits, LinearSolver = LinearSolver.Direct };
        var solution = Ode.Solve(problem, options.Method, options.Tolerance, solveOptions, OutputTimes.EndOnly, cancellation: cancellation);
        log.Finish();
        return new SolvePath(kernel, log, new ErrorNorm(options.Tolerance, kernel.AbsoluteScales(start.State, start.Parameters), kernel.ScaleIndices, kernel.StateCount), solution);
    }
}
