using Protonmotive.Networks;
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
internal sealed record AxonScale(Expression Millivolts, Expression Millimolar, double Rate, Expression Permeability, Expression Capacitance, Expression Turnover, Expression Current)
{
    /// <summary>Units of potentials, concentrations, volumes, charges, and energies over amounts.</summary>
    public required (string Potential, string Concentration, string Volume, string Charge, string Energy) Units { get; init; }

    /// <summary>Values of the factors that have a name.</summary>
    public IReadOnlyDictionary<string, double> Named { get; init; } = new Dictionary<string, double>();

    /// <summary>Per cm² of membrane: mV, mM, pmol, nL, nC and pJ, in ms or in s.</summary>
    /// <param name="milliseconds">ms in the unit of time.</param>
    public static AxonScale PerSquareCentimetre(double milliseconds) =>
        new(1, 1, milliseconds, 1e3 * milliseconds, 1, 1e-3 * milliseconds, milliseconds) { Units = ("mV", "mM", "nL", "nC", "J/mol") };

    /// <summary>In V, M, mol, L, C, J and s, of a membrane of some area.</summary>
    /// <param name="b">The network, which gets the factors as parameters with their units.</param>
    /// <param name="area">In cm².</param>
    public static AxonScale OfArea(NetworkBuilder b, Expression area)
    {
        var named = new Dictionary<string, double>(StringComparer.Ordinal);
        Expression Factor(string name, double value, string unit)
        {
            named[name] = value;
            return b.Parameter(name, value, unit, "SI", "change of units");
        }
        return new(Factor("mV_per_V", 1e3, "mV/V"), Factor("mM_per_M", 1e3, "mM/M"), 1e3, Factor("L_per_cm3", 1e-3, "L/cm^3") * area, Factor("F_per_uF", 1e-6, "F/µF") * area,
            Factor("mol_per_pmol", 1e-12, "mol/pmol") * area, Factor("A_per_uA", 1e-6, "A/µA") * area) { Units = ("V", "M", "L", "C", "J/mol"), Named = named };
    }
}
