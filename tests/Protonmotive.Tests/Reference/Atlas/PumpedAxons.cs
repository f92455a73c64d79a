using Protonmotive.Atlas;
using Protonmotive.Solvers;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Reference.Atlas;

/// <summary>What an axon that pays for its ions in ATP must hold to.</summary>
public class PumpedAxons
{
    private const double F = 96.48533212331; // nC/pmol

    [Fact]
    public void Rest_is_a_stable_steady_state()
    {
        var system = AtlasCatalogue.Systems.Get("pumped-axon");
        var kernel = Account.Of(system.Build(system.Scenario("recovery"))).Compile();
        var names = kernel.System.States.Select(s => s.Name).ToList();
        // Charge of the membrane and of the ions within are conserved together.
        var charge = new double[1, names.Count];
        foreach (var (name, weight) in new[] { ("membrane.charge", 1.0), ("Na_i.amount", F), ("K_i.amount", F), ("Cl_i.amount", -F) }) charge[0, names.IndexOf(name)] = weight;
        var found = SteadyState.Find(new InitialValueProblem(kernel, 0, 0.9), new Tolerance(1e-8), new SteadyStateOptions { ConservationLaws = charge });
        Assert.True(found.Found && found.IsStable == true, found.Explanation);
        // The paper's own concentrations and −70 mV: charge of the bath side, 2 µF/cm² times 70 mV.
        Assert.Equal(140, found.State[names.IndexOf("membrane.charge")], 1e-6);
        Assert.Equal(350 * 13.74, found.State[names.IndexOf("Na_i.amount")], 1e-4);
        Assert.Equal(350 * 120.0, found.State[names.IndexOf("K_i.amount")], 1e-4);
    }

    [Fact]
    public void Of_all_that_is_dissipated_ATP_brings_all_but_what_the_pipette_does()
    {
        var ledger = AtlasRun.Of("pumped-axon", "recovery").Ledger;
        double Supplied(params string[] names) => ledger.Supplies.Where(s => names.Contains(s.Name)).Sum(s => s.Energy);
        Assert.Equal(0, Supplied("Na_o", "K_o", "Cl_o"), 1e-9 * ledger.Supplied);
        Assert.InRange(Supplied("pipette"), 0, 1e-4 * ledger.Supplied);
        Assert.Equal(Supplied("ATP", "ADP", "Pi"), ledger.Dissipated, 2e-4 * ledger.Dissipated);
        Assert.Equal(0, ledger.StoredChange, 1e-5 * ledger.Supplied);
        Assert.Equal(0, ledger.Delivered);
    }

    [Fact]
    public void No_process_runs_up_its_affinity()
    {
        foreach (string scenario in (string[])["spike", "recovery", "pump-stopped"])
        {
            var ledger = AtlasRun.Of("pumped-axon", scenario).Ledger;
            Assert.All(ledger.Processes, p => Assert.True(p.Power >= -1e-9 * ledger.Activity, p.Name));
        }
    }

    [Fact]
    public void A_stopped_pump_lets_all_stored_free_energy_go()
    {
        var run = AtlasRun.Of("pumped-axon", "pump-stopped");
        // At Donnan equilibrium every channel's affinity is 0 and nothing is supplied any more.
        Assert.True(run.Ledger.StoredChange < 0);
        Assert.Equal(0, run.End("pump"));
        foreach (string channel in (string[])["sodium", "delayed", "potassium", "chloride", "background"]) Assert.Equal(0, run.End("affinity." + channel), 1e-3);
    }

    [Theory]
    [InlineData("squid-axon")]
    [InlineData("axon-cable")]
    public void What_an_electrode_brings_is_supplied(string system)
    {
        var ledger = AtlasRun.Of(system).Ledger;
        Assert.Equal(0, ledger.Delivered);
        Assert.Contains(ledger.Supplies, s => s.Name.StartsWith("amplifier", StringComparison.Ordinal) && s.Energy != 0);
        Assert.Equal(0, ledger.Processes.Single(p => p.Name == "electrode").Power, 1e-9 * ledger.Activity);
    }

    [Fact]
    public void A_cable_of_pumped_nodes_moves_ions_and_charge_together()
    {
        var run = AtlasRun.Of("myelinated-axon");
        // Charge of each membrane and of the ions within it change alike: C ΔV = F Δ(Na⁺ + K⁺ − Cl⁻).
        var solution = run.Solution;
        for (int node = 0; node < 15; node++)
        {
            double Change(string name) => solution.Column($"{name}")[^1] - solution.Column($"{name}")[0];
            double ions = Change($"Na_i[{node}].amount") + Change($"K_i[{node}].amount") - Change($"Cl_i[{node}].amount");
            Assert.Equal(-Change($"membrane[{node}].charge"), F * ions, 1e-3);
        }
    }
}
