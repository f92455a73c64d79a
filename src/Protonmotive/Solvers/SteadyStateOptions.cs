namespace Protonmotive.Solvers;

/// <summary>How a steady state is sought.</summary>
public sealed record SteadyStateOptions
{
    /// <summary>The defaults.</summary>
    public static SteadyStateOptions Default { get; } = new();

    /// <summary>
    /// Conservation laws, one a row over the states: each row times M y is constant in time. Null: found numerically from
    /// Jacobians at several states; they should be given where rate constants span more than about ten decades.
    /// </summary>
    public double[,]? ConservationLaws { get; init; }

    /// <summary>How long to integrate at most; null: a thousand times the span of the problem.</summary>
    public double? Horizon { get; init; }

    /// <summary>
    /// Whether to integrate first, so that the state found is the one the problem settles at from its start; by default Newton's
    /// method goes first, and where there are several steady states it may find another stable one.
    /// </summary>
    public bool FollowsDynamics { get; init; }

    /// <summary>
    /// Whether an unstable steady state will do where the system settles at none (it oscillates, say). It is sought by Newton's
    /// method from the start and from states around it.
    /// </summary>
    public bool AcceptsUnstable { get; init; }

    /// <summary>Number of perturbed starts, with the same conserved totals, from which to look for other steady states.</summary>
    public int PerturbedStarts { get; init; }

    /// <summary>Seed of the perturbations.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The method that integrates.</summary>
    public Method Method { get; init; } = new Rodas4();
}
