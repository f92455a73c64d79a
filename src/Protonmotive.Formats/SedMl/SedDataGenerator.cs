namespace Protonmotive.Formats.SedMl;

/// <summary>Data computed from the results of tasks.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Name for readers.</param>
/// <param name="Where">File, line and column.</param>
/// <param name="Formula">The formula, value by value.</param>
public sealed record SedDataGenerator(string Id, string Name, string Where, SedFormula Formula) : SedElement(Id, Name, Where);
