using Protonmotive.Networks;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Atlas.Mitochondrion;

/// <summary>NADH to oxygen: dehydrogenases, Complexes I, III and IV, with the carriers between them, after [Q].</summary>
internal sealed class RespiratoryChain
{
    /// <summary>Litres of mitochondria per unit of citrate synthase (Bazil 2016), for oxygen consumption as laboratories report it.</summary>
    public const double LitrePerCitrateSynthase = 1.2232e-6;

    public RespiratoryChain(NetworkBuilder b, OxidativePhosphorylation m, double dehydrogenase = 0.1732)
    {
        var (F, ΔΨ, RT, Hx, Hc, ρ) = (m.F, m.ΔΨ, m.RT, m.Hx, m.Hc, m.ProtonRatio);
        var ΔG1 = b.Parameter("DeltaG0_C1", -109680, "J/mol", "Li 2011", "NADH + Q + H⁺ → NAD + QH₂");
        var ΔG3 = b.Parameter("DeltaG0_C3", 46690, "J/mol", "Li 2011", "QH₂ + 2 c(ox) → Q + 2 c(red) + 2 H⁺");
        var ΔG4 = b.Parameter("DeltaG0_C4", -202160, "J/mol", "Li 2011", "2 c(red) + ½ O₂ + 2 H⁺ → 2 c(ox) + H₂O");
        var μc = ΔG4 / -2;
        var μQH2 = (2 * μc) - ΔG3;
        var μNADH = μQH2 - ΔG1;

        var NADtot = b.Parameter("NAD_tot", 2.97e-3, "M", "Wu 2007");
        var Qtot = b.Parameter("Q_tot", 1.35e-3, "M", "Wu 2007");
        var ctot = b.Parameter("c_tot", 2.70e-3, "M", "Wu 2007");
        var NADH = m.Pool("NADH_x", m.X, NADtot * m.Initial.ReducedNAD, -2, null, μNADH, "reduced NAD");
        var NAD = m.Pool("NAD_x", m.X, NADtot * (1 - m.Initial.ReducedNAD), -1, null, 0, "oxidised NAD");
        var QH2 = m.Pool("QH2_x", m.X, Qtot * m.Initial.ReducedQ, 0, null, μQH2, "ubiquinol");
        var Q = m.Pool("Q_x", m.X, Qtot * (1 - m.Initial.ReducedQ), 0, null, 0, "ubiquinone");
        var cred = m.Pool("cred_i", m.I, ctot * m.Initial.ReducedC, 2, null, μc, "reduced cytochrome c");
        var cox = m.Pool("cox_i", m.I, ctot * (1 - m.Initial.ReducedC), 3, null, 0, "oxidised cytochrome c");
        var pressure = b.Parameter("P_O2", 25, "mmHg", "Randall 2021", "oxygen partial pressure, held");
        var solubility = b.Parameter("a_O2", 1.74e-6, "M/mmHg", "Randall 2021", "solubility of oxygen");
        var O2 = b.Reservoir("O2", m.C, solubility * pressure, 0, 0.0, unit: "M", description: "dissolved oxygen");

        var r = b.Parameter("r", 6.8385, "1", "Randall 2021", "NADH/NAD at which the dehydrogenases stop");
        b.PotentialReservoir("substrate", μNADH + (RT * Log(Hx)) + (RT * Log(r)), "J/mol",
            effective: "effective: set by the NADH/NAD ratio r at which the dehydrogenases stop", description: "reducing equivalents of the substrate");
        var X_DH = b.Parameter("X_DH", dehydrogenase, "mol/(s M)", "Randall 2021", "activity of the dehydrogenases");
        var k1 = b.Parameter("k_Pi1", 4.659e-4, "M", "Randall 2021");
        var k2 = b.Parameter("k_Pi2", 6.578e-4, "M", "Randall 2021");
        Dehydrogenase = b.Process("DH", ProcessKind.Reaction, "substrate + NAD_x <-> NADH_x + H_x",
            FluxLaw.Formula(X_DH * (r * NAD - NADH) * (k2 * (k1 + m.Pix) / (k1 * (k2 + m.Pix)))), // (1 + Pi/k₁)/(1 + Pi/k₂)
            halves: [new("electrons", "substrate + NAD_x -> NADH_x + H_x")], description: "NADH-producing dehydrogenases");

        var X_C1 = b.Parameter("X_C1", 1.0e4, "mol/(s M2)", "Randall 2021", "activity of Complex I; rotenone sets it to 0");
        var K1 = Exp(-(ΔG1 - (RT * Log(Hx)) + (4 * F * ΔΨ)) / RT) * Power(ρ, 4);
        ComplexI = b.Process("C1", ProcessKind.Pump, "NADH_x + Q_x + 5 H_x <-> NAD_x + QH2_x + 4 H_c",
            FluxLaw.Formula(X_C1 * ((K1 * NADH * Q) - (NAD * QH2))),
            halves: [new("electrons", "NADH_x + Q_x + H_x -> NAD_x + QH2_x"), new("protons", "4 H_x -> 4 H_c")], description: "Complex I");

        var X_C3 = b.Parameter("X_C3", 1.0e6, "mol/(s M3)", "Randall 2021", "activity of Complex III; antimycin sets it to 0");
        var K3 = Exp(-(ΔG3 + (2 * RT * Log(Hc)) + (2 * F * ΔΨ)) / RT) * Power(ρ, 2);
        ComplexIII = b.Process("C3", ProcessKind.Pump, "QH2_x + 2 cox_i + 2 H_x <-> Q_x + 2 cred_i + 4 H_c",
            FluxLaw.Formula(X_C3 * ((K3 * QH2 * (cox * cox)) - (Q * (cred * cred)))),
            halves: [new("electrons", "QH2_x + 2 cox_i -> Q_x + 2 cred_i + 2 H_c"), new("protons", "2 H_x -> 2 H_c")], description: "Complex III");

        var X_C4 = b.Parameter("X_C4", 0.0125, "mol/(s M)", "Randall 2021", "activity of Complex IV; cyanide sets it to 0");
        var k_O2 = b.Parameter("k_O2", 1.2e-4, "M", "Wu 2007");
        var K4 = Exp(-(ΔG4 - (2 * RT * Log(Hc)) + (4 * F * ΔΨ)) / RT) * Power(ρ, 4);
        ComplexIV = b.Process("C4", ProcessKind.Pump, "2 cred_i + 1/2 O2 + 4 H_x <-> 2 cox_i + 2 H_c",
            FluxLaw.Formula(X_C4 / (1 + (k_O2 / O2)) * ((Sqrt(K4) * cred * Power(O2, 0.25)) - cox)),
            halves: [new("electrons", "2 cred_i + 1/2 O2 + 2 H_c -> 2 cox_i"), new("protons", "4 H_x -> 4 H_c")], description: "Complex IV");

        b.Define("OCR", ComplexIV / 2 * (60 * 1e9 * LitrePerCitrateSynthase), "nmol/min", "oxygen consumption, nmol O₂ per minute and unit of citrate synthase");
        b.Define("NADH_fraction", NADH / NADtot, "1", "share of NAD that is reduced");
        b.Define("QH2_fraction", QH2 / Qtot, "1", "share of ubiquinone that is reduced");
        b.Define("cred_fraction", cred / ctot, "1", "share of cytochrome c that is reduced");
    }

    public Process Dehydrogenase { get; }

    public Process ComplexI { get; }

    public Process ComplexIII { get; }

    public Process ComplexIV { get; }
}
