using Protonmotive.Bench.Peers;
using Protonmotive.Kernels.Lanes;
using Protonmotive.Solvers;

namespace Protonmotive.Bench.Gradients;

/// <summary>Gradients by both codes, in turns, at equal achieved error.</summary>
internal static class GradientPeers
{
    private const int LargestDense = 30;
    private const double OurTight = 1e-11, TheirTight = 1e-12, OurTightMembers = 1e-10, TheirTightMembers = 1e-11, LargestDifference = 1e-6;
    private static readonly double[] tolerances = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10];

    /// <summary>One trajectory.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="program">Its compiled C.</param>
    /// <param name="rounds">How often each runs.</param>
    /// <exception cref="InvalidOperationException">Tight gradients differ.</exception>
    public static Comparison OfTrajectory(GradientProblem problem, CvodeProgram program, int rounds)
    {
        double[][] reference = [problem.Gradient(new Rodas5P(), OurTight)];
        var theirs = Setups(problem.Kernel.StateCount).Select(s => new CvodesContender(program, s, problem)).ToArray();
        double agreement = Checked(problem, theirs.Select(c => c.Once(TheirTight)?.Error(reference) ?? double.NaN));
        Contender[] contenders = [.. theirs, new TrajectoryGradient(new Rodas4(), problem), new TrajectoryGradient(new Rodas5P(), problem), new TrajectoryGradient(new Automatic(), problem)];
        return Comparison.Run(problem.Problem.Name, problem.Kernel.StateCount, 1, agreement, reference, contenders, tolerances, rounds);
    }

    /// <summary>The members of a file, one thread.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="program">Its compiled C.</param>
    /// <param name="members">The members.</param>
    /// <param name="rounds">How often each runs.</param>
    /// <exception cref="InvalidOperationException">Tight gradients differ.</exception>
    public static Comparison OfMembers(GradientProblem problem, CvodeProgram program, MemberFile members, int rounds)
    {
        int compared = Math.Min(members.Count, PeerResult.Compared), taken = LaneWidth.For(problem.Kernel.Programs.Plan);
        double[][] reference = new LaneGradient(new Rodas5P(), taken, members, problem).First(OurTightMembers, compared);
        var theirs = Setups(problem.Kernel.StateCount).Select(s => new CvodesContender(program, s, problem, members)).ToArray();
        double agreement = Checked(problem, [theirs[0].Once(TheirTightMembers, Math.Min(compared, 8))?.Error(reference) ?? double.NaN]);
        int[] widths = taken > 4 ? [taken, 4] : [taken];
        Contender[] contenders = [.. theirs, .. widths.SelectMany(w => new Contender[] { new LaneGradient(new Rodas4(), w, members, problem), new LaneGradient(new Rodas5P(), w, members, problem) })];
        return Comparison.Run(problem.Problem.Name, problem.Kernel.StateCount, members.Count, agreement, reference, contenders, tolerances, rounds);
    }

    // Linear solver, interpolation of the path, quadratures in the error test or not.
    private static string[] Setups(int states)
    {
        string linear = states <= LargestDense ? "dense" : "klu-amd";
        return [$"{linear} hermite tested", $"{linear} hermite untested", $"{linear} polynomial tested", $"{linear} polynomial untested"];
    }

    // The best of their tight gradients: with quadratures untested, or with interpolated paths, some have a floor.
    private static double Checked(GradientProblem problem, IEnumerable<double> differences)
    {
        double least = differences.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        return least < LargestDifference ? least : throw new InvalidOperationException($"{problem.Problem.Name}: the tight gradients differ by {least:g2}, more than {LargestDifference:g2}.");
    }
}
