using System.Collections.Immutable;
using Protonmotive.Kernels;

namespace Protonmotive.Solvers;

/// <summary>A system with a span of time and a start: what is solved, apart from how.</summary>
/// <param name="Kernel">The compiled system.</param>
/// <param name="Start">First time, in the system's unit of time.</param>
/// <param name="End">Last time; not before <paramref name="Start"/>.</param>
public sealed record InitialValueProblem(Kernel Kernel, double Start, double End)
{
    /// <summary>Parameters that replace their definitions; what depends on them follows.</summary>
    public ImmutableDictionary<string, double> Overrides { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>The state at the start, shape [states] or [states + quadratures]; default: the system's own.</summary>
    public ImmutableArray<double> InitialState { get; init; }

    /// <summary>The whole parameter vector, in place of definitions and overrides; null for these.</summary>
    internal double[]? ParameterVector { get; init; }
}
