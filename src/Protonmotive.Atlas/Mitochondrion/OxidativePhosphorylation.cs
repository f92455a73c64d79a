using Protonmotive.Networks;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Atlas.Mitochondrion;

/// <summary>
/// The parts of oxidative phosphorylation after Randall, Beard and co-authors (2021), to be put together: each method adds one
/// boundary with its law. All amounts are counted per litre of mitochondria.
/// </summary>
/// <remarks>
/// Source [Q]: E. B. Randall, M. Hock, R. Lopez, B. Marzban, C. Marshall and D. A. Beard (2021), Quantitative analysis of
/// mitochondrial ATP synthesis. Potential differences and pH differences are P − N: intermembrane space less matrix.
/// Standard potentials are relative: those of H⁺, Pi, ADP, NAD, Q, oxidised cytochrome c, O₂ and water are 0, so the others
/// follow from the four standard reaction energies.
/// </remarks>
internal sealed class OxidativePhosphorylation
{
    private readonly NetworkBuilder b;
    private readonly Expression φ;
    private readonly Expression protonRatio;
    private readonly Expression demandPerLitre;

    public OxidativePhosphorylation(NetworkBuilder builder, Surroundings surroundings, InitialConditions initial, double? clampedPotential = null)
    {
        b = builder;
        Initial = initial;
        b.Per = "litre of mitochondria";
        b.GasConstant = b.Parameter("R", 8.314, "J/(mol K)", "Randall 2021");
        b.Faraday = F = b.Parameter("F", 96485, "C/mol", "Randall 2021");
        b.Temperature = b.Parameter("T", 310.15, "K", "Randall 2021");
        RT = b.RT;

        var waterOfMitochondria = b.Parameter("W_m", 0.7238, "1", "Bazil 2016", "water per volume of mitochondria");
        X = b.Compartment("matrix", 0.9 * waterOfMitochondria, "L", "matrix water");
        I = b.Compartment("intermembrane", 0.1 * waterOfMitochondria, "L", "intermembrane water (cytochrome c only)");
        var volumeOfMitochondria = b.Parameter("V_m", surroundings.MitochondrialVolume, "1", surroundings.Source, "volume of mitochondria per volume of cell or suspension");
        var volumeOutside = b.Parameter("V_c", surroundings.OuterVolume, "1", surroundings.Source, "volume of cytosol or buffer per volume of cell or suspension");
        var waterOutside = b.Parameter("W_c", surroundings.OuterWater, "1", surroundings.Source, "water per volume of cytosol or buffer");
        C = b.Compartment("cytosol", waterOutside * (volumeOutside / volumeOfMitochondria), "L", "water of cytosol or buffer");
        OuterPerMitochondria = volumeOutside / volumeOfMitochondria;
        demandPerLitre = 1 / volumeOfMitochondria.Symbol;

        var capacitance = b.Parameter("C_m", 300, "F", "Beard 2005", "capacitance of the inner membrane");
        ΔΨ = clampedPotential is { } held
            ? b.Membrane("DeltaPsi", [C, I], [X], capacitance, held, clamped: true, description: "potential difference of the inner membrane, held")
            : b.Membrane("DeltaPsi", [C, I], [X], capacitance, initial.Potential, description: "potential difference of the inner membrane");
        φ = F * ΔΨ / RT;

        var pHx = b.Parameter("pH_x", 7.40, "1", "Randall 2021", "matrix pH, held");
        var pHc = b.Parameter("pH_c", 7.20, "1", "Randall 2021", "pH outside, held");
        Hx = b.Reservoir("H_x", X, Power(10, -pHx), charge: 1, standardPotential: 0, unit: "M", description: "matrix protons");
        Hc = b.Reservoir("H_c", C, Power(10, -pHc), charge: 1, standardPotential: 0, unit: "M", description: "outer protons");
        protonRatio = Hx / Hc;
        Ions = new IonBinding(b, Hx, Hc);

        ATPx = Pool("ATP_x", X, initial.ATPx, -4, Ions.ATPx, -HydrolysisEnergy, "matrix ATP");
        ADPx = Pool("ADP_x", X, initial.ADPx, -3, Ions.ADPx, 0, "matrix ADP");
        Pix = initial.HoldsMatrixPhosphate
            ? b.Reservoir("Pi_x", X, initial.Pix, -2, 0.0, Ions.Pix, unit: "M", description: "matrix phosphate, held")
            : Pool("Pi_x", X, initial.Pix, -2, Ions.Pix, 0, "matrix phosphate");
        b.Define("pmf", F * ΔΨ + (RT * Log(Hc / Hx)), "J/mol", "proton-motive force, F ΔΨ − 2.303 RT ΔpH");
        b.Define("DeltaG_ATP_x", HydrolysisEnergy + (RT * Log(Hx * (ADPx / Ions.ADPx) * (Pix / Ions.Pix) / (ATPx / Ions.ATPx))), "J/mol", "free energy of ATP hydrolysis in the matrix");
    }

