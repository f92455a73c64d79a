using Protonmotive.Networks;

namespace Protonmotive.Formats.Sbml.Writing;

/// <summary>A species on its way into the file.</summary>
/// <param name="Species">The species.</param>
/// <param name="Amount">Amount at the start, where a number.</param>
/// <param name="Concentration">Concentration at the start, where a number.</param>
/// <param name="IsBoundary">Whether reactions leave it as it is.</param>
/// <param name="ConversionFactor">Name of the parameter that converts extents, if any.</param>
internal sealed record SbmlSpecies(Species Species, double? Amount, double? Concentration, bool IsBoundary, string? ConversionFactor);
