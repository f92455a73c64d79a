using System.Numerics;

namespace Protonmotive.Thermodynamics;

/// <summary>An exact fraction in lowest terms, for stoichiometry.</summary>
internal readonly struct Fraction : IEquatable<Fraction>
{
    /// <summary>Largest denominator that a coefficient given as a double is read with.</summary>
    private const int LargestDenominator = 10_000;

    private readonly BigInteger denominator;

    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        var divisor = denominator.IsOne ? BigInteger.One : BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (denominator.Sign < 0) divisor = -divisor;
        Numerator = divisor.IsOne ? numerator : numerator / divisor;
        this.denominator = divisor.IsOne ? denominator : denominator / divisor;
    }

    public BigInteger Numerator { get; }

    public BigInteger Denominator => denominator.IsZero ? BigInteger.One : denominator;

    public bool IsZero => Numerator.IsZero;

    /// <summary>The fraction that a double was written for: 1/3 for 0.3333333333333333; null where none is near.</summary>
    public static Fraction? Of(double value)
    {
        if (!double.IsFinite(value) || Math.Abs(value) > 1e9) return null;
        // Continued fraction: the convergents are the best approximations.
        (BigInteger h0, BigInteger h1, BigInteger k0, BigInteger k1) = (0, 1, 1, 0);
        double rest = value;
        for (int i = 0; i < 40; i++)
        {
            double whole = Math.Floor(rest);
            (h0, h1) = (h1, ((BigInteger)whole * h1) + h0);
            (k0, k1) = (k1, ((BigInteger)whole * k1) + k0);
            if (k1 > LargestDenominator) return null;
            if (Math.Abs(((double)h1 / (double)k1) - value) <= 1e-12 * Math.Max(1, Math.Abs(value))) return new Fraction(h1, k1);
            rest = 1 / (rest - whole);
        }
        return null;
    }

    public static Fraction operator +(Fraction a, Fraction b) => a.Denominator == b.Denominator
        ? new(a.Numerator + b.Numerator, a.Denominator)
        : new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Fraction operator -(Fraction a) => new(-a.Numerator, a.Denominator);

    public static Fraction operator *(Fraction a, Fraction b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Fraction operator /(Fraction a, Fraction b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public double ToDouble() => (double)Numerator / (double)Denominator;

    public bool Equals(Fraction other) => Numerator == other.Numerator && Denominator == other.Denominator;

    public override bool Equals(object? obj) => obj is Fraction other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);
}
