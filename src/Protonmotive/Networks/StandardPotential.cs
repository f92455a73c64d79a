namespace Protonmotive.Networks;

/// <summary>What a table or an annotation says of a species.</summary>
/// <param name="JoulePerMole">μ° in J/mol, at a standard state of 1 mol/L.</param>
/// <param name="Charge">Charge number; null to leave the model's.</param>
/// <param name="Formula">Chemical formula; null to leave the model's.</param>
public sealed record StandardPotential(double JoulePerMole, double? Charge = null, string? Formula = null);
