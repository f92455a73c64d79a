using System.Collections.Immutable;
using System.Numerics;

namespace Protonmotive.Sensitivities.Bifurcations;

/// <summary>A point where the number or the stability of steady states changes.</summary>
public sealed record SpecialPoint
{
    /// <summary>What happens.</summary>
    public required SpecialPointKind Kind { get; init; }

    /// <summary>The parameter.</summary>
    public required double ParameterValue { get; init; }

    /// <summary>The state, shape [states].</summary>
    public required ImmutableArray<double> State { get; init; }

    /// <summary>The recorded outputs, shape [outputs].</summary>
    public required ImmutableArray<double> Outputs { get; init; }

    /// <summary>Eigenvalues by falling real part; empty where not known.</summary>
    public required ImmutableArray<Complex> Eigenvalues { get; init; }

    /// <summary>Index of the branch it was met on.</summary>
    public required int Branch { get; init; }

    /// <summary>Of a Hopf point the angular frequency ω of the oscillation, per unit of time; its period is 2π/ω.</summary>
    public double? Frequency { get; init; }

    /// <summary>
    /// Of a Hopf point the first Lyapunov coefficient, for an eigenvector of length 1 in the model's own units: below 0 the
    /// oscillation born is stable (supercritical), above 0 it is not (subcritical). Null where it is rounding or not known.
    /// </summary>
    public double? LyapunovCoefficient { get; init; }

    /// <summary>One line for readers.</summary>
    public override string ToString() => FormattableString.Invariant($"{Kind} at {ParameterValue:g8}") + (Frequency is { } ω
        ? FormattableString.Invariant($", angular frequency {ω:g6}") + (LyapunovCoefficient is { } l ? l < 0 ? ", supercritical" : ", subcritical" : "")
        : "");
}
