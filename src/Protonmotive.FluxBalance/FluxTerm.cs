namespace Protonmotive.FluxBalance;

/// <summary>One term of an objective or constraint: coefficient · x, or coefficient · x · y where a second factor is given.</summary>
/// <param name="Variable">Id of a reaction, for its flux, or of a free variable.</param>
/// <param name="Coefficient">The coefficient, finite.</param>
/// <param name="Second">The other factor of a quadratic term: the same id for a square; null for a linear term.</param>
public sealed record FluxTerm(string Variable, double Coefficient, string? Second = null)
{
    /// <summary>Its value at given fluxes.</summary>
    public double Value(Func<string, double> fluxes) => Coefficient * fluxes(Variable) * (Second is null ? 1 : fluxes(Second));

    /// <inheritdoc/>
    public override string ToString() => Second is null ? $"{Coefficient:g6} {Variable}" : Second == Variable ? $"{Coefficient:g6} {Variable}²" : $"{Coefficient:g6} {Variable}·{Second}";
}
