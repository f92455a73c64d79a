using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Biology;

/// <summary>What the sodium pump burns: the stores it takes from, and their concentrations as it sees them.</summary>
/// <param name="Spent">Left side of the hydrolysis, as a reaction equation names it.</param>
/// <param name="Made">Its right side.</param>
/// <param name="ATP">MgATP, mM.</param>
/// <param name="ADP">MgADP, mM.</param>
/// <param name="Phosphate">Free phosphate, mM.</param>
/// <param name="Protons">H⁺, mM.</param>
/// <param name="Equilibrium">[MgADP][Pi][H⁺]/[MgATP] at equilibrium, mM².</param>
internal sealed record AxonFuel(string Spent, string Made, Expression ATP, Expression ADP, Expression Phosphate, Expression Protons, Expression Equilibrium);
