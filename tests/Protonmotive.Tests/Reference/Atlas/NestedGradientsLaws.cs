using Protonmotive.Atlas;
using Protonmotive.Networks;
using Xunit;

namespace Protonmotive.Tests.Reference.Atlas;

/// <summary>What one network from food to spikes must hold to.</summary>
public class NestedGradientsLaws
{
    [Fact]
    public void Rest_is_a_steady_state_from_end_to_end()
    {
        var run = AtlasRun.Of("nested-gradients", "rest");
        Assert.Equal(0, run.Ledger.StoredChange, 1e-7 * run.Ledger.Supplied);
        foreach (string quantity in (string[])["NADH_fraction", "DeltaPsi", "ATP_c", "Na_i", "K_i", "V"]) Assert.Equal(run.At(quantity, 0), run.End(quantity), 1e-7 * Math.Abs(run.End(quantity)));
    }

    [Fact]
    public void Only_food_and_oxygen_feed_it_and_all_they_bring_is_dissipated()
    {
        var ledger = AtlasRun.Of("nested-gradients", "rest").Ledger;
        Assert.Equal(ledger.Supplied, ledger.Supplies.Where(s => s.Name is "substrate" or "O2").Sum(s => s.Energy), 1e-6 * ledger.Supplied);
        Assert.Equal(ledger.Supplied, ledger.Dissipated, 1e-6 * ledger.Supplied);
        Assert.All(ledger.Processes, p => Assert.True(p.Power >= -1e-9 * ledger.Activity, p.Name));
    }

    [Fact]
    public void Spikes_raise_the_uptake_of_oxygen_until_they_are_paid_for()
    {
        var run = AtlasRun.Of("nested-gradients", "train", 1e-6);
        Assert.InRange(run.At("oxygen", 15) / run.At("oxygen", 0), 1.1, 1.5);
        Assert.Equal(run.At("oxygen", 0), run.End("oxygen"), 1e-3 * run.End("oxygen"));
        Assert.True(run.At("NADH_fraction", 15) < run.At("NADH_fraction", 0) && run.At("Dp", 15) < run.At("Dp", 0) && run.At("Na_i", 15) > run.At("Na_i", 0));
    }

    [Theory]
    [InlineData("no-oxygen")]
    [InlineData("no-food")]
    public void Gradients_fall_in_the_order_in_which_they_feed_each_other(string scenario)
    {
        var results = AtlasRun.Of("nested-gradients", scenario, 1e-6).Results;
        double Half(string gradient) => results["time until half is left: " + gradient];
        Assert.True(Half("proton-motive force") < Half("free energy of ATP") && Half("free energy of ATP") < Half("sodium gradient") && Half("sodium gradient") < Half("membrane potential"));
    }

    [Fact]
    public void Charge_that_moves_within_a_cell_does_not_charge_its_membrane()
    {
        var system = AtlasCatalogue.Systems.Get("nested-gradients");
        var network = system.Build(system.Scenario("rest"));
        var (mitochondrion, cell) = (network.Membranes.Single(m => m.Name == "DeltaPsi"), network.Membranes.Single(m => m.Name == "membrane"));
        foreach (string within in (string[])["C1", "C3", "C4", "F1F0", "ANT", "PiC", "leak", "DH"])
        {
            var process = network.Processes.Single(p => p.Name == within);
            Assert.Equal(0, process.ChargeAcross(cell));
            Assert.All(process.Halves, half => Assert.Equal(0, process.ChargeAcross(cell, half)));
        }
        var translocase = network.Processes.Single(p => p.Name == "ANT");
        Assert.Equal((-1, -1), (translocase.ChargeAcross(mitochondrion), translocase.Halves.Sum(h => translocase.ChargeAcross(mitochondrion, h))));
        // The pump takes one charge out.
        Assert.Equal(1, network.Processes.Single(p => p.Name == "pump").ChargeAcross(cell));
    }
}
