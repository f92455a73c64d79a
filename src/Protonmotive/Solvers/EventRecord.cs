using System.Collections.Immutable;

namespace Protonmotive.Solvers;

/// <summary>One jump of a solution: all events that fired together at one time.</summary>
/// <param name="Time">When.</param>
/// <param name="Names">The events that fired, in the system's order.</param>
/// <param name="StateBefore">State before the jump, shape [n].</param>
/// <param name="StateAfter">State after it, shape [n].</param>
/// <param name="ParametersBefore">Parameters and modes before it, shape [parameters + modes].</param>
/// <param name="ParametersAfter">Parameters and modes after it.</param>
public sealed record EventRecord(
    double Time,
    ImmutableArray<string> Names,
    ImmutableArray<double> StateBefore,
    ImmutableArray<double> StateAfter,
    ImmutableArray<double> ParametersBefore,
    ImmutableArray<double> ParametersAfter)
{
    /// <summary>The events' names, joined by a comma.</summary>
    public string Name => string.Join(", ", Names);
}