    private Expression HydrolysisEnergy => hydrolysisEnergy ??= b.Parameter("DeltaG0_ATP", 4990, "J/mol", "Li 2011", "ATP⁴⁻ + H₂O → ADP³⁻ + HPO₄²⁻ + H⁺");

    private Expression? hydrolysisEnergy;

    public InitialConditions Initial { get; }

    public Expression RT { get; }

    public Parameter F { get; }

    public Compartment X { get; }

    public Compartment I { get; }

    public Compartment C { get; }

    /// <summary>Volume of cytosol or buffer per volume of mitochondria.</summary>
    public Expression OuterPerMitochondria { get; }

    public Membrane ΔΨ { get; }

    public Species Hx { get; }

    public Species Hc { get; }

    public IonBinding Ions { get; }

    public Species ATPx { get; }

    public Species ADPx { get; }

    public Species Pix { get; }

    public Species ATPc { get; private set; } = null!;

    public Species ADPc { get; private set; } = null!;

    public Species Pic { get; private set; } = null!;

    /// <summary>F₁F₀ ATP synthase, near equilibrium: 8/3 H⁺ a turn.</summary>
    public Process Synthase()
    {
        const double nF = 8.0 / 3;
        var X_F = b.Parameter("X_F", 1000, "mol/(s M)", "Randall 2021", "activity of ATP synthase");
        var ΔG = HydrolysisEnergy + (RT * Log(Hx * Ions.ATPx / (Ions.ADPx * Ions.Pix)));
        var K = b.Define("K_F", Exp((ΔG + (nF * F * ΔΨ)) / RT) * Power(protonRatio, -nF), "1/M", "apparent equilibrium constant of ATP synthase");
        return b.Process("F1F0", ProcessKind.Pump, "ADP_x + Pi_x + 8/3 H_c <-> ATP_x + 5/3 H_x",
            FluxLaw.Formula(X_F * (K * ADPx * Pix - ATPx)),
            halves: [new("protons", "8/3 H_c -> 8/3 H_x"), new("phosphate", "ADP_x + Pi_x + H_x -> ATP_x")],
            description: "ATP synthase");
    }

    /// <summary>Adenine nucleotides outside, and the translocase that exchanges them, by another law in place of its own if one is given.</summary>
    public Process Translocase(Func<FluxLaw>? law = null)
    {
        ATPc = Pool("ATP_c", C, Initial.ATPc, -4, Ions.ATPc, -HydrolysisEnergy, "ATP outside");
        ADPc = Pool("ADP_c", C, Initial.ADPc, -3, Ions.ADPc, 0, "ADP outside");
        return b.Process("ANT", ProcessKind.Antiporter, "ATP_x + ADP_c <-> ATP_c + ADP_x", (law ?? TranslocaseLaw)(),
            halves: [new("charge", "", -1), new("phosphate", "ATP_x + ADP_c -> ATP_c + ADP_x", 0)],
            description: "adenine nucleotide translocase");
    }

    /// <remarks>Metelkin et al. (2006); parameters Wu et al. (2008) and Bazil et al. (2016).</remarks>
    private FluxLaw TranslocaseLaw()
    {
        var E_ANT = b.Parameter("E_ANT", 0.325, "mol", "Bazil 2016", "content of translocase");
        var δD = b.Parameter("delta_D", 0.0167, "1", "Wu 2008", "share of ΔΨ felt by ADP³⁻ as it binds");
        var δT = b.Parameter("delta_T", 0.0699, "1", "Wu 2008", "share of ΔΨ felt by ATP⁴⁻ as it binds");
        var k2o = b.Parameter("k2o_ANT", 9.54 / 60, "1/s", "Wu 2008", "ADP in, at ΔΨ = 0");
        var k3o = b.Parameter("k3o_ANT", 30.05 / 60, "1/s", "Wu 2008", "ATP out, at ΔΨ = 0");
        var KD0 = b.Parameter("K0_D_ANT", 38.89e-6, "M", "Wu 2008", "binding of ADP³⁻ at ΔΨ = 0");
        var KT0 = b.Parameter("K0_T_ANT", 56.05e-6, "M", "Wu 2008", "binding of ATP⁴⁻ at ΔΨ = 0");
        var A = b.Parameter("A_ANT", 0.2829, "1", "Wu 2008", "share of ΔΨ felt by the nucleotide that a step moves");
        var B = b.Parameter("B_ANT", -0.2086, "1", "Wu 2008", "share of ΔΨ felt by the other nucleotide");
        var Γ = b.Parameter("C_ANT", 0.2372, "1", "Wu 2008", "share of ΔΨ felt by the carrier's own charge");
        var u = b.Define("u_ANT", φ, "1", "F ΔΨ/RT");
        var k2 = b.Define("k2_ANT", k2o * Exp(((-3 * A) - (4 * B) + Γ) * u), "1/s", "ADP in");
        var k3 = b.Define("k3_ANT", k3o * Exp(((-4 * A) - (3 * B) + Γ) * u), "1/s", "ATP out");
        var KD = b.Define("K_D_ANT", KD0 * Exp(3 * δD * u), "M", "binding of ADP³⁻");
        var KT = b.Define("K_T_ANT", KT0 * Exp(4 * δT * u), "M", "binding of ATP⁴⁻");
        var q = b.Define("q_ANT", k3 * KD * Exp(u) / (k2 * KT), "1", "what the matrix binds of ATP⁴⁻ over ADP³⁻, at equal concentrations");
        Expression Free(string name, Species pool, string what) => b.Define(name, pool.Free, "M", what);
        var (Tx, Dx) = (Free("ATP_free_x", ATPx, "ATP⁴⁻ in the matrix"), Free("ADP_free_x", ADPx, "ADP³⁻ in the matrix"));
        var (Tc, Dc) = (Free("ATP_free_c", ATPc, "ATP⁴⁻ outside"), Free("ADP_free_c", ADPc, "ADP³⁻ outside"));
        // The published law, E (k₂ q/K_D T_x D_c − k₃/K_T D_x T_c)/((1 + T_c/K_T + D_c/K_D)(D_x + q T_x)), with k₂ q/K_D = k₃ e^u/K_T put in and K_T, K_D multiplied out.
        return FluxLaw.Formula(E_ANT * k3 * KD * ((Exp(u) * Tx * Dc) - (Dx * Tc)) / (((KT * KD) + (KD * Tc) + (KT * Dc)) * (Dx + (q * Tx))));
    }

