namespace Protonmotive.Networks;

/// <summary>A product of powers of numbered atoms, without its coefficient.</summary>
internal sealed class Monomial : IEquatable<Monomial>
{
    private readonly (int Atom, double Exponent)[] factors;
    private readonly int hash;

    private Monomial((int, double)[] factors)
    {
        this.factors = factors;
        var hasher = default(HashCode);
        foreach (var factor in factors) hasher.Add(factor);
        hash = hasher.ToHashCode();
    }

    /// <summary>The empty product.</summary>
    public static Monomial One { get; } = new([]);

    /// <summary>Atoms with their exponents, by rising number.</summary>
    public ReadOnlySpan<(int Atom, double Exponent)> Factors => factors;

    /// <summary>A single atom.</summary>
    public static Monomial Of(int atom) => new([(atom, 1)]);

    /// <summary>Product with a power of another.</summary>
    public Monomial Times(Monomial other, double power = 1)
    {
        var product = new List<(int, double)>(factors.Length + other.factors.Length);
        for (int i = 0, j = 0; i < factors.Length || j < other.factors.Length;)
        {
            if (j == other.factors.Length || (i < factors.Length && factors[i].Atom < other.factors[j].Atom)) product.Add(factors[i++]);
            else
            {
                var (atom, exponent) = other.factors[j++];
                exponent *= power;
                if (i < factors.Length && factors[i].Atom == atom) exponent += factors[i++].Exponent;
                if (exponent != 0) product.Add((atom, exponent));
            }
        }
        return new Monomial([.. product]);
    }

    /// <inheritdoc/>
    public bool Equals(Monomial? other) => other is not null && hash == other.hash && factors.AsSpan().SequenceEqual(other.factors);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Monomial);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;
}
