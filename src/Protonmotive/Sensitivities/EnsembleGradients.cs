using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using Protonmotive.Kernels.Lanes;
using Protonmotive.Sensitivities.Sweeps;
using Protonmotive.Solvers;
using Protonmotive.Solvers.Ensembles;

namespace Protonmotive.Sensitivities;

/// <summary>A member's loss and its gradient by the member's rows.</summary>
/// <param name="member">Which member.</param>
/// <param name="rows">Its outputs at the times asked for, shape [times·outputs].</param>
/// <param name="gradient">Receives ∂loss/∂rows, of the same shape; zero before.</param>
/// <returns>The loss.</returns>
public delegate double EnsembleLoss(long member, ReadOnlySpan<double> rows, Span<double> gradient);

/// <summary>
/// Gradients of scalar losses of an ensemble's members: several members in one instruction, forward and back. This is the
/// vector-Jacobian product of a batch of solves.
/// </summary>
public static class EnsembleGradients
{
    /// <summary>Solves all members and carries their losses' gradients back.</summary>
    /// <param name="problem">The members and what a row holds.</param>
    /// <param name="method">By which method.</param>
    /// <param name="tolerance">The error allowed in a step.</param>
    /// <param name="output">Times of rows.</param>
    /// <param name="loss">Called once for each member, from several threads.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Ends the solve.</param>
    /// <exception cref="SensitivityException">The system has something without a derivative.</exception>
    /// <exception cref="SolverException">The ensemble can't be set up; members that fail are told of in the result.</exception>
    public static EnsembleGradient Solve(EnsembleProblem problem, Method method, Tolerance tolerance, OutputTimes output, EnsembleLoss loss, EnsembleOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(loss);
        Differentiability.Check(problem.Base.Kernel.System);
        options ??= EnsembleOptions.Default;
        var run = new EnsembleRun(problem, method, tolerance, output, options);
        var (first, beyond) = run.Range;
        var result = new EnsembleGradient(problem.Base.Kernel, first, beyond - first, run.Form);
        var failures = new List<MemberFailure>();
        run.Execute(CreateRunner, block => Enumerable.Range(0, block.Count).Select(block.Failure).OfType<MemberFailure>().ToList(), (failed, _) => failures.AddRange(failed), cancellation);
        foreach (var failure in failures) result.Loss(failure.Member) = double.NaN;
        return result with { Failures = [.. failures] };

        IBlockRunner CreateRunner()
        {
            var single = new SingleAdjoint(run, problem, tolerance, options, loss, result);
            if (run.Obstacle is not null) return single;
            return run.Lanes switch
            {
                8 => new AdjointRunner<EightLanes, Vector512<double>>(run, problem, options, loss, result, single),
                4 => new AdjointRunner<FourLanes, Vector256<double>>(run, problem, options, loss, result, single),
                _ => new AdjointRunner<OneLane, double>(run, problem, options, loss, result, single),
            };
        }
    }
}
