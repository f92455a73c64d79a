using System.Globalization;

namespace Protonmotive.Networks;

/// <summary>A unit of measure: a dimension and how many SI units it is. Immutable; equal where both are.</summary>
public sealed class Unit : IEquatable<Unit>
{
    private static readonly string[] preferred = ["V", "J", "W", "C", "F", "S", "N", "Pa", "M", "mM", "L", "mV", "kJ", "J/mol", "kJ/mol", "C/mol", "J/(mol K)", "mol/s", "mol/(L s)", "1/M"];
    private readonly string? text;

    internal Unit(Dimension dimension, double factor, string? text = null)
    {
        Dimension = dimension;
        Factor = factor;
        this.text = text;
    }

    /// <summary>1: no dimension, factor 1.</summary>
    public static Unit One { get; } = new(default, 1, "1");

    /// <summary>Exponents of the SI base units.</summary>
    public Dimension Dimension { get; }

    /// <summary>How many of the coherent SI unit this unit is: 0.001 for mV, 1000 for M (mol/m³).</summary>
    public double Factor { get; }

    /// <summary>Whether it is a plain number, of factor 1.</summary>
    public bool IsOne => Dimension.IsNone && Math.Abs(Factor - 1) < 1e-12;

    /// <summary>The unit that a text means, such as "kJ/mol", "mol/(s M2)", "J/(mol K)" or "1".</summary>
    /// <exception cref="UnitException">An unknown symbol, or a text that can be taken in two ways ("J/mol K").</exception>
    public static Unit Parse(string text) => new UnitReader(text).Read();

    /// <summary>As <see cref="Parse"/>; null where the text is empty or can't be read.</summary>
    public static Unit? TryParse(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        try { return Parse(text); }
        catch (UnitException) { return null; }
    }

    /// <summary>What a value in one unit is multiplied by to be in another.</summary>
    /// <exception cref="UnitException">They differ in dimension; names both.</exception>
    public static double ConversionFactor(Unit from, Unit to)
    {
        if (from.IsComparableTo(to)) return from.Factor / to.Factor;
        throw new UnitException($"'{from}' is no '{to}': one is {from.Dimension}, the other {to.Dimension} in SI base units.",
            $"conversion from '{from}' to '{to}'", "Use units of one dimension, or multiply by the quantity between them.");
    }

    /// <summary>Whether the dimensions are the same.</summary>
    public bool IsComparableTo(Unit other) => Dimension == other.Dimension;

    /// <summary>Whether dimension and factor are the same, to 1e-9 of the factor.</summary>
    public bool Matches(Unit other) => IsComparableTo(other) && Math.Abs((Factor / other.Factor) - 1) < 1e-9;

    /// <summary>Product.</summary>
    public static Unit operator *(Unit left, Unit right) =>
        left.IsOne ? right : right.IsOne ? left : new(left.Dimension * right.Dimension, left.Factor * right.Factor);

    /// <summary>Quotient.</summary>
    public static Unit operator /(Unit left, Unit right) =>
        right.IsOne ? left : new(left.Dimension / right.Dimension, left.Factor / right.Factor);

    /// <summary>A power.</summary>
    public Unit Power(double exponent) => exponent == 1 ? this : new(Dimension.Power(exponent), Math.Pow(Factor, exponent));

    /// <summary>As it was written; a result as a common unit where it is one, else in SI base units.</summary>
    public override string ToString()
    {
        if (text is not null) return text;
        if (Array.Find(preferred, p => Parse(p).Matches(this)) is { } common) return common;
        return Math.Abs(Factor - 1) < 1e-12 ? Dimension.ToString()
            : Factor.ToString("G6", CultureInfo.InvariantCulture) + (Dimension.IsNone ? "" : " " + Dimension);
    }

    /// <inheritdoc/>
    public bool Equals(Unit? other) => other is not null && Dimension == other.Dimension && Factor == other.Factor;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Unit);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Dimension, Factor);
}
