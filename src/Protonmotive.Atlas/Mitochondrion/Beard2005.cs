using System.Collections.Immutable;
using Protonmotive.Catalogue;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Atlas.Mitochondrion;

/// <summary>
/// Respiration of isolated heart mitochondria with matrix pH, K⁺ and Mg²⁺ as states: D. A. Beard (2005), A biophysical model of the
/// mitochondrial respiratory system and oxidative phosphorylation, PLoS Comput Biol 1(4):e36.
/// </summary>
/// <remarks>
/// Equations as in the CellML encoding of the Physiome repository. Energies are in J and potentials in V here; the paper's numbers
/// are in kJ and mV. Nucleotides are counted as the free and the Mg-bound form.
/// </remarks>
public abstract class BeardSystem : CatalogueSystem
{
    private static readonly (string Name, string Text, double ADP, double Pi)[] conditions =
    [
        ("state-3", "1.3 mM ADP and 1 mM phosphate outside: state 3, in which ADP is made into ATP.", 1.3e-3, 1e-3),
        ("state-3-pi-5", "ADP 1.3 mM, Pi 5 mM outside.", 1.3e-3, 5e-3),
        ("state-3-pi-0.1", "ADP 1.3 mM, Pi 0.1 mM outside.", 1.3e-3, 0.1e-3),
        ("state-3-pi-10", "ADP 1.3 mM, Pi 10 mM outside.", 1.3e-3, 10e-3),
        ("state-2", "No ADP, 1 mM phosphate outside: state 2, in which all respiration leaks.", 0, 1e-3),
        ("state-2-pi-5", "No ADP, Pi 5 mM outside.", 0, 5e-3),
        ("state-2-pi-0", "No ADP and no phosphate outside.", 0, 0),
        ("state-2-pi-10", "No ADP, Pi 10 mM outside.", 0, 10e-3),
    ];

    /// <summary>Whether the phosphate carrier is as in both published encodings (inverted), or consistent.</summary>
    protected abstract bool AsPublished { get; }

    /// <inheritdoc/>
    public override string Domain => "biology";

