using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Solvers.Stochastic;

namespace Protonmotive.Solvers.Langevin;

/// <summary>A network in a heat bath with a span of time, cut into equal steps.</summary>
/// <param name="Kernel">The compiled network.</param>
/// <param name="Start">First time, in the network's unit of time.</param>
/// <param name="End">Last time.</param>
/// <param name="Steps">How many steps lie between.</param>
public sealed record LangevinProblem(LangevinKernel Kernel, double Start, double End, int Steps)
{
    /// <summary>Parameters that replace their definitions; what depends on them follows.</summary>
    public ImmutableDictionary<string, double> Overrides { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>Parameters that each path draws anew before its start, in order, e.g. where it begins; arguments and bounds are numbers.</summary>
    public ImmutableArray<Draw> Drawn { get; init; } = [];

    /// <summary>Length of a step.</summary>
    public double Step => (End - Start) / Steps;

    /// <summary>Time at the end of that many steps.</summary>
    internal double At(int step) => step == Steps ? End : Start + (step * Step);

    internal void Check()
    {
        if (Drawn.FirstOrDefault(d => !d.Arguments.Concat(new[] { d.Lowest, d.Highest }.OfType<Symbolics.Expression>()).All(a => a.IsConstant)) is { } open) throw new StochasticException(
            $"'{open.Name}' is drawn for each path with arguments that are formulas.", $"network {Kernel.Network.Name}", "Give numbers, or let the network itself declare the draw.");
        if (double.IsFinite(Start) && double.IsFinite(End) && End > Start && Steps > 0) return;
        throw new StochasticException($"Paths from {Start:g6} to {End:g6} in {Steps} steps are asked for.", $"network {Kernel.Network.Name}", "Give a later, finite end and at least one step.");
    }
}
