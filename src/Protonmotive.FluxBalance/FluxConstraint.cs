using System.Collections.Immutable;

namespace Protonmotive.FluxBalance;

/// <summary>A sum of terms in the fluxes that must keep between two bounds.</summary>
/// <param name="Id">Its id, or a name made from its place in the file.</param>
/// <param name="Name">Its name; empty where it has none.</param>
/// <param name="LowerBound">Lower bound; −∞ where there is none.</param>
/// <param name="UpperBound">Upper bound; +∞ where there is none.</param>
/// <param name="Terms">Its terms.</param>
public sealed record FluxConstraint(string Id, string Name, double LowerBound, double UpperBound, ImmutableArray<FluxTerm> Terms);
