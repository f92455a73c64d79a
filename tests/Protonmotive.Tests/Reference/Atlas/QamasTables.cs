using Protonmotive.Atlas.Mitochondrion;
using Xunit;

namespace Protonmotive.Tests.Reference.Atlas;

/// <summary>
/// Figures of Randall, Beard et al. (2021), recomputed from their equations by an independent implementation (Radau, rtol 1e-8):
/// the tables of reference/mitochondrion.md, section A.6, to the digits shown. Solved here at rtol 1e-8.
/// </summary>
public class QamasTables
{
    [Theory]
    [InlineData(100, 0.046927, 0.00070)]
    [InlineData(125, 0.56856, 0.00847)]
    [InlineData(150, 6.8886, 0.09580)]
    [InlineData(160, 18.684, 0.23152)]
    [InlineData(175, 83.461, 0.65719)]
    [InlineData(185, 226.37, 1.00593)]
    [InlineData(200, 1011.2, 1.34617)]
    [InlineData(225, 12252, 1.48576)]
    [InlineData(250, 1.4844e5, 1.49881)]
    public void Synthase_alone_reaches_the_equilibrium_of_figure_3(int millivolts, double K, double ATP)
    {
        var run = AtlasRun.Of("atp-synthase", $"{millivolts}-mV");
        AtlasRun.CloseDigits(K, run.End("K_F"));
        AtlasRun.Close(ATP, 1000 * run.End("ATP_x"), 1e-5);
    }

    [Fact]
    public void Translocase_concentrates_ATP_outside_as_in_figure_4()
    {
        var run = AtlasRun.Of("atp-synthase-ant", "175-mV");
        AtlasRun.Close(0.77032, 1000 * run.End("ATP_x"), 1e-5);
        AtlasRun.Close(9.22968, 1000 * run.End("ADP_x"), 1e-5);
        AtlasRun.Close(9.81926, 1000 * run.End("ATP_c"), 1e-5);
        AtlasRun.Close(0.18074, 1000 * run.End("ADP_c"), 1e-5);
    }

    [Theory]
    [InlineData(125, 0.050836, 8.98684, 3.38697, 6.61303, 4.06847)]
    [InlineData(150, 0.185064, 2.73718, 8.28072, 1.71928, 1.23916)]
    [InlineData(175, 0.564313, 0.716573, 9.74957, 0.250434, 0.324403)]
    [InlineData(200, 1.280938, 0.145284, 9.95913, 0.0408657, 0.0657719)]
    public void Phosphate_carrier_gives_the_levels_of_figure_6(int millivolts, double ATPx, double Pix, double ATPc, double ADPc, double Pic)
    {
        var run = AtlasRun.Of("atp-synthase-ant-pic", $"{millivolts}-mV");
        AtlasRun.Close(ATPx, 1000 * run.End("ATP_x"), 1e-6);
        AtlasRun.CloseDigits(Pix, 1000 * run.End("Pi_x"), 6);
        AtlasRun.Close(ATPc, 1000 * run.End("ATP_c"), 1e-5);
        AtlasRun.CloseDigits(ADPc, 1000 * run.End("ADP_c"), 6);
        AtlasRun.CloseDigits(Pic, 1000 * run.End("Pi_c"), 6);
        AtlasRun.Close(2.20890, run.Results["Pi matrix over cytosol"], 1e-5);
    }

    [Fact]
    public void Mitochondrion_at_rest_follows_figure_7()
    {
        var run = AtlasRun.Of("mitochondrion-at-rest", "long-rest");
        (double t, double ψ, double ATPx, double Pix, double NADH, double c, double ATPc, double ADPc, double Pic, double ΔG)[] table =
        [
            (0.1, 150.81, 0.59199, 8.8271, 0.2078, 0.4753, 1.4438, 8.5562, 5.8829, -44.762),
            (1, 154.66, 0.32463, 3.1511, 0.0887, 0.2024, 7.6871, 2.3129, 1.6459, -55.732),
            (2, 178.59, 0.65543, 0.58810, 0.6211, 0.1525, 9.8040, 0.19603, 0.28260, -67.267),
            (5, 186.20, 0.89685, 0.38604, 0.8277, 0.1243, 9.8985, 0.10151, 0.17480, -70.228),
            (200, 186.22, 0.89756, 0.38556, 0.8282, 0.1243, 9.8987, 0.10133, 0.17455, -70.236),
        ];
        foreach (var row in table)
        {
            AtlasRun.Close(row.ψ, 1000 * run.At("DeltaPsi", row.t), 0.01);
            // In the fast transient the table's last digit is off by one in places: at 1 s Pi_x is 3.151042345 by Rodas4 and
            // Rodas5P from rtol 1e-8 to 1e-12, at 2 s ATP_x is 0.655424. Four digits are compared at these two times.
            int digits = row.t is 1 or 2 ? 4 : 5;
            AtlasRun.CloseDigits(row.ATPx, 1000 * run.At("ATP_x", row.t), digits);
            AtlasRun.CloseDigits(row.Pix, 1000 * run.At("Pi_x", row.t), digits);
            AtlasRun.Close(row.NADH, run.At("NADH_fraction", row.t), 1e-4);
            AtlasRun.Close(row.c, run.At("cred_fraction", row.t), 1e-4);
            AtlasRun.CloseDigits(row.ATPc, 1000 * run.At("ATP_c", row.t), digits);
            AtlasRun.CloseDigits(row.ADPc, 1000 * run.At("ADP_c", row.t), digits);
            AtlasRun.CloseDigits(row.Pic, 1000 * run.At("Pi_c", row.t), digits);
            AtlasRun.Close(row.ΔG, run.At("DeltaG_ATP_c", row.t) / 1000, 1e-3);
        }
        // At rest all respiration leaks: 10 H⁺ for every NADH.
        AtlasRun.CloseDigits(2.0551e-4, run.End("C1"));
        AtlasRun.CloseDigits(2.0551e-3, run.End("leak"));
    }

