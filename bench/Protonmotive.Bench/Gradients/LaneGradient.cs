using System.Globalization;
using Protonmotive.Bench.Peers;
using Protonmotive.Sensitivities;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;

namespace Protonmotive.Bench.Gradients;

/// <summary>Ours on the members of a file: one thread, several members in an instruction, forward and back.</summary>
/// <param name="method">The method.</param>
/// <param name="lanes">Members in an instruction.</param>
/// <param name="members">The members.</param>
/// <param name="problem">The problem.</param>
internal sealed class LaneGradient(Method method, int lanes, MemberFile members, GradientProblem problem) : Contender
{
    private readonly EnsembleProblem ensemble = new(new InitialValueProblem(problem.Kernel, 0, problem.Problem.End), members.Members);
    private readonly EnsembleOptions options = new() { Threads = 1, Lanes = lanes };
    private bool isWarm;

    /// <inheritdoc/>
    public override int? Lanes => lanes;

    /// <inheritdoc/>
    public override string Name => string.Create(CultureInfo.InvariantCulture, $"{method.Name}, {lanes} lanes");

    /// <inheritdoc/>
    public override bool IsOurs => true;

    /// <inheritdoc/>
    public override PeerResult? Solve(double tolerance)
    {
        for (double begin = ProcessorTime.Milliseconds; !isWarm; isWarm = ProcessorTime.Milliseconds - begin > 400) Gradients(tolerance);
        double before = ProcessorTime.Milliseconds;
        var found = Gradients(tolerance);
        double microseconds = 1e3 * (ProcessorTime.Milliseconds - before) / members.Count;
        return new PeerResult(microseconds, Rows(found, Math.Min(members.Count, PeerResult.Compared)), found.Failures.IsEmpty ? "" : $"{found.Failures.Length} failed");
    }

    /// <summary>Gradients of the first members.</summary>
    /// <param name="tolerance">Relative tolerance.</param>
    /// <param name="count">How many members.</param>
    public double[][] First(double tolerance, int count) => Rows(Gradients(tolerance, count), count);

    /// <summary>Gradients of all members.</summary>
    /// <param name="tolerance">Relative tolerance.</param>
    /// <param name="count">Only of so many; null for all.</param>
    public EnsembleGradient Gradients(double tolerance, int? count = null) =>
        EnsembleGradients.Solve(ensemble, method, problem.Tolerance(tolerance), OutputTimes.EndOnly, Loss, options with { Count = count });

    /// <summary>The members' solutions alone.</summary>
    /// <param name="tolerance">Relative tolerance.</param>
    public EnsembleSolution Forward(double tolerance) => Ensemble.Solve(ensemble, method, problem.Tolerance(tolerance), options: options);

    private double Loss(long member, ReadOnlySpan<double> rows, Span<double> gradient)
    {
        double loss = 0;
        for (int i = 0; i < rows.Length; i++) loss += (gradient[i] = problem.Seeds[i]) * rows[i];
        return loss;
    }

    private double[][] Rows(EnsembleGradient found, int count) => [.. Enumerable.Range(0, count).Select(m => problem.Scaled(members.Parameters(m), found.ByParameters(m)))];
}
