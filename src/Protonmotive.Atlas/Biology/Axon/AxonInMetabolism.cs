using Protonmotive.Networks;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Atlas.Biology;

/// <summary>A network around axon membranes whose metabolism holds ATP, ADP and phosphate: per cm², in mV, mM, pmol and pJ.</summary>
internal static class AxonInMetabolism
{
    /// <summary>Diameter of a node of a fibre of 20 µm, its length and that of the internode, cm (McNeal 1976).</summary>
    public const double Diameter = 14e-4, NodeLength = 2.5e-4, InternodeLength = 0.2;

    /// <summary>Sources of the membrane, the pump and the fibre.</summary>
    public static readonly string[] Sources =
    [
        "Frankenhaeuser B, Huxley AF (1964). The action potential in the myelinated nerve fibre of Xenopus laevis as computed on the basis of voltage clamp data. J Physiol 171:302–315.",
        "Smith NP, Crampin EJ (2004). Development of models of active ion transport for whole-cell modelling: cardiac sodium–potassium pump as a case study. Prog Biophys Mol Biol 85:387–405.",
        "Pan M, Gawthrop PJ, Cursons J, Tran K, Crampin EJ (2020). The cardiac Na⁺/K⁺ ATPase: an updated, thermodynamically consistent model. Physiome.",
        "McNeal DR (1976). Analysis of a model for excitation of myelinated nerve. IEEE Trans Biomed Eng 23:329–337.",
    ];

    /// <summary>A builder, and the membrane in it.</summary>
    /// <param name="name">Name of the network.</param>
    /// <param name="celsius">Temperature, °C.</param>
    /// <param name="inSeconds">Whether time is counted in s, in place of ms.</param>
    /// <param name="per">What quantities are counted per.</param>
    public static (NetworkBuilder Builder, AxonMembrane Membrane) Start(string name, double celsius, bool inSeconds, string per)
    {
        const double R = PhysicalConstants.CodataGasConstant, F = PhysicalConstants.CodataFaraday / 1000;
        var b = new NetworkBuilder(name) { TimeUnit = inSeconds ? "s" : "ms", AmountUnit = "pmol", EnergyUnit = "pJ", Per = per };
        b.GasConstant = b.Parameter("R", R, "J/(mol K)", "CODATA 2018");
        b.Faraday = b.Parameter("F", F, "nC/pmol", "CODATA 2018");
        var temperature = b.Parameter("celsius", celsius, "°C", celsius == 20 ? "Frankenhaeuser and Huxley 1964" : "own: a mammal's");
        b.Temperature = b.Define("T", temperature + 273.15, "K", "temperature");
        var metabolism = b.Compartment("metabolism", 1, "nL", "what holds ATP, ADP and phosphate");
        Parameter Level(string what, double value, string unit, string source, string description) => b.Parameter(what, value, unit, source, description);
        var (T, D, P) = (Level("ATP_held", 4, "mM", "own: a nerve cell's", "MgATP"), Level("ADP_held", 0.04, "mM", "own: a nerve cell's", "MgADP"), Level("Pi_held", 2, "mM", "own: a nerve cell's", "free phosphate"));
        var pH = b.Parameter("pH", 7.2, "1", "own: a cell's");
        var ΔG = b.Parameter("DeltaG0_MgATP", 11_900, "J/mol", "Pan 2020", "MgATP → MgADP + Pi + H⁺, at 1 M");
        var protons = Power(10, 3 - pH);
        var equilibrium = 1e6 * Exp(-ΔG / b.RT);
        b.Reservoir("ATP", metabolism, T, standardPotential: b.RT * Log(equilibrium / protons), unit: "mM", description: "MgATP, held");
        b.Reservoir("ADP", metabolism, D, standardPotential: 0, unit: "mM", description: "MgADP, held");
        b.Reservoir("Pi", metabolism, P, standardPotential: 0, unit: "mM", description: "phosphate, held; H⁺ with it");
        b.Define("DeltaG_ATP", b.RT * Log(equilibrium * T / (protons * D * P)), "J/mol", "free energy of ATP, for one turn of the pump");
        var fuel = new AxonFuel("ATP", "ADP + Pi", T, D, P, protons, equilibrium);
        var atRest = new Dictionary<string, double> { ["R"] = R, ["F"] = F, ["T"] = celsius + 273.15, ["celsius"] = celsius, ["ATP_held"] = 4, ["ADP_held"] = 0.04, ["Pi_held"] = 2, ["pH"] = 7.2, ["DeltaG0_MgATP"] = 11_900 };
        return (b, new AxonMembrane(b, AxonScale.PerSquareCentimetre(inSeconds ? 1000 : 1), temperature, fuel, atRest));
    }
}
