using Protonmotive.Symbolics;

namespace Protonmotive.Atlas.Biology;

/// <summary>
/// In which units a network counts a membrane whose constants are given per cm²: permeabilities in cm/s, capacitance in µF/cm², currents in µA/cm²,
/// gates in 1/ms, pumps in pmol/cm² and turnovers in 1/s. Each factor leads from these to the network's own.
/// </summary>
/// <param name="Millivolts">mV in the network's unit of potential.</param>
/// <param name="Millimolar">mM in its unit of concentration.</param>
/// <param name="Rate">From 1/ms.</param>
/// <param name="Permeability">From cm/s to amount over time and concentration.</param>
/// <param name="Capacitance">From µF/cm² to charge over potential.</param>
/// <param name="Turnover">From pmol/cm²/s to amount over time.</param>
/// <param name="Current">From µA/cm² to charge over time.</param>
/// <param name="PotentialUnit">Unit of potentials.</param>
/// <param name="ConcentrationUnit">Unit of concentrations.</param>
/// <param name="ChargeUnit">Unit of charges.</param>
/// <param name="EnergyPerAmount">Unit of energies over amounts.</param>
internal sealed record AxonScale(double Millivolts, double Millimolar, double Rate, Expression Permeability, Expression Capacitance, Expression Turnover, Expression Current,
    string PotentialUnit, string ConcentrationUnit, string ChargeUnit, string EnergyPerAmount)
{
    /// <summary>Per cm² of membrane: mV, mM, pmol, nL, nC and pJ, in ms or in s.</summary>
    /// <param name="milliseconds">ms in the unit of time.</param>
    public static AxonScale PerSquareCentimetre(double milliseconds) => new(1, 1, milliseconds, 1e3 * milliseconds, 1, 1e-3 * milliseconds, milliseconds, "mV", "mM", "nC", "pJ/pmol");

    /// <summary>In V, M, mol, L, C, J and s, of a membrane of some area in cm².</summary>
    public static AxonScale OfArea(Expression area) => new(1e3, 1e3, 1e3, 1e-3 * area, 1e-6 * area, 1e-12 * area, 1e-6 * area, "V", "M", "C", "J/mol");
}
