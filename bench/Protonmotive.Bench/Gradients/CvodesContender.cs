using Protonmotive.Bench.Peers;

namespace Protonmotive.Bench.Gradients;

/// <summary>CVODES' adjoint by BDF, on a trajectory or on the members of a file.</summary>
/// <param name="program">The compiled problem.</param>
/// <param name="setup">Linear solver, interpolation, part of the quadratures in the error test, in the words of the driver.</param>
/// <param name="problem">Its end and its tolerances.</param>
/// <param name="members">Parameter sets; null for one trajectory.</param>
internal sealed class CvodesContender(CvodeProgram program, string setup, GradientProblem problem, MemberFile? members = null) : Contender
{
    private const int MostRepeats = 200;
    private const double Seconds = 0.04;

    /// <inheritdoc/>
    public override string Name => $"CVODES {setup}";

    /// <inheritdoc/>
    public override bool IsOurs => false;

    /// <inheritdoc/>
    public override PeerResult? Solve(double tolerance) => Repeat(tolerance, members is null ? MostRepeats : 1, null);

    /// <summary>The gradients alone, at a tolerance for references.</summary>
    /// <param name="tolerance">Relative tolerance.</param>
    /// <param name="first">Only of so many members.</param>
    public PeerResult? Once(double tolerance, int? first = null) => Repeat(tolerance, 1, first);

    private PeerResult? Repeat(double tolerance, int repeats, int? first)
    {
        var result = problem.Scaled(program.Gradient(setup, tolerance, tolerance * problem.Problem.AbsoluteFactor, tolerance * problem.AbsoluteFactor, problem.Problem.End, repeats, Seconds, members, first));
        return members is null && result.Ends[0].Any(double.IsNaN) ? null : result;
    }
}