    [Fact]
    public void States_1_to_4_follow_figure_8()
    {
        var run = AtlasRun.Of("mitochondrion");
        (double t, double ψ, double OCR, double NADH, double c, double ATPx, double Pix, double ATPc, double ADPc)[] table =
        [
            (75, 186.35, 7.5591, 0.8356, 0.1257, 7.4072, 11.032, 0, 0),
            (80, 145.72, 174.013, 0.0234, 0.1335, 0.40197, 9.6108, 0.034864, 0.34014),
            (100, 148.11, 171.541, 0.0348, 0.1574, 0.49510, 9.3645, 0.16073, 0.21427),
            (120, 153.19, 161.314, 0.0825, 0.2166, 0.79002, 9.1872, 0.28263, 0.092372),
            (140, 171.73, 48.907, 0.6194, 0.2636, 3.7256, 9.8719, 0.37003, 0.0049658),
            (160, 186.32, 7.5873, 0.8354, 0.1259, 7.2497, 10.204, 0.37486, 1.4417e-4),
            (200, 186.35, 7.5590, 0.8356, 0.1257, 7.2545, 10.204, 0.37486, 1.4254e-4),
        ];
        AtlasRun.Close(81.652, 1000 * run.At("DeltaPsi", 25), 1e-3);
        AtlasRun.CloseDigits(1.0350, run.At("OCR", 25));
        foreach (var row in table)
        {
            AtlasRun.Close(row.ψ, 1000 * run.At("DeltaPsi", row.t), 0.01);
            AtlasRun.Close(row.OCR, run.At("OCR", row.t), row.OCR > 10 ? 1e-3 : 1e-4);
            AtlasRun.Close(row.NADH, run.At("NADH_fraction", row.t), 1e-4);
            AtlasRun.Close(row.c, run.At("cred_fraction", row.t), 1e-4);
            // At 120 s the table's last digit is one off: Rodas4 and Rodas5P agree on 0.790025110 from rtol 1e-8 to 1e-12.
            AtlasRun.CloseDigits(row.ATPx, 1000 * run.At("ATP_x", row.t), row.t == 120 ? 4 : 5);
            AtlasRun.CloseDigits(row.Pix, 1000 * run.At("Pi_x", row.t));
            AtlasRun.CloseDigits(row.ATPc, 1000 * run.At("ATP_c", row.t));
            AtlasRun.CloseDigits(row.ADPc, 1000 * run.At("ADP_c", row.t));
        }
        AtlasRun.Close(23.0, run.Results["respiratory control ratio"], 0.1);
    }

