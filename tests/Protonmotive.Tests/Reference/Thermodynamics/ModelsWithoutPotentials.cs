using Protonmotive.Formats.BioNetGen;
using Protonmotive.Formats.Sbml;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Reference.Thermodynamics;

/// <summary>What rate laws alone tell of published models that know nothing of thermodynamics.</summary>
public class ModelsWithoutPotentials
{
    [Theory]
    // Reversible pairs, one-way reactions, rank and cycles counted by an independent script (least squares of ln(k⁺/k⁻)).
    [InlineData("multistate.net", 8, 2, 2)]
    [InlineData("multisite2.net", 96, 96, 40)]
    [InlineData("egfr_net.net", 1860, 29, 1509)]
    public void Pairs_and_cycles(string file, int pairs, int oneWay, int cycles)
    {
        var report = Check(file);
        Assert.Equal(pairs, report.Processes.Count(p => p.Standing == StepStanding.Reversible));
        Assert.Equal(pairs, report.Processes.Count(p => p.Standing == StepStanding.JoinedReverse));
        Assert.Equal(oneWay, report.Processes.Count(p => p.Standing == StepStanding.OneWay));
        Assert.Equal(pairs, report.Wegscheider!.Steps);
        Assert.Equal(cycles, report.Wegscheider.IndependentCycles);
    }

    [Theory]
    [InlineData("multistate.net")]
    [InlineData("multisite2.net")]
    public void Consistent_networks_pass(string file) => Assert.True(Check(file).Passed);

    [Fact]
    public void Growth_factor_network_has_a_cycle_of_four_steps_that_yields_RT_ln_10()
    {
        // km21 = 0.01 for the paper's 0.1 (RuleWorld/bionetgen, pull request 320): (kp15/km15)(kp17/km17) is 0.1 of (kp21/km21)(kp18/km18).
        var w = Check("egfr_net.net").Wegscheider!;
        Assert.False(w.Consistent);
        Assert.Equal(4, w.Cycle.Length);
        Assert.Equal(Math.Log(10), w.CycleAffinity, 1e-9);
        Assert.Equal(5.70801, w.CycleEnergy!.Value, 1e-5);
        Assert.Equal(298.15, w.AssumedTemperature);
        Assert.Equal("km15 km17 kp18 kp21 / (km18 km21 kp15 kp17)", w.Violations[0].Relation);
        // Largest residual of the least-squares fit, by an independent script: 2.243.
        Assert.Equal(2.243, w.Residuals.Max(r => Math.Abs(r.Residual)), 1e-3);
    }

    [Fact]
    public void Growth_factor_network_with_the_published_constant_is_off_by_the_rounding_of_its_fit()
    {
        var network = BioNetGenReader.Load(SharedData.Path("bionetgen", "egfr_net.net"));
        var w = Audit.Check(network, overrides: new Dictionary<string, double> { ["km21"] = 0.1 }).Wegscheider!;
        Assert.DoesNotContain(w.Violations, v => v.Affinity > 1);
        Assert.Equal(0.390, w.Residuals.Max(r => Math.Abs(r.Residual)), 1e-3);
    }

    [Theory]
    // Equilibrium constants as Teusink et al. (2000), Eur. J. Biochem. 267, 5313, give them; ADH is written from ethanol there.
    [InlineData("vGLK", "ATP + GLCi ⇌ ADP + G6P", 3800)]
    [InlineData("vPGI", "G6P ⇌ F6P", 0.314)]
    [InlineData("vPGK", "ADP + BPG ⇌ ATP + P3G", 3200)]
    [InlineData("vPGM", "P3G ⇌ P2G", 0.19)]
    [InlineData("vENO", "P2G ⇌ PEP", 6.7)]
    [InlineData("vPYK", "ADP + PEP ⇌ ATP + PYR", 6500)]
    [InlineData("vADH", "ACE + NADH ⇌ ETOH + NAD", 1 / 6.9e-5)]
    public void Glycolysis_of_yeast_shows_the_constants_it_was_made_with(string reaction, string equation, double K)
    {
        var step = ReactionSteps.Of(SbmlReader.Load(SharedData.Path("biomodels", "BIOMD0000000064.xml"))).Single(s => s.Process.Name == reaction);
        Assert.True(step.HasAffinity);
        Assert.Equal(equation, step.Equation);
        Assert.Equal(1, Math.Exp(step.LogEquilibrium!.Value) / K, 1e-9);
    }

    [Fact]
    public void What_is_left_of_a_conserved_total_counts_as_a_species()
    {
        var step = ReactionSteps.Of(SbmlReader.Load(SharedData.Path("biomodels", "BIOMD0000000206.xml"))).Single(s => s.Process.Name == "v3");
        Assert.Equal("(atot - at) + na + s3 ⇌ (ntot - na) + at + s4", step.Equation);
    }

    private static AuditReport Check(string file) => Audit.Check(BioNetGenReader.Load(SharedData.Path("bionetgen", file)));
}
