using Protonmotive.Formats.BioNetGen;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Reference.Thermodynamics;

/// <summary>Published networks whose constants break detailed balance, made feasible.</summary>
public class FeasiblePublishedModels
{
    [Fact]
    public void Egfr_network_closes_all_its_cycles_with_its_constants_still_shared()
    {
        // Blinov et al. 2006: km21 = 0.01 should be 0.1, so the second loop is off by a factor 10 (RuleWorld/bionetgen, pull request 320; reference/thermodynamics.md, section 9).
        var network = BioNetGenReader.Load(SharedData.Path("bionetgen", "egfr_net.net"));
        var before = Audit.Check(network).Wegscheider!;
        Assert.Equal(263, before.ViolatedCycles); // docs/second-law-in-published-models.md
        var feasible = FeasibleParametrisation.Of(network);
        Assert.False(feasible.WasFeasible);
        Assert.True(feasible.Constants.Length < 80, $"{feasible.Constants.Length} constants"); // 3749 reactions share a few dozen
        double Before(string name) => feasible.Constants.Single(c => c.Name == name).Before;
        double After(string name) => feasible.Constants.Single(c => c.Name == name).After;
        double Loop(Func<string, double> k) => k("kp15") / k("km15") * (k("kp17") / k("km17")) / (k("kp21") / k("km21") * (k("kp18") / k("km18")));
        Assert.Equal(0.1, Loop(Before), 1e-9);
        Assert.Equal(1, Loop(After), 1e-9);
        var after = Audit.Check(feasible.Network).Wegscheider!;
        Assert.Equal(before.IndependentCycles, after.IndependentCycles);
        Assert.True(after.Consistent);
    }
}
