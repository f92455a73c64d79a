using Protonmotive.Kernels;
using Protonmotive.Kernels.Lanes;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;

namespace Protonmotive.Bench.Peers;

/// <summary>The same members by both codes, one thread.</summary>
internal static class Ensembles
{
    private const double OurTight = 1e-10, TheirTight = 1e-11, LargestDifference = 1e-7;
    private static readonly double[] tolerances = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9];

    /// <summary>Checks that both codes approach the same solutions, and compares them.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="kernel">Its compiled kernel.</param>
    /// <param name="program">Its compiled C.</param>
    /// <param name="rounds">How often each runs.</param>
    /// <exception cref="InvalidOperationException">Tight solutions differ.</exception>
    public static Comparison Run(PeerProblem problem, Kernel kernel, CvodeProgram program, int rounds)
    {
        using var members = new MemberFile(kernel, problem.Members);
        int compared = Math.Min(members.Count, PeerResult.Compared);
        var ensemble = new EnsembleProblem(new InitialValueProblem(kernel, 0, problem.End), members.Members);
        var exact = Ensemble.Solve(ensemble, new Rodas5P(), new Tolerance(OurTight, OurTight * problem.AbsoluteFactor), options: new EnsembleOptions { Count = compared });
        double[][] reference = [.. Enumerable.Range(0, compared).Select(m => exact.Member(m).ToArray())];
        string solver = Trajectories.Solvers(kernel.StateCount) is [var dense] ? dense : "klu-amd";
        double agreement = program.Solve(solver, TheirTight, TheirTight * problem.AbsoluteFactor, problem.End, 1, 0, members, Math.Min(compared, problem.Members / 8)).Error(reference);
        if (!(agreement < LargestDifference)) throw new InvalidOperationException($"{problem.Name}: tight solutions of members differ by {agreement:g2}, more than {LargestDifference:g2}.");
        int taken = LaneWidth.For(kernel.Programs.Plan);
        int[] widths = taken > 4 ? [taken, 4] : [taken];
        Contender[] contenders =
        [
            new CvodeContender(program, solver, problem, members),
            .. widths.SelectMany(w => new Contender[] { new LaneContender(new Rodas4(), w, ensemble, problem), new LaneContender(new Rodas5P(), w, ensemble, problem) }),
        ];
        return Comparison.Run(problem.Name, kernel.StateCount, members.Count, agreement, reference, contenders, tolerances, rounds);
    }
}
