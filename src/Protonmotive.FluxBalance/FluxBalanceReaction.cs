using System.Collections.Immutable;

namespace Protonmotive.FluxBalance;

/// <summary>A reaction with the bounds of its flux.</summary>
/// <param name="Id">Its id, which also names its flux.</param>
/// <param name="Name">Its name; empty where it has none.</param>
/// <param name="Stoichiometry">Net coefficient by species: what one turn makes is positive, what it uses up negative.</param>
/// <param name="LowerBound">Lower bound of the flux, in extent per time; −∞ where there is none.</param>
/// <param name="UpperBound">Upper bound of the flux, in extent per time; +∞ where there is none.</param>
/// <param name="Genes">Which gene products it needs, where given.</param>
public sealed record FluxBalanceReaction(
    string Id,
    string Name,
    ImmutableSortedDictionary<string, double> Stoichiometry,
    double LowerBound,
    double UpperBound,
    GeneAssociation? Genes = null);
