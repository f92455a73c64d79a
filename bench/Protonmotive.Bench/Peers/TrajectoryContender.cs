using Protonmotive.Solvers;

namespace Protonmotive.Bench.Peers;

/// <summary>Ours on one trajectory: ready kernel, end state only.</summary>
/// <param name="name">Method and linear solver.</param>
/// <param name="method">The method.</param>
/// <param name="start">The problem on its compiled kernel.</param>
/// <param name="problem">Its absolute tolerance.</param>
/// <param name="linear">How its linear systems are solved.</param>
internal sealed class TrajectoryContender(string name, Method method, InitialValueProblem start, PeerProblem problem, LinearSolver linear = LinearSolver.Automatic) : Contender
{
    private const int MostRepeats = 200, WarmCalls = 60;
    private const double Milliseconds = 40, WarmMilliseconds = 400;

    private readonly SolveOptions options = new() { LinearSolver = linear };
    private bool isWarm;

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override bool IsOurs => true;

    /// <inheritdoc/>
    public override PeerResult? Solve(double tolerance)
    {
        var asked = new Tolerance(tolerance, tolerance * problem.AbsoluteFactor);
        try
        {
            Warm(asked);
            var times = new List<double>();
            Solution solution = Ode.Solve(start, method, asked, options, OutputTimes.EndOnly);
            for (double spent = 0; times.Count < MostRepeats && (times.Count == 0 || spent < Milliseconds); spent += times[^1])
            {
                double before = ProcessorTime.Milliseconds;
                solution = Ode.Solve(start, method, asked, options, OutputTimes.EndOnly);
                times.Add(ProcessorTime.Milliseconds - before);
            }
            var work = solution.Work;
            return new PeerResult(1e3 * times.Order().ElementAt(times.Count / 2), [solution.FinalState],
                $"{work.Steps} + {work.Rejected} steps, {work.Rates} f, {work.Jacobians} J, {work.Factorisations} LU, {work.Solves} solves");
        }
        catch (SolverException)
        {
            return null;
        }
    }

    // The runtime compiles a method well only after some thirty calls, beside the run: both calls and time have to pass.
    private void Warm(Tolerance asked)
    {
        if (isWarm) return;
        double begin = ProcessorTime.Milliseconds;
        for (int call = 0; call < 3 || (ProcessorTime.Milliseconds - begin < WarmMilliseconds); call++)
        {
            Ode.Solve(start, method, asked, options, OutputTimes.EndOnly);
            if (call == WarmCalls) Thread.Sleep(150);
        }
        isWarm = true;
    }
}
