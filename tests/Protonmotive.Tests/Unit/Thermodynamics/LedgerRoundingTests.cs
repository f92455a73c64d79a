using Protonmotive.Networks;
using Protonmotive.Thermodynamics;
using Xunit;

namespace Protonmotive.Tests.Unit.Thermodynamics;

public class LedgerRoundingTests
{
    [Fact]
    public void What_is_rounding_beside_others_of_its_kind_is_nothing()
    {
        var ledger = Of(Process("large", 2, 50), Process("small", 1e-6, 1e-6), Process("rounding", 1e-17, 1e-13));
        var rounding = new LedgerRounding(ledger);
        Assert.Equal([2, 1e-6, 0], ledger.Processes.Select(rounding.Extent));
        Assert.Equal([50, 1e-6, 0], ledger.Processes.Select(p => rounding.Affinity(p)!.Value));
        Assert.Equal([0, 1e-9], new[] { rounding.Energy(1e-11), rounding.Energy(1e-9) }); // of 100 J turned over
        Assert.DoesNotContain("e-13", ledger.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What is shut has an affinity, though nothing flows.</summary>
    [Fact]
    public void An_affinity_stands_whatever_the_extents_are()
    {
        var ledger = Of(Process("open", 2, 50), Process("shut", 0, 40) with { ExtentUnit = "C" });
        Assert.Equal(40, new LedgerRounding(ledger).Affinity(ledger.Processes[1]));
    }

    /// <summary>A coupling whose two sides are equal: its affinity is what rounding leaves of their difference, and the only one in its unit.</summary>
    [Fact]
    public void What_could_turn_over_nothing_is_nothing()
    {
        var ledger = Of(Process("battery", 2, 50), Process("rope", 5, 4e-15) with { ExtentUnit = "s" }, Process("leak", 5e-3, 1e-4) with { ExtentUnit = "C" });
        var rounding = new LedgerRounding(ledger);
        Assert.Equal([50, 0, 1e-4], ledger.Processes.Select(p => rounding.Affinity(p)!.Value));
    }

    [Fact]
    public void What_is_not_known_stays_unknown()
    {
        var ledger = Of(Process("unknown", 1, double.NaN), Process("none", 1, 0) with { FinalAffinity = null });
        Assert.All(ledger.Processes, p => Assert.Null(new LedgerRounding(ledger).Affinity(p)));
    }

    private static ProcessEntry Process(string name, double extent, double affinity) => new(name, ProcessKind.Reaction, "A -> B", AffinityStatus.Known, extent, extent, extent, [], extent, affinity, 0);

    private static Ledger Of(params ProcessEntry[] processes) => new()
    {
        System = "test", ExtentUnit = "mol", EnergyUnit = "J", TimeUnit = "s", Start = 0, End = 1, Processes = [.. processes], Supplies = [], StoredAtStart = 0, StoredAtEnd = 0, Activity = 100, HasPotentials = true,
    };
}
