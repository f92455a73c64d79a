using Protonmotive.Networks;
using Protonmotive.Tests.Reference.Thermodynamics;
using Protonmotive.Thermodynamics;
using Xunit;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Tests.Unit.Thermodynamics;

public class LedgerTests
{
    [Theory]
    [InlineData("generation", " generations")]
    [InlineData("steps", " steps")]
    [InlineData("min", " min")]
    [InlineData("1", "")]
    public void A_unit_that_is_a_word_is_in_the_plural_behind_numbers(string unit, string expected) => Assert.Equal(expected, LedgerText.Plural(unit));

    [Fact]
    public void What_is_not_known_is_said_and_never_zero()
    {
        var b = new NetworkBuilder("unknown");
        var cell = b.Compartment("cell", 1);
        b.Species("A", cell, 1);
        b.Species("B", cell, 0);
        b.Process("oneway", ProcessKind.Reaction, "A -> B", FluxLaw.Formula(Symbol("A") / (1 + Symbol("A"))));
        b.Process("formula", ProcessKind.Reaction, "B <-> A", FluxLaw.Formula(Sin(Symbol("B"))));
        b.Process("bothways", ProcessKind.Reaction, "A <-> B", FluxLaw.MassAction(1, 2));
        var ledger = Probe.Ledger(b.Build(), 1, 1e-6);
        Assert.False(ledger.HasPotentials);
        Assert.Equal(AffinityStatus.Unbounded, ledger.Processes[0].Status);
        Assert.Equal(AffinityStatus.Unknown, ledger.Processes[1].Status);
        Assert.Equal(AffinityStatus.FromFluxes, ledger.Processes[2].Status);
        var text = ledger.ToString();
        Assert.Contains("unbounded", text, StringComparison.Ordinal);
        Assert.Contains("unknown", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Irreversible_law_with_known_potentials_has_a_finite_affinity()
    {
        var (b, cell) = Probe.Vessel(300);
        b.Species("A", cell, 1, standardPotential: 0);
        b.Species("B", cell, 1, standardPotential: -1000);
        b.Process("oneway", ProcessKind.Reaction, "A -> B", FluxLaw.MassAction(1e-6));
        var entry = Probe.Ledger(b.Build(), 1).Processes.Single();
        Assert.Equal(AffinityStatus.Known, entry.Status);
        Assert.Equal(1000, entry.FinalAffinity!.Value, 0.1);
    }

    [Fact]
    public void Jumps_and_drives_post_their_free_energy()
    {
        var (b, cell) = Probe.Vessel(300);
        var A = b.Species("A", cell, 1, standardPotential: b.Define("mu0", 100 * Time));
        b.Species("B", cell, 1, standardPotential: 0);
        b.Process("step", ProcessKind.Reaction, "A <-> B", FluxLaw.MassAction(0.1, 0.1));
        b.At(1, "A added", (A, 3));
        var ledger = Probe.Ledger(b.Build(), 2, 1e-9);
        Assert.Contains(ledger.Supplies, s => s is { Kind: SupplyKind.Jump, Name: "A added" } && s.Energy > 0);
        Assert.Contains(ledger.Supplies, s => s is { Kind: SupplyKind.Drive, Name: "A" } && s.Energy > 0);
        Assert.True(ledger.ClosureResidual < 1e-8, $"{ledger.ClosureResidual:e1}");
    }

    [Fact]
    public void Process_of_unknown_affinity_posts_what_it_took()
    {
        var (b, cell) = Probe.Vessel(300);
        b.Species("A", cell, 1, standardPotential: 0);
        b.Species("U", cell, 1);
        b.Process("step", ProcessKind.Reaction, "A -> U", FluxLaw.MassAction(0.1));
        var ledger = Probe.Ledger(b.Build(), 2, 1e-9);
        Assert.Equal(AffinityStatus.Unbounded, ledger.Processes.Single().Status);
        Assert.NotEqual(0, ledger.Unaccounted);
        Assert.True(ledger.ClosureResidual < 1e-8);
    }

    [Fact]
    public void Changing_volume_is_a_drive()
    {
        var b = new NetworkBuilder("piston") { Temperature = 300 };
        var cell = b.Compartment("cell", 1);
        b.Species("A", cell, 1, standardPotential: 0);
        b.Species("B", cell, 2, standardPotential: 0);
        b.Rate("cell", 0.1);
        b.Process("step", ProcessKind.Reaction, "A <-> 2 B", FluxLaw.MassAction(0.3, 0.1));
        Assert.True(Probe.Ledger(b.Build(), 5, 1e-9).ClosureResidual < 1e-8);
    }
}