    /// <inheritdoc/>
    public override string Question => "How do phosphate and ADP control respiration, pH and potential of isolated mitochondria?";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources =>
    [
        "Beard DA (2005). A biophysical model of the mitochondrial respiratory system and oxidative phosphorylation. PLoS Comput Biol 1(4):e36.",
        "Beard DA (2006). Correction: A biophysical model of the mitochondrial respiratory system and oxidative phosphorylation. PLoS Comput Biol 2(1):e8.",
        "Beard DA (2005), encoded: CellML beard_2005 (Physiome repository); BioModels MODEL4151491057.",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Scenario> Scenarios => [.. conditions.Select((c, i) => new Scenario(c.Name, i == 0 ? $"{c.Text} {Carrier}{(AsPublished ? "." : "; here it stops where H₂PO₄⁻ and H⁺ together are at equilibrium.")} {Uphill} {Names}" : c.Text, 300))];

    private const string Carrier = "The published law of the phosphate carrier is inverted: it stops where H₂PO₄⁻ in the matrix over that outside is as H⁺ in over out, rather than the other way round, so it can run uphill";

    private const string Names = "Names begin with m where Mg²⁺ is bound, and end in the place: x in the matrix, i between the membranes, e outside; cox, cred: cytochrome c, oxidised and reduced. ATP outside is held at 0, which counts as 10⁻¹² M.";

    private const string Uphill = "ATP synthase shows a negative loss: its published law sets ΔG at pH 7 against all phosphate, while its affinity counts the proton it consumes at the matrix's pH, and HPO₄²⁻ alone. The two differ by 1.6 kJ/mol, so the law runs a little uphill.";

    /// <inheritdoc/>
    public override ImmutableArray<Panel> Panels =>
    [
        new("membrane potential", "mV", [new("DeltaPsi", "ΔΨ", 1000)]),
        new("matrix pH", "1", [new("pH_x", "pH")]),
        new("reduced carriers", "share", [new("NADH_fraction", "NADH"), new("QH2_fraction", "QH₂"), new("cred_fraction", "cyt c²⁺")]),
        new("flux", "mmol/s/L", [new("C4", "Complex IV", 1000), new("F1", "ATP synthase", 1000)]) { IsLogarithmic = true },
        new("matrix", "mM", [new("ATP_x_total", "ATP", 1000), new("Pi_x", "Pi", 1000)]),
    ];

    /// <inheritdoc/>
    public override Network Build(Scenario scenario)
    {
        var condition = conditions.First(c => c.Name == scenario.Name);
        return Build(condition.ADP, condition.Pi);
    }

    /// <summary>The network at any outer ADP and phosphate, in M.</summary>
    public Network Build(double outerADP, double outerPi)
    {
        var b = new NetworkBuilder(Title) { Per = "litre of mitochondria", GasConstant = PhysicalConstants.CodataGasConstant };
        Parameter P(string name, double value, string unit, string description = "") => b.Parameter(name, value, unit, "Beard 2005", description);
        b.Faraday = P("F", 96484, "C/mol");
        b.GasConstant = P("R", 8.314, "J/(mol K)");
        b.Temperature = P("T", 2473.4 / 8.314, "K");
        var (RT, F) = (b.RT, b.Faraday);

        var Wm = P("W_m", 0.72376, "1", "water, share of the volume of a mitochondrion");
        var X = b.Compartment("matrix", 0.9 * Wm, "L", "matrix water");
        var I = b.Compartment("intermembrane", 0.1 * Wm, "L", "intermembrane water");
        var E = b.Compartment("external", 1, "L", "buffer outside");
        var ΔΨ = b.Membrane("DeltaPsi", [I, E], [X], P("C_im", 6.7568e-3 * 96484, "F", "capacitance of the inner membrane"), 0.160);
        var φ = F * ΔΨ / RT;

        var Hx = b.Buffer("H_x", X, P("H_x_0", Math.Pow(10, -7.2), "M"), P("x_buff", 100, "1/M", "buffer of the matrix"), 1e-7, 1, "M");
        var Hi = b.Reservoir("H_i", I, Power(10, -P("pH_e", 7.1, "1", "pH outside")), 1, 0.0, unit: "M", description: "outer protons");
        var pH = b.Define("pH_x", -Log10(Hx), "1", "matrix pH");
        var ΔGH = F * ΔΨ + (RT * Log(Hi / Hx));
        b.Define("pmf", ΔGH, "J/mol", "proton-motive force");
        Species S(string name, Compartment place, double initial, double charge, Expression potential, Expression? binding = null) =>
            b.Species(name, place, initial, charge, potential, binding, unit: "M");
        var Kx = S("K_x", X, 0.14, 1, 0);
        var Ki = b.Reservoir("K_i", I, P("K_e", 0.15, "M", "K⁺ outside").Value, 1, 0.0, unit: "M");

        // Redox carriers: potentials from the standard energies at pH 7, NAD, Q, c(ox), O₂ at 0.
        var (ΔG1, ΔG3, ΔG4) = (P("DeltaG0_C1", -69370, "J/mol", "standard free energy of electrons through Complex I, pH 7"), P("DeltaG0_C3", -32530, "J/mol", "the same through Complex III"), P("DeltaG0_C4", -122940, "J/mol", "the same through Complex IV"));
        var μH7 = RT * Math.Log(1e-7);
        var μc = (-(ΔG4.Symbol) - (2 * μH7)) / 2;
        var μQH2 = (2 * μc) - ΔG3 + (2 * μH7);
        var μNADH = μQH2 - ΔG1 - μH7;
        var (NADt, Qt, ct) = (P("NAD_tot", 2.97e-3, "M", "NAD and NADH together"), P("Q_tot", 1.35e-3, "M", "ubiquinone, both forms"), P("c_tot", 2.7e-3, "M", "cytochrome c, both forms"));
        var NADH = S("NADH_x", X, 1.5e-3, -2, μNADH);
        var NAD = S("NAD_x", X, 2.97e-3 - 1.5e-3, -1, 0);
        var QH2 = S("QH2_x", X, 8e-4, 0, μQH2);
        var Q = S("Q_x", X, 1.35e-3 - 8e-4, 0, 0);
        var Cred = S("cred_i", I, 1e-3, 2, μc);
        var Cox = S("cox_i", I, 2.7e-3 - 1e-3, 3, 0);
        var O2 = b.Reservoir("O2", I, P("O2_0", 2.6e-5, "M", "oxygen").Value, 0, 0.0, unit: "M");
        b.Define("NADH_fraction", NADH / NADt, "1");
        b.Define("QH2_fraction", QH2 / Qt, "1");
        b.Define("cred_fraction", Cred / ct, "1");

        // Nucleotides, free and Mg-bound (m); phosphate as a pool of H₂PO₄⁻ and HPO₄²⁻.
        var (KDT, KDD, kPi) = (P("K_DT", 2.4e-5, "M", "dissociation constant of MgATP"), P("K_DD", 3.47e-4, "M", "dissociation constant of MgADP"), P("k_dHPi", Math.Pow(10, -6.75), "M", "dissociation constant of H₂PO₄⁻"));
        var ΔGF = P("DeltaG0_F1", 36030, "J/mol", "standard free energy of ATP from ADP and phosphate");
        var μATP = ΔGF + μH7;
        Expression μPi = 0;
        var fATPx = S("ATP_x", X, 0, -4, μATP);
        var fADPx = S("ADP_x", X, 0.01, -3, 0);
        var mATPx = S("mATP_x", X, 0, -2, μATP + (RT * Log(KDT)));
        var mADPx = S("mADP_x", X, 0, -1, RT * Log(KDD));
        var Mgx = S("Mg_x", X, 5e-3, 2, 0);
        var Pix = S("Pi_x", X, 1e-3, -2, μPi, b.Define("P_Pi_x", 1 + (Hx / kPi), "1"));
        var fATPi = S("ATP_i", I, 0, -4, μATP);
        var fADPi = S("ADP_i", I, 0, -3, 0);
        var mATPi = S("mATP_i", I, 0, -2, μATP + (RT * Log(KDT)));
        var mADPi = S("mADP_i", I, 0, -1, RT * Log(KDD));
        var Pii = S("Pi_i", I, 1e-3, -2, μPi, b.Define("P_Pi_i", 1 + (Hi / kPi), "1"));
        var (ADPtot, Mgtot) = (P("ADP_e_total", outerADP, "M", "ADP outside"), P("Mg_tot", 5e-3, "M", "Mg²⁺, bound and free"));
        var sum = KDD + ADPtot + Mgtot;
        var mADPe = b.Define("mADP_e", (sum - Sqrt((sum * sum) - (4 * Mgtot * ADPtot))) / 2, "M", "Mg-bound ADP outside");
        var Mgi = b.Reservoir("Mg_i", I, Mgtot - mADPe, 2, 0.0, unit: "M");
        var ADPe = b.Reservoir("ADP_e", E, ADPtot - mADPe, -3, 0.0, unit: "M", description: "free ADP outside");
        var ATPe = b.Reservoir("ATP_e", E, 0, -4, μATP, unit: "M");
        var Pie = b.Reservoir("Pi_e", E, outerPi, -2, μPi, b.Define("P_Pi_e", 1 + (Hi / kPi), "1"), unit: "M");
        var ATPxt = b.Define("ATP_x_total", fATPx + mATPx, "M");
        var (ATPit, ADPit) = (fATPi + mATPi, fADPi + mADPi);

        // Dehydrogenases: an effective substrate.
        var r = P("r", 4.5807, "1", "NADH over NAD at which the dehydrogenases stop");
        b.PotentialReservoir("substrate", μNADH + (RT * Log(Hx)) + (RT * Log(r)), "J/mol", "effective: set by the NADH/NAD ratio r at which the dehydrogenases stop");
        var (k1, k2, k3, k4) = (P("k_Pi1", 1.3413e-4, "M", "phosphate that quickens the dehydrogenases"), P("k_Pi2", 6.7668e-4, "M", "phosphate that saturates that"), P("k_Pi3", 1.9172e-4, "M", "phosphate that quickens Complex III"), P("k_Pi4", 0.02531, "M", "phosphate that saturates that"));
        b.Process("DH", ProcessKind.Reaction, "substrate + NAD_x <-> NADH_x + H_x",
            FluxLaw.Formula(P("x_DH", 0.09183, "mol/(s M)", "activity of the dehydrogenases") * ((r * NAD) - NADH) * (k2 * (k1 + Pix) / (k1 * (k2 + Pix)))), halves: [new("electrons", "substrate + NAD_x -> NADH_x + H_x")], description: "dehydrogenases");

        var g1 = b.Define("DeltaG_C1", ΔG1 - (RT * Log(Hx / 1e-7)) - (RT * Log(Q / QH2)), "J/mol", "of electrons through Complex I, per NADH");
        var C1 = b.Process("C1", ProcessKind.Pump, "NADH_x + Q_x + 5 H_x <-> NAD_x + QH2_x + 4 H_i",
            FluxLaw.Formula(P("x_C1", 0.36923, "mol/(s M)", "activity of Complex I") * ((Exp(-(g1 + (4 * ΔGH)) / RT) * NADH) - NAD)),
            halves: [new("electrons", "NADH_x + Q_x + H_x -> NAD_x + QH2_x"), new("protons", "4 H_x -> 4 H_i")], description: "Complex I");
        var g3 = b.Define("DeltaG_C3", ΔG3 + (2 * RT * Log(Hx / 1e-7)) - (RT * Log(QH2 / Q)), "J/mol", "of electrons through Complex III, per QH₂");
        var C3 = b.Process("C3", ProcessKind.Pump, "QH2_x + 2 cox_i + 2 H_x <-> Q_x + 2 cred_i + 4 H_i",
            FluxLaw.Formula(P("x_C3", 0.091737, "mol/(s M)", "activity of Complex III") * (k4 * (k3 + Pix) / (k3 * (k4 + Pix))) * ((Exp(-(g3 + (4 * ΔGH) - (2 * F * ΔΨ)) / (2 * RT)) * Cox) - Cred)),
            halves: [new("electrons", "QH2_x + 2 cox_i -> Q_x + 2 cred_i + 2 H_i"), new("protons", "2 H_x -> 2 H_i")], description: "Complex III");
        var g4 = b.Define("DeltaG_C4", ΔG4 - (2 * RT * Log(Hx / 1e-7)) - (RT / 2 * Log(O2)), "J/mol", "of electrons through Complex IV, per O");
        var kO2 = P("k_O2", 1.2e-4, "M", "oxygen at which Complex IV is half as fast");
        var C4 = b.Process("C4", ProcessKind.Pump, "2 cred_i + 1/2 O2 + 4 H_x <-> 2 cox_i + 2 H_i",
            FluxLaw.Formula(P("x_C4", 3.2562e-5, "mol/(s M)", "activity of Complex IV") / (1 + (kO2 / O2)) * (Cred / ct) * ((Exp(-(g4 + (2 * ΔGH)) / (2 * RT)) * Cred) - (Cox * Exp(φ)))),
            halves: [new("electrons", "2 cred_i + 1/2 O2 + 2 H_i -> 2 cox_i"), new("protons", "4 H_x -> 4 H_i")], description: "Complex IV");

        var F1 = b.Process("F1", ProcessKind.Pump, "ADP_x + Pi_x + 3 H_i <-> ATP_x + 2 H_x",
            FluxLaw.Formula(P("x_F1", 150.93, "mol/(s M2)", "activity of ATP synthase") * ((Exp(-(ΔGF - (3 * ΔGH)) / RT) * (KDD / KDT) * mADPx * Pix) - mATPx)),
            halves: [new("protons", "3 H_i -> 3 H_x"), new("phosphate", "ADP_x + Pi_x + H_x -> ATP_x")], description: "ATP synthase");
        var kmADP = P("k_mADP", 3.5e-6, "M", "Michaelis constant of the translocase for ADP");
        // At an empty intermembrane space the published law is 0/0; a trace of 1e-12 M stands in for its guard.
        Expression Share(Expression adp, Expression atp, double part) => (adp + 1e-15) / (adp + 1e-15 + (atp * Exp(part * φ)));
        var (outer, inner) = (b.Define("a_i", Share(fADPi, fATPi, -0.35), "1", "share of ADP³⁻ at the outer side of the translocase"), b.Define("a_x", Share(fADPx, fATPx, 0.65), "1", "share of ADP³⁻ at its matrix side"));
        var ANT = b.Process("ANT", ProcessKind.Antiporter, "ATP_x + ADP_i <-> ATP_i + ADP_x",
            FluxLaw.Formula(P("x_ANT", 0.0079204, "mol/s", "activity of the translocase") * (outer - inner) * fADPi / (fADPi + kmADP)),
            halves: [new("charge", "", -1), new("phosphate", "ATP_x + ADP_i -> ATP_i + ADP_x", 0)], description: "adenine nucleotide translocase");
        var xPi = P("x_Pi1", 339430, "L/s", "activity of the phosphate carrier");
        var kPiH = P("k_PiH", 4.5082e-4, "M", "Michaelis constant of the phosphate carrier for H₂PO₄⁻");
        var (h2x, h2i) = (b.Define("H2PO4_x", Pix * Hx / (Hx + kPi), "M", "H₂PO₄⁻ in the matrix"), b.Define("H2PO4_i", Pii * Hi / (Hi + kPi), "M", "H₂PO₄⁻ between the membranes"));
        var PiC = b.Process("PiC", ProcessKind.Antiporter, "Pi_i + 2 H_i <-> Pi_x + 2 H_x",
            FluxLaw.Formula(xPi * (AsPublished ? (Hx * h2i) - (Hi * h2x) : (Hi * h2i) - (Hx * h2x)) / (h2i + kPiH)),
            halves: [new("protons", "H_i -> H_x", 0), new("phosphate", "Pi_i + H_i -> Pi_x + H_x", 0)], description: "phosphate carrier");
        var leak = b.Process("leak", ProcessKind.Leak, "H_i <-> H_x",
            FluxLaw.GoldmanHodgkinKatz(P("x_Hle", 250 * 2.4734 / 0.096484, "L/s", "activity of the proton leak")), halves: [new("protons", "H_i -> H_x")], description: "proton leak");
        b.Process("KH", ProcessKind.Antiporter, "K_i + H_x <-> K_x + H_i",
            FluxLaw.Formula(P("x_KH", 2.9802e7, "L/(s M)", "activity of K⁺/H⁺ exchange") * Ki * Hx, Symbol("x_KH") * Kx * Hi), description: "K⁺/H⁺ exchange");

        var xMg = P("x_MgA", 1e6, "mol/(s M2)", "rate of binding of Mg²⁺");
        void Binding(string name, Species free, Species Mg, Species bound, Expression K) =>
            b.Process(name, ProcessKind.Reaction, $"{free.Name} + {Mg.Name} <-> {bound.Name}", FluxLaw.Formula(xMg * free * Mg, xMg * K * bound), description: "binding of Mg²⁺");
        Binding("MgATP_x", fATPx, Mgx, mATPx, KDT);
        Binding("MgADP_x", fADPx, Mgx, mADPx, KDD);
        Binding("MgATP_i", fATPi, Mgi, mATPi, KDT);
        Binding("MgADP_i", fADPi, Mgi, mADPi, KDD);
        var γ = P("gamma", 5.99, "1/um", "area of the outer membrane over the volume of a mitochondrion");
        var pA = P("p_A", 85, "um/s", "permeability of the outer membrane to nucleotides");
        b.Process("outer_ATP", ProcessKind.Channel, "ATP_e <-> ATP_i", FluxLaw.Formula(γ * pA * ATPe, γ * pA * ATPit), halves: [new("phosphate", "ATP_e -> ATP_i")], description: "outer membrane");
        b.Process("outer_ADP", ProcessKind.Channel, "ADP_e <-> ADP_i", FluxLaw.Formula(γ * pA * ADPtot, γ * pA * ADPit), halves: [new("phosphate", "ADP_e -> ADP_i")], description: "outer membrane");
        b.Process("outer_Pi", ProcessKind.Channel, "Pi_e <-> Pi_i", FluxLaw.Fick(γ * P("x_Pi2", 327, "um/s", "permeability of the outer membrane to phosphate")), halves: [new("phosphate", "Pi_e -> Pi_i")], description: "outer membrane");

        b.Boundary("oxidative phosphorylation", "electrons", C1, C3, C4, F1, ANT, PiC, leak);
        _ = (pH, ATPxt);
        return b.Build();
    }

    /// <inheritdoc/>
    public override ImmutableArray<NamedResult> Results(Scenario scenario, Solution solution)
    {
        double End(string name) => MitochondrionSystem.At(solution, name, solution.FinalTime);
        return
        [
            new("ΔΨ", 1000 * End("DeltaPsi"), "mV"),
            new("matrix pH", End("pH_x"), "1"),
            new("Complex IV flux", 1000 * End("C4"), "mmol/s/L", "½ O₂ each"),
            new("ATP synthesis", 1000 * End("F1"), "mmol/s/L"),
            new("share of NAD that is reduced", End("NADH_fraction"), "1"),
            .. scenario.Name.StartsWith("state-3", StringComparison.Ordinal) ? [Missed(End)] : ImmutableArray<NamedResult>.Empty,
        ];
    }

    // RT ln(J₊/J₋) of the law of ATP synthase is its affinity but for the matrix's protons and the binding of one to phosphate.
    private static NamedResult Missed(Func<string, double> end)
    {
        const double RT = 2473.4;
        double law = RT * Math.Log(Math.Exp(-(36030 - (3 * end("pmf"))) / RT) * (3.47e-4 / 2.4e-5) * end("mADP_x") * end("Pi_x") / end("mATP_x"));
        double known = RT * Math.Log(Math.Pow(10, 7 - end("pH_x")) / (1 + Math.Pow(10, 6.75 - end("pH_x")))) / 1000;
        return new NamedResult("affinity of ATP synthase, less what its law takes it to be", (end("affinity.F1") - law) / 1000, "kJ/mol").Against(known, 1e-4, "RT ln(10^(7 − pH)/(1 + 10^(6.75 − pH)))");
    }

    /// <inheritdoc/>
    public override Findings Study(Scenario scenario, Solution solution, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var results = Results(scenario, solution);
        if (scenario.Name != Scenarios[0].Name) return new Findings(results, []);
        ImmutableArray<double> phosphates = [0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10]; // mM
        (double Respiration, double Potential)[] Sweep(double adp) => [.. phosphates.Select(phosphate =>
        {
            var held = ImmutableDictionary<string, double>.Empty.Add("ADP_e_total", adp).Add("Pi_e", phosphate * 1e-3);
            var run = Ode.Solve(new InitialValueProblem(solution.Kernel, 0, scenario.End) { Overrides = held }, new Rodas5P(), new Tolerance(1e-6), SolveOptions.Default, OutputTimes.EndOnly, null, cancellation);
            return (1000 * run.ObservableColumn("C4")[^1], 1000 * run.ObservableColumn("DeltaPsi")[^1]);
        })];
        var (resting, active) = (Sweep(0), Sweep(1.3e-3));
        LinePlot Plot(string name, string title, PlotAxis axis, Func<(double Respiration, double Potential), double> of) => new(name, title, new("phosphate outside", "mM", true), axis,
            [new PlotLine("state 3: 1.3 mM ADP", phosphates, [.. active.Select(of)]), new PlotLine("state 2: no ADP", phosphates, [.. resting.Select(of)])]);
        return new Findings([.. results, .. Controls(phosphates, resting, active)],
        [
            Plot("respiration", "Phosphate and ADP together call for respiration: Complex IV at steady state", new("flux", "mmol/s/L"), s => s.Respiration),
            Plot("potential", "Membrane potential at steady state", new("ΔΨ", "mV"), s => s.Potential),
        ]);
    }

    // What ADP does to respiration at little and at much phosphate, against reference values of the published equations where the carrier is theirs.
    private IEnumerable<NamedResult> Controls(ImmutableArray<double> phosphates, (double Respiration, double Potential)[] resting, (double Respiration, double Potential)[] active)
    {
        foreach (var (phosphate, without, with) in ((double, double, double)[])[(1, 0.36810, 2.1419), (10, 0.38965, 3.3702)])
        {
            int i = phosphates.IndexOf(phosphate);
            var result = new NamedResult($"respiration with ADP over that without, {phosphate:0} mM phosphate", active[i].Respiration / resting[i].Respiration, "1");
            yield return AsPublished ? result.Against(with / without, 5e-4, "the published equations by an independent code") : result;
        }
    }
}

/// <summary>Beard 2005 with the phosphate carrier in its consistent form, which stops at H₂PO₄⁻/H⁺ equilibrium.</summary>
public sealed class Beard2005 : BeardSystem
{
    /// <inheritdoc/>
    protected override bool AsPublished => false;

    /// <inheritdoc/>
    public override string Name => "beard-2005";

    /// <inheritdoc/>
    public override string Title => "Mitochondrial respiration after Beard 2005, phosphate carrier made consistent";
}

/// <summary>Beard 2005 with the phosphate carrier of both published encodings, which is thermodynamically inverted.</summary>
public sealed class Beard2005AsPublished : BeardSystem
{
    /// <inheritdoc/>
    protected override bool AsPublished => true;

    /// <inheritdoc/>
    public override string Name => "beard-2005-as-published";

    /// <inheritdoc/>
    public override string Title => "Mitochondrial respiration after Beard 2005";
}
