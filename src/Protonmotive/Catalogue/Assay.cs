using System.Collections.Immutable;

namespace Protonmotive.Catalogue;

/// <summary>How a table of measurements of a system is read where its user says nothing else, and which single parameters may explain it.</summary>
/// <param name="Observe">What columns measured and how they scatter, as mappings write it: <c>OCR* = OCR ± 5 %</c>.</param>
/// <param name="OneOf">Ranges of parameters, each an explanation by itself, with its name: <c>X_C1=5%..200%:log (Complex I)</c>.</param>
/// <param name="Column">Name of the column in tables that are made up.</param>
/// <param name="Interval">Time between two measurements in such tables, in the model's unit.</param>
public sealed record Assay(string Observe, ImmutableArray<string> OneOf, string Column, double Interval);
