using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;

namespace Protonmotive.Bench.Peers;

/// <summary>Ours on the members of a file: one thread, several members in an instruction.</summary>
/// <param name="method">The method.</param>
/// <param name="lanes">Members in an instruction.</param>
/// <param name="ensemble">The members, on a compiled kernel.</param>
/// <param name="problem">Its absolute tolerance.</param>
internal sealed class LaneContender(Method method, int lanes, EnsembleProblem ensemble, PeerProblem problem) : Contender
{
    private readonly EnsembleOptions options = new() { Threads = 1, Lanes = lanes };
    private bool isWarm;

    /// <inheritdoc/>
    public override int? Lanes => lanes;

    /// <inheritdoc/>
    public override string Name => $"{method.Name}, {lanes} lanes";

    /// <inheritdoc/>
    public override bool IsOurs => true;

    /// <inheritdoc/>
    public override PeerResult? Solve(double tolerance)
    {
        var asked = new Tolerance(tolerance, tolerance * problem.AbsoluteFactor);
        for (double begin = ProcessorTime.Milliseconds; !isWarm; isWarm = ProcessorTime.Milliseconds - begin > 400)
            Ensemble.Solve(ensemble, method, asked, options: options);
        int count = (int)ensemble.Members.Count;
        double before = ProcessorTime.Milliseconds;
        var solution = Ensemble.Solve(ensemble, method, asked, options: options);
        double microseconds = 1e3 * (ProcessorTime.Milliseconds - before) / count;
        return new PeerResult(microseconds, [.. Enumerable.Range(0, Math.Min(count, PeerResult.Compared)).Select(m => solution.Member(m).ToArray())],
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(double)solution.Steps / count:0.0} steps{(solution.Failures.IsEmpty ? "" : $", {solution.Failures.Length} failed")}"));
    }
}
