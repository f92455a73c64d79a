using System.Collections.Immutable;

namespace Protonmotive.FluxBalance;

/// <summary>A sum of terms in the fluxes that is to be made as large or as small as the bounds let it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name; empty where it has none.</param>
/// <param name="Maximize">Whether it is maximised; minimised otherwise.</param>
/// <param name="Terms">Its terms.</param>
public sealed record FluxObjective(string Id, string Name, bool Maximize, ImmutableArray<FluxTerm> Terms)
{
    /// <summary>Its value at given fluxes.</summary>
    public double Value(Func<string, double> fluxes) => Terms.Sum(t => t.Value(fluxes));

    /// <inheritdoc/>
    public override string ToString() => $"{(Maximize ? "maximise" : "minimise")} {string.Join(" + ", Terms)}";
}
