using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Thermodynamics;

/// <summary>What the rate law of a process tells of its affinity.</summary>
public enum StepStanding
{
    /// <summary>J⁺/J⁻ is an equilibrium constant over the quotient of its equation: A = RT ln(J⁺/J⁻).</summary>
    Reversible,
    /// <summary>As <see cref="Reversible"/>, but for another equation than the one written: a cofactor stands in the law alone, or a species in the equation alone.</summary>
    OwnEquation,
    /// <summary>The reverse of another process, with which it is joined.</summary>
    JoinedReverse,
    /// <summary>The law runs one way: its affinity is unbounded.</summary>
    OneWay,
    /// <summary>The law gives no flux at these parameters.</summary>
    Nothing,
    /// <summary>The law has no split, or J⁺/J⁻ is no function of the quotient alone.</summary>
    Unknown,
}

/// <summary>A process with what its rate law tells of its affinity.</summary>
/// <param name="Process">The process.</param>
/// <param name="Standing">What is known.</param>
/// <param name="Reason">Why no more is known, or what the reader must know; may be empty.</param>
public sealed record ReactionStep(Process Process, StepStanding Standing, string Reason = "")
{
    /// <summary>The process that runs the other way: of a joined pair, each names the other.</summary>
    public Process? Partner { get; init; }

    /// <summary>J⁺; null where unknown.</summary>
    public Expression? Forward { get; init; }

    /// <summary>J⁻, of the partner for a joined pair; null where unknown.</summary>
    public Expression? Backward { get; init; }

    /// <summary>ln K of the quotient, in the model's units; null where unknown.</summary>
    public double? LogEquilibrium { get; init; }

    /// <summary>n where the law goes as (K/Q)ⁿ: A = RT ln(J⁺/J⁻)/n.</summary>
    public double Order { get; init; } = 1;

    /// <summary>Net coefficients of the quotient by species: negative on the left. A name in brackets is what is left of a conserved total.</summary>
    public ImmutableSortedDictionary<string, double> Stoichiometry { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>The constants whose powers make K, where they can be told apart.</summary>
    public ImmutableArray<QuotientFactor> Constants { get; init; } = [];

    /// <summary>Whether A = RT ln(J⁺/J⁻)/n.</summary>
    public bool HasAffinity => Standing is StepStanding.Reversible or StepStanding.OwnEquation;

    /// <summary>The equation of the quotient, as text.</summary>
    public string Equation => $"{Side(-1)} ⇌ {Side(1)}";

    private string Side(int sign) => string.Join(" + ", Stoichiometry.Where(s => Math.Sign(s.Value) == sign)
        .Select(s => Math.Abs(s.Value) == 1 ? s.Key : $"{Math.Abs(s.Value):0.####} {s.Key}"));
}
