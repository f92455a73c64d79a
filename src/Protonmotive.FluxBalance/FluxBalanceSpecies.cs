namespace Protonmotive.FluxBalance;

/// <summary>A species of a flux balance model.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name; empty where it has none.</param>
/// <param name="Compartment">Id of its compartment.</param>
/// <param name="IsBoundary">Whether it is a boundary or constant: it is not balanced.</param>
/// <param name="Charge">Elementary charges, where given; versions 1 and 2 have whole ones.</param>
/// <param name="ChemicalFormula">Elemental composition as written, such as C6H12O6, where given.</param>
public sealed record FluxBalanceSpecies(string Id, string Name, string Compartment, bool IsBoundary, double? Charge = null, string? ChemicalFormula = null);
