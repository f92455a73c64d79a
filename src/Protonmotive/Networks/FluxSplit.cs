using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>A net flux told apart into J⁺ and J⁻, or why it can't be.</summary>
/// <param name="Forward">J⁺, not negative for positive arguments; null where the law has no such split.</param>
/// <param name="Backward">J⁻, not negative for positive arguments; 0 for a law that runs one way; null as above.</param>
/// <param name="Reason">Why there is no split; empty where there is one.</param>
public sealed record FluxSplit(Expression? Forward, Expression? Backward, string Reason)
{
    /// <summary>J⁺/J⁻ as a product of powers, where both are single products of the same denominator; null otherwise.</summary>
    public ImmutableArray<QuotientFactor>? Quotient { get; init; }

    /// <summary>Differences such as (total − species) that were taken as not negative: the rest of a conserved total.</summary>
    public ImmutableArray<Expression> Rests { get; init; } = [];

    /// <summary>Whether both directions are known and neither vanishes.</summary>
    public bool IsReversible => Forward is { } f && Backward is { } b && !IsZero(f) && !IsZero(b);

    /// <summary>Whether only one direction is there.</summary>
    public bool IsOneWay => Forward is { } f && Backward is { } b && IsZero(f) != IsZero(b);

    /// <summary>Whether the law gives no flux at all.</summary>
    public bool IsNothing => Forward is { } f && Backward is { } b && IsZero(f) && IsZero(b);

    internal static FluxSplit Unknown(string reason) => new(null, null, reason);

    private static bool IsZero(Expression e) => e.IsConstant && e.Value == 0;
}

/// <summary>A factor of J⁺/J⁻.</summary>
/// <param name="Base">A symbol, or a sum or function that is not taken apart.</param>
/// <param name="Exponent">Its power.</param>
public readonly record struct QuotientFactor(Expression Base, double Exponent);
