namespace Protonmotive.Bench.Peers;

/// <summary>CVODE's BDF with one of its linear solvers, on a trajectory or on the members of a file.</summary>
/// <param name="program">The compiled problem.</param>
/// <param name="solver">Linear solver, in the words of the driver.</param>
/// <param name="problem">Its end and its absolute tolerance.</param>
/// <param name="members">Parameter sets; null for one trajectory.</param>
internal sealed class CvodeContender(CvodeProgram program, string solver, PeerProblem problem, MemberFile? members = null) : Contender
{
    private const int MostRepeats = 200;
    private const double Seconds = 0.04;

    /// <inheritdoc/>
    public override string Name => $"CVODE {solver}";

    /// <inheritdoc/>
    public override bool IsOurs => false;

    /// <inheritdoc/>
    public override PeerResult? Solve(double tolerance) => Repeat(tolerance, members is null ? MostRepeats : 1);

    /// <summary>The solution alone, at a tolerance for references.</summary>
    public PeerResult? Once(double tolerance) => Repeat(tolerance, 1);

    private PeerResult? Repeat(double tolerance, int repeats)
    {
        var result = program.Solve(solver, tolerance, tolerance * problem.AbsoluteFactor, problem.End, repeats, Seconds, members);
        return members is null && result.Ends[0].Any(double.IsNaN) ? null : result;
    }
}
