using Protonmotive.Bench.Peers;
using Protonmotive.Solvers;

namespace Protonmotive.Bench.Gradients;

/// <summary>Ours on one trajectory: solve and sweep back, on a ready kernel.</summary>
/// <param name="method">The method.</param>
/// <param name="problem">The problem.</param>
internal sealed class TrajectoryGradient(Method method, GradientProblem problem) : Contender
{
    private readonly Clock clock = new();

    /// <inheritdoc/>
    public override string Name => method.Name;

    /// <inheritdoc/>
    public override bool IsOurs => true;

    /// <inheritdoc/>
    public override PeerResult? Solve(double tolerance)
    {
        try
        {
            double[] gradient = [];
            double microseconds = clock.Microseconds(() => gradient = problem.Gradient(method, tolerance));
            return new PeerResult(microseconds, [gradient], "");
        }
        catch (ProtonmotiveException)
        {
            return null;
        }
    }
}
