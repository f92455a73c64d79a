using Protonmotive.Atlas;
using Protonmotive.Networks;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Unit.Thermodynamics;

public class AuditTests
{
    [Fact]
    public void Published_creatine_kinase_is_off_by_the_ratio_of_binding_polynomials()
    {
        var CK = Check("heart-as-published").Processes.Single(p => p.Name == "CK");
        Assert.Equal(Verdict.Violated, CK.Verdict);
        Assert.True(CK.FactorIsConstant);
        Assert.Equal(10.18665 / 3.20156, CK.EquilibriumFactor!.Value, 1e-4); // P_ATP/P_ADP outside, reference/mitochondrion.md A.3
        Assert.NotEmpty(CK.WorstState);
    }

    [Fact]
    public void Consistent_creatine_kinase_passes() => Assert.True(Check("heart").Passed);

    [Fact]
    public void Inverted_phosphate_carrier_is_found_and_the_consistent_one_passes()
    {
        Assert.Equal(Verdict.Violated, Check("beard-2005-as-published").Processes.Single(p => p.Name == "PiC").Verdict);
        Assert.Equal(Verdict.NotViolated, Check("beard-2005").Processes.Single(p => p.Name == "PiC").Verdict);
    }

    [Fact]
    public void Planted_cycle_is_named_with_its_energy()
    {
        var report = Audit.Check(Triangle(closing: 2));
        Assert.False(report.Passed);
        var w = report.Wegscheider!;
        Assert.Equal(2, w.IndependentCycles); // the triangle, and the parallel pair
        Assert.Equal(["one", "three", "two"], w.Cycle.Select(c => c.Step).Order());
        Assert.Equal(Math.Log(2), w.CycleAffinity, 1e-9);
        Assert.Equal(8.31446261815324 * 300 * Math.Log(2) / 1000, w.CycleEnergy!.Value, 1e-9);
    }

    [Fact]
    public void Consistent_cycle_passes() => Assert.True(Audit.Check(Triangle(closing: 1)).Passed);

    [Fact]
    public void Unbalanced_charge_and_atoms_are_named()
    {
        var b = new NetworkBuilder("faulty");
        var cell = b.Compartment("cell", 1);
        b.Species("A", cell, 1, charge: 1, composition: "CH4");
        b.Species("B", cell, 1, charge: 0, composition: "CH3");
        b.Process("loss", ProcessKind.Reaction, "A <-> B", FluxLaw.MassAction(1, 1));
        var faults = Audit.Check(b.Build()).Balance;
        Assert.Contains(new BalanceFault("loss", "charge", -1), faults);
        Assert.Contains(new BalanceFault("loss", "H", -1), faults);
    }

    [Fact]
    public void Laws_of_proved_form_say_so()
    {
        var b = new NetworkBuilder("proved") { Temperature = 300 };
        var cell = b.Compartment("cell", 1);
        b.Species("A", cell, 1, standardPotential: 0);
        b.Species("B", cell, 1, standardPotential: -1000);
        b.Process("step", ProcessKind.Reaction, "A <-> B", FluxLaw.MarcelinDeDonder(1e-3));
        Assert.Equal(Verdict.Proved, Audit.Check(b.Build()).Processes.Single().Verdict);
    }

    [Fact]
    public void Conserved_totals_are_sums_a_reader_knows() =>
        Assert.Contains("NADH_x + NAD_x", Check("mitochondrion").ConservedTotals);

    private static AuditReport Check(string name)
    {
        var system = AtlasCatalogue.Systems.Get(name);
        return Audit.Check(system.Build(system.Scenarios[0]), samples: 500);
    }

    private static Network Triangle(double closing)
    {
        var b = new NetworkBuilder("triangle") { Temperature = 300 };
        var cell = b.Compartment("cell", 1);
        foreach (var name in (string[])["A", "B", "C", "D"]) b.Species(name, cell, 0.25);
        b.Process("one", ProcessKind.Reaction, "A <-> B", FluxLaw.MassAction(1, 1));
        b.Process("two", ProcessKind.Reaction, "B <-> C", FluxLaw.MassAction(1, 1));
        b.Process("three", ProcessKind.Reaction, "C <-> A", FluxLaw.MassAction(closing, 1));
        b.Process("side", ProcessKind.Reaction, "C <-> D", FluxLaw.MassAction(3, 1));
        b.Process("twin", ProcessKind.Reaction, "C <-> D", FluxLaw.MassAction(6, 2));
        return b.Build();
    }
}