    [Theory]
    [InlineData(1e-3, 0, 7.5544, 186.31, 0.8337, 0.1253, 0.0087448, 1.0071, -70.268)]
    [InlineData(1e-3, 1e-6, 33.0554, 175.29, 0.7026, 0.2333, 0.050333, 1.0494, -65.628)]
    [InlineData(1e-3, 3e-6, 85.8644, 165.70, 0.4322, 0.2941, 0.23272, 1.2320, -61.169)]
    [InlineData(1e-3, 5e-6, 138.94, 157.82, 0.1707, 0.2637, 0.7463, 1.7454, -56.972)]
    [InlineData(5e-3, 0, 7.5591, 186.35, 0.8356, 0.1257, 0.0017572, 4.9960, -70.280)]
    [InlineData(5e-3, 2e-6, 59.3846, 169.99, 0.5833, 0.2809, 0.029706, 5.0253, -62.959)]
    [InlineData(5e-3, 4e-6, 112.464, 162.37, 0.3246, 0.3000, 0.095323, 5.0916, -59.885)]
    [InlineData(5e-3, 6e-6, 165.32, 151.99, 0.0675, 0.2027, 0.45298, 5.4495, -55.495)]
    public void Titrated_demand_follows_figure_9(double phosphate, double demand, double OCR, double ψ, double NADH, double c, double ADP, double Pi, double ΔG)
    {
        var system = new AtpDemand();
        var run = AtlasRun.Of(system, system.Build(system.Scenarios[0], demand, phosphate), 3000);
        AtlasRun.CloseDigits(OCR, run.End("OCR"));
        AtlasRun.Close(ψ, 1000 * run.End("DeltaPsi"), 0.01);
        AtlasRun.Close(NADH, run.End("NADH_fraction"), 1e-4);
        AtlasRun.Close(c, run.End("cred_fraction"), 1e-4);
        AtlasRun.CloseDigits(ADP, 1000 * run.End("ADP_c"), ADP > 0.5 ? 4 : 5);
        AtlasRun.CloseDigits(Pi, 1000 * run.End("Pi_c"));
        AtlasRun.Close(ΔG, run.End("DeltaG_ATP_c") / 1000, 1e-3);
    }

    [Fact]
    public void Ledger_at_3_micromolar_per_second_is_the_check_figure()
    {
        var run = AtlasRun.Of("atp-demand", "steady");
        (string Name, double A, double J, double Φ)[] table =
        [
            ("C1", 1.6712, 2.34058e-3, 3.9115), ("C3", 3.5686, 2.34058e-3, 8.3527), ("C4", 30.5449, 2.34058e-3, 71.4929), ("F1F0", 0.0059, 6.0e-3, 0.0354),
            ("ANT", 1.5652, 6.0e-3, 9.3910), ("PiC", 0.1532, 6.0e-3, 0.9190), ("leak", 17.2006, 1.40585e-3, 24.1814), ("DH", 5.4323, 2.34058e-3, 12.7146),
        ];
        foreach (var (name, A, J, Φ) in table)
        {
            AtlasRun.Close(A, run.End("affinity." + name) / 1000, 1e-4);
            AtlasRun.CloseDigits(J, run.End(name), 6);
            AtlasRun.Close(Φ, run.End("affinity." + name) * run.End(name), 1e-4);
        }
        double J4 = run.End("C4"), electrons = J4 * (run.End("affinity.C1") + run.End("affinity.C3") + run.End("affinity.C4") + (10 * run.End("pmf")));
        double dissipated = table.Where(p => p.Name != "DH").Sum(p => run.End("affinity." + p.Name) * run.End(p.Name));
        AtlasRun.Close(486.35, electrons, 0.01);
        AtlasRun.Close(118.28, dissipated, 0.01);
        AtlasRun.Close(368.07, -run.End("DeltaG_ATP_c") * run.End("ATPase"), 0.01);
        AtlasRun.Close(17.2006, run.End("pmf") / 1000, 1e-4);
    }

    [Theory]
    [InlineData("healthy-0.4", 2.1609, 0.7536, 177.54)]
    [InlineData("healthy-0.8", 2.0239, 1.4727, 172.94)]
    [InlineData("healthy-1.2", 1.8740, 2.3376, 169.59)]
    [InlineData("failing-0.4", 1.8323, 1.3039, null)]
    [InlineData("failing-0.8", 1.6405, 2.3185, null)]
    [InlineData("failing-1.2", 1.4556, 3.3791, null)]
    public void Heart_as_published_follows_figure_10(string scenario, double ratio, double Pi, double? ψ)
    {
        var run = AtlasRun.Of("heart-as-published", scenario);
        AtlasRun.Close(ratio, run.Results["CrP/ATP"], 1e-4);
        AtlasRun.Close(Pi, run.Results["Pi outside"], 1e-4);
        if (ψ is { } potential) AtlasRun.Close(potential, run.Results["ΔΨ"], 0.01);
    }

    [Theory]
    [InlineData("healthy-0.4", 2.3900, 0.2888)]
    [InlineData("healthy-1.2", 2.2600, 0.9682)]
    [InlineData("exercise", 2.2600, 0.9682)]
    [InlineData("failing-0.4", 2.1430, 0.4861)]
    [InlineData("failing-1.2", 1.9347, 1.5098)]
    public void Heart_with_consistent_creatine_kinase_settles_where_section_A_8_says(string scenario, double ratio, double Pi)
    {
        var run = AtlasRun.Of("heart", scenario);
        AtlasRun.Close(ratio, run.Results["CrP/ATP"], 1e-4);
        AtlasRun.Close(Pi, run.Results["Pi outside"], 1e-4);
    }
}
