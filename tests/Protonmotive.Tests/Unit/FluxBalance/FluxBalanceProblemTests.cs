using Protonmotive.FluxBalance;
using Xunit;

namespace Protonmotive.Tests.Unit.FluxBalance;

public class FluxBalanceProblemTests
{
    /// <summary>Ten times the solver's tolerance; the numbers here are of order 1 to 10.</summary>
    private const double Close = 1e-8;

    [Fact]
    public void Branch_is_solved_as_by_hand()
    {
        var solution = new FluxBalanceProblem(SmallNetworks.Branch).Solve();
        Assert.Equal(FluxBalanceStatus.Optimal, solution.Status);
        Assert.Equal(12, solution.ObjectiveValue, Close);
        Assert.Equal(12, solution.Value("most"), Close);
        Assert.Equal(9, solution.Value("least"), Close);
        Assert.Equal(9, solution.Fluxes["uptake"], Close);
        Assert.Equal(3, solution.Fluxes["double"], Close);
        Assert.Equal("most = 12 (optimal)", solution.ToString());
    }

    [Fact]
    public void Prices_are_the_change_of_the_optimum()
    {
        var solution = new FluxBalanceProblem(SmallNetworks.Branch).Solve();
        // One more of B to be left over costs one of the export; one more of A costs nothing: the uptake has room.
        Assert.Equal(-1, solution.ShadowPrices["B"], Close);
        Assert.Equal(0, solution.ShadowPrices["A"], Close);
        // One more turn of the limited reactions brings one and two of B.
        Assert.Equal(1, solution.ReducedCosts["plain"], Close);
        Assert.Equal(2, solution.ReducedCosts["double"], Close);
        Assert.Equal(0, solution.ReducedCosts["uptake"], Close);
    }

    [Fact]
    public void Another_objective_is_taken_by_its_id() =>
        Assert.Equal(0, (new FluxBalanceProblem(SmallNetworks.Branch) { Objective = "least" }).Solve().ObjectiveValue, Close);

    [Fact]
    public void Boundary_species_are_not_balanced()
    {
        var open = SmallNetworks.Branch with { Species = [new("A", "", "c", true), new("B", "", "c", false)], Reactions = SmallNetworks.Branch.Reactions.RemoveAt(0), Objectives = [new("most", "", true, [new("export", 1)])] };
        Assert.Equal(12, new FluxBalanceProblem(open).Solve().ObjectiveValue, Close);
    }

    [Fact]
    public void Infeasible_names_the_bounds_that_contradict()
    {
        var model = SmallNetworks.Branch with { Reactions = SmallNetworks.Branch.Reactions.SetItem(3, SmallNetworks.Reaction("export", 15, 100, ("B", -1))) };
        var solution = new FluxBalanceProblem(model).Solve();
        Assert.Equal(FluxBalanceStatus.Infeasible, solution.Status);
        Assert.True(double.IsNaN(solution.ObjectiveValue) && double.IsNaN(solution.Value("most")) && double.IsNaN(solution.Value("uptake")));
        // 3 of B are missing. 'double' gives two a turn, until the uptake of 10 is used up; the last one has no better way than to be forgone.
        Assert.Equal("double ≤ 3 would have to be ≤ 4; export ≥ 15 would have to be ≥ 14", string.Join("; ", solution.Conflicts));
    }

    [Fact]
    public void Crossed_bounds_are_infeasible()
    {
        var model = SmallNetworks.Branch with { Reactions = SmallNetworks.Branch.Reactions.SetItem(0, SmallNetworks.Reaction("uptake", 5, 4, ("A", 1))) };
        var solution = new FluxBalanceProblem(model).Solve();
        Assert.Equal(FluxBalanceStatus.Infeasible, solution.Status);
        Assert.Equal("uptake", Assert.Single(solution.Conflicts).Id);
    }

    [Fact]
    public void Unbounded_names_the_fluxes_that_grow()
    {
        const double inf = double.PositiveInfinity;
        var model = SmallNetworks.Branch with
        {
            Reactions = [SmallNetworks.Reaction("uptake", 0, inf, ("A", 1)), SmallNetworks.Reaction("plain", 0, inf, ("A", -1), ("B", 1)), SmallNetworks.Reaction("double", 0, 3, ("A", -1), ("B", 2)), SmallNetworks.Reaction("export", 0, inf, ("B", -1))],
        };
        var solution = new FluxBalanceProblem(model).Solve();
        Assert.Equal(FluxBalanceStatus.Unbounded, solution.Status);
        Assert.Equal(inf, solution.ObjectiveValue);
        Assert.Equal(["export", "plain", "uptake"], solution.Ray.Keys);
    }

    [Fact]
    public void Parsimonious_choice_takes_the_short_way()
    {
        const double inf = double.PositiveInfinity;
        // A → B directly, or by a loop through C that may spin in vain.
        var model = SmallNetworks.Branch with
        {
            Species = [.. SmallNetworks.Branch.Species, new("C", "", "c", false)],
            Reactions =
            [
                SmallNetworks.Reaction("uptake", 0, 10, ("A", 1)), SmallNetworks.Reaction("out", -100, 100, ("A", -1), ("C", 1)), SmallNetworks.Reaction("back", -100, 100, ("C", -1), ("B", 1)),
                SmallNetworks.Reaction("direct", -inf, inf, ("A", -1), ("B", 1)), SmallNetworks.Reaction("export", 0, 100, ("B", -1)),
            ],
            Objectives = [new("most", "", true, [new("export", 1)])],
        };
        var solution = (new FluxBalanceProblem(model) { Parsimonious = true }).Solve();
        Assert.Equal(10, solution.ObjectiveValue, Close);
        Assert.Equal(0, solution.Fluxes["out"], 1e-6);
        Assert.Equal(10, solution.Fluxes["direct"], 1e-6);
        var ranges = new FluxBalanceProblem(model).Variability().Ranges.ToDictionary(r => r.Reaction);
        Assert.Equal(-90, ranges["direct"].Minimum, 1e-5);
        Assert.Equal(110, ranges["direct"].Maximum, 1e-5);
        Assert.Equal(10, ranges["export"].Minimum, 1e-5);
    }

    [Fact]
    public void Variability_widens_as_less_of_the_optimum_is_kept()
    {
        var range = new FluxBalanceProblem(SmallNetworks.Branch).Variability(0.5).Ranges.Single(r => r.Reaction == "plain");
        Assert.Equal(0, range.Minimum, 1e-6);
        Assert.Equal(6, range.Maximum, 1e-6);
        Assert.Equal(6, new FluxBalanceProblem(SmallNetworks.Branch).Variability().Ranges.Single(r => r.Reaction == "plain").Minimum, 1e-6);
    }
}