    /// <summary>Phosphate outside, and the H₂PO₄⁻/H⁺ symporter.</summary>
    /// <remarks>
    /// It crosses as H₂PO₄⁻, so one of the two protons counted against HPO₄²⁻ belongs to phosphate: it is the proton that the synthase
    /// takes up in the matrix and hydrolysis gives back outside. Only the other one spends the gradient.
    /// </remarks>
    public Process PhosphateCarrier()
    {
        Pic = Pool("Pi_c", C, Initial.Pic, -2, Ions.Pic, 0, "phosphate outside");
        var E = b.Parameter("E_PiC", 5.0e6, "L/s", "Bazil 2016", "activity of the phosphate carrier");
        var k = b.Parameter("k_PiC", 1.61e-3, "M", "Bazil 2016");
        var H2PO4x = b.Define("H2PO4_x", Pix.Free * Hx / Ions.KHPi, "M", "H₂PO₄⁻ in the matrix");
        var H2PO4c = b.Define("H2PO4_c", Pic.Free * Hc / Ions.KHPi, "M", "H₂PO₄⁻ outside");
        b.Define("DeltaG_ATP_c", HydrolysisEnergy + (RT * Log(Hc * ADPc.Free * Pic.Free / Max(ATPc.Free, b.TraceConcentration))), "J/mol", "free energy of ATP hydrolysis outside");
        return b.Process("PiC", ProcessKind.Antiporter, "Pi_c + 2 H_c <-> Pi_x + 2 H_x",
            FluxLaw.Formula(E * ((Hc * H2PO4c) - (Hx * H2PO4x)) / (k + H2PO4c)),
            halves: [new("protons", "H_c -> H_x", 0), new("phosphate", "Pi_c + H_c -> Pi_x + H_x", 0)],
            description: "phosphate carrier");
    }

    /// <summary>Passive proton leak.</summary>
    public Process Leak()
    {
        var X_H = b.Parameter("X_H", 1000, "mol/(s M)", "Randall 2021, Wu 2008", "conductance of the proton leak; an uncoupler raises it");
        return b.Process("leak", ProcessKind.Leak, "H_c <-> H_x",
            FluxLaw.Formula(X_H * Hc * Exp(φ / 2), X_H * Hx * Exp(-φ / 2)),
            halves: [new("protons", "H_c -> H_x")],
            description: "proton leak");
    }

    /// <summary>ATP hydrolysis outside, of fixed rate: the work that is asked for.</summary>
    /// <param name="perVolume">In mol/(s L) of cell or suspension.</param>
    /// <returns>The demand, which an event may set.</returns>
    public Quantity Demand(double perVolume)
    {
        var X_AtC = b.Parameter("X_AtC", perVolume, "mol/(s L)", "Randall 2021", "ATP demand per volume of cell or suspension");
        b.Process("ATPase", ProcessKind.Load, "ATP_c -> ADP_c + Pi_c + H_c", FluxLaw.Formula(X_AtC * demandPerLitre),
            halves: [new("phosphate", "ATP_c -> ADP_c + Pi_c + H_c")], description: "external ATP hydrolysis: the load");
        return X_AtC;
    }

    internal Species Pool(string name, Compartment compartment, Expression concentration, double charge, Expression? binding, Expression standardPotential, string description) =>
        b.Species(name, compartment, concentration, charge, standardPotential, binding, unit: "M", description: description);

    internal Expression Phi => φ;

    internal Expression ProtonRatio => protonRatio;
}
