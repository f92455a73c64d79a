namespace Protonmotive.Networks;

/// <summary>A sum of monomials with coefficients: the form in which the forward and backward parts of a law are told apart.</summary>
internal sealed class SignedSum
{
    private readonly Dictionary<Monomial, double> terms = [];

    /// <summary>Terms with their coefficients; none is 0.</summary>
    public IReadOnlyDictionary<Monomial, double> Terms => terms;

    /// <summary>A number times a monomial.</summary>
    public static SignedSum Of(Monomial monomial, double coefficient)
    {
        var sum = new SignedSum();
        sum.Add(monomial, coefficient);
        return sum;
    }

    /// <summary>Adds one term; like terms cancel.</summary>
    public void Add(Monomial monomial, double coefficient)
    {
        double sum = terms.GetValueOrDefault(monomial) + coefficient;
        if (sum == 0) terms.Remove(monomial); else terms[monomial] = sum;
    }

    /// <summary>Sum with a multiple of another.</summary>
    public SignedSum Plus(SignedSum other, double factor)
    {
        var sum = new SignedSum();
        foreach (var (m, c) in terms) sum.terms[m] = c;
        foreach (var (m, c) in other.terms) sum.Add(m, factor * c);
        return sum;
    }

    /// <summary>Product, term by term.</summary>
    public SignedSum Times(SignedSum other)
    {
        var product = new SignedSum();
        foreach (var (m, c) in terms)
        {
            foreach (var (n, d) in other.terms) product.Add(m.Times(n), c * d);
        }
        return product;
    }
}
