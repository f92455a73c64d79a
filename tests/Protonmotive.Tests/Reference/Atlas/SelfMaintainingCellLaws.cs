using Protonmotive.Networks;
using Xunit;

namespace Protonmotive.Tests.Reference.Atlas;

/// <summary>The second law and the books of a cell that divides, starves and dies.</summary>
public sealed class SelfMaintainingCellLaws
{
    [Theory]
    [InlineData("growth")]
    [InlineData("famine")]
    [InlineData("long-famine")]
    public void No_process_runs_uphill_at_any_step(string scenario)
    {
        var run = AtlasRun.Of("self-maintaining-cell", scenario, 1e-6);
        foreach (var process in run.Ledger.Processes)
        {
            double[] affinity = run.Solution.ObservableColumn("affinity." + process.Name), flux = run.Solution.ObservableColumn(process.Name);
            // At equilibrium what is left of a rounded difference of fluxes may have either sign.
            for (int row = 0; row < flux.Length; row++) Assert.True(affinity[row] * flux[row] >= -1e-12, $"{process.Name} at {run.Solution.Times[row]:g6} h: {affinity[row] * flux[row]:e2}");
        }
    }

    [Fact]
    public void A_division_takes_half_of_all_contents_and_the_books_hold_what_left()
    {
        var run = AtlasRun.Of("self-maintaining-cell", "growth", 1e-6);
        var stored = run.Solution.ObservableColumn("energy.stored");
        var divisions = run.Ledger.Supplies.Where(s => s.Name.StartsWith("division", StringComparison.Ordinal)).ToList();
        Assert.Equal(10, divisions.Count); // 40 h over 3.79 h between divisions
        Assert.All(run.Solution.Events, e => Assert.All(e.StateBefore.Zip(e.StateAfter).Take(4), s => Assert.Equal(s.First / 2, s.Second, 1e-15)));
        // A start and ten jumps: what is stored before each less after it.
        double left = 0;
        for (int row = 1; row < stored.Length; row++) if (run.Solution.Times[row] == run.Solution.Times[row - 1]) left += stored[row] - stored[row - 1];
        Assert.Equal(left, divisions.Sum(d => d.Energy), 1e-9);
        Assert.True(divisions.All(d => d.Energy < 0));
    }

    [Fact]
    public void Concentrations_jump_by_the_square_root_of_two()
    {
        var run = AtlasRun.Of("self-maintaining-cell", "growth", 1e-6);
        var (times, inside) = (run.Solution.Times, run.Solution.ObservableColumn("catalyst_inside"));
        for (int row = 1; row < inside.Length; row++) if (times[row] == times[row - 1]) Assert.Equal(Math.Sqrt(2), inside[row] / inside[row - 1], 1e-6);
    }
}
