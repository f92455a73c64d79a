using Protonmotive.Kernels;
using Protonmotive.Solvers;

namespace Protonmotive.Bench.Peers;

/// <summary>One trajectory by all methods of both codes.</summary>
internal static class Trajectories
{
    private const int LargestDense = 30;
    private const double OurTight = 1e-11, TheirTight = 1e-12, LargestDifference = 1e-8;
    private static readonly double[] tolerances = [1e-2, 3e-3, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8];

    /// <summary>Linear solvers of CVODE that run on a system.</summary>
    /// <param name="states">Its size.</param>
    public static string[] Solvers(int states) => states <= LargestDense ? ["dense"] : ["klu-colamd", "klu-amd", "gmres", "gmres-jacobian"];

    /// <summary>Checks that both codes approach one solution, and compares them.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="kernel">Its compiled kernel.</param>
    /// <param name="program">Its compiled C.</param>
    /// <param name="rounds">How often each runs.</param>
    /// <exception cref="InvalidOperationException">Tight solutions differ.</exception>
    public static Comparison Run(PeerProblem problem, Kernel kernel, CvodeProgram program, int rounds)
    {
        var start = new InitialValueProblem(kernel, 0, problem.End);
        var solvers = Solvers(kernel.StateCount).Select(s => new CvodeContender(program, s, problem)).ToArray();
        double[][] reference = [Ode.Solve(start, new Rodas5P(), new Tolerance(OurTight, OurTight * problem.AbsoluteFactor), OutputTimes.EndOnly).FinalState];
        double agreement = solvers[0].Once(TheirTight)?.Error(reference) ?? double.NaN;
        if (problem.Published is { } published) agreement = Math.Max(agreement, new PeerResult(0, reference, "").Error([published]));
        if (!(agreement < LargestDifference)) throw new InvalidOperationException($"{problem.Name}: the tight solutions differ by {agreement:g2}, more than {LargestDifference:g2}.");
        var ours = new List<Contender>
        {
            new TrajectoryContender("Rodas4", new Rodas4(), start, problem),
            new TrajectoryContender("Rodas5P", new Rodas5P(), start, problem),
            new TrajectoryContender("BDF", new Bdf(), start, problem),
            new TrajectoryContender(Comparison.Automatic, new Automatic(), start, problem),
        };
        if (kernel.StateCount > LargestDense) ours.Add(new TrajectoryContender("BDF, Krylov", new Bdf(), start, problem, LinearSolver.Krylov));
        return Comparison.Run(problem.Name, kernel.StateCount, 1, agreement, reference, [.. solvers, .. ours], tolerances, rounds);
    }
}
