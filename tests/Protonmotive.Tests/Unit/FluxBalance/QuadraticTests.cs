using Protonmotive.FluxBalance;
using Xunit;

namespace Protonmotive.Tests.Unit.FluxBalance;

/// <summary>Quadratic terms against answers by hand. Tangents alone give the fluxes to 1e-4; refined, they are good to that squared.</summary>
public class QuadraticTests
{
    private const double Flux = 1e-7;

    [Fact]
    public void Squares_share_the_flux()
    {
        // min x² + 3 y² with x + y = 1: 2x = 6y, so x = 3/4, y = 1/4, value 3/4.
        var solution = Solve(new("o", "", false, [new("x", 1, "x"), new("y", 3, "y")]));
        Assert.Equal(0.75, solution.Fluxes["x"], Flux);
        Assert.Equal(0.25, solution.Fluxes["y"], Flux);
        Assert.Equal(0.75, solution.ObjectiveValue, 1e-9);
    }

    [Fact]
    public void Prices_follow_the_squares()
    {
        // min x² + 3 y² with x + y = b is 3b²/4: its slope at b = 1 is 3/2. A unit of net production that is asked of A takes it from x and y.
        var solution = Solve(new("o", "", false, [new("x", 1, "x"), new("y", 3, "y")]));
        Assert.Equal(-1.5, solution.ShadowPrices["A"], Flux);
        Assert.Equal(0, solution.ReducedCosts["x"], Flux);
    }

    [Fact]
    public void Products_of_two_fluxes_count()
    {
        // min x² + x y + 2 y² − y with x = 1 − y: 2y² − 2y + 1, so y = 1/2, value 1/2.
        var solution = Solve(new("o", "", false, [new("x", 1, "x"), new("x", 1, "y"), new("y", 2, "y"), new("y", -1)]));
        Assert.Equal(0.5, solution.Fluxes["y"], Flux);
        Assert.Equal(0.5, solution.ObjectiveValue, 1e-9);
    }

    [Fact]
    public void A_concave_sum_is_maximised()
    {
        // max 4000 x − x² with y = 1 − x free: x = 2000, value 4e6.
        var solution = Solve(new("o", "", true, [new("x", 4000), new("x", -1, "x")]));
        Assert.Equal(2000, solution.Fluxes["x"], 2000 * Flux);
        Assert.Equal(4e6, solution.ObjectiveValue, 4e6 * 1e-9);
    }

    [Fact]
    public void A_quadratic_constraint_holds()
    {
        // max x with x² + y² ≤ 25, x + y = 1: x² − x − 12 = 0, x = 4.
        var solution = Solve(new("o", "", true, [new("x", 1)]), new FluxConstraint("disc", "", double.NegativeInfinity, 25, [new("x", 1, "x"), new("y", 1, "y")]));
        Assert.Equal(4, solution.Fluxes["x"], 1e-8);
    }

    [Fact]
    public void What_is_not_convex_is_refused()
    {
        var e = Assert.Throws<FluxBalanceException>(() => Solve(new("o", "", false, [new("x", 1, "y")])));
        Assert.Contains("not convex", e.What, StringComparison.Ordinal);
        Assert.Contains("objective 'o'", e.Where, StringComparison.Ordinal);
        Assert.Throws<FluxBalanceException>(() => Solve(new("o", "", true, [new("x", 1, "x")])));
        Assert.Throws<FluxBalanceException>(() => Solve(new("o", "", true, [new("x", 1)]), new FluxConstraint("ring", "", 1, 2, [new("x", 1, "x")])));
    }

    [Fact]
    public void A_square_does_not_hold_what_grows_beside_it()
    {
        var solution = Solve(new("o", "", false, [new("x", 1, "x"), new("z", 1)]), new FluxConstraint("k", "", double.NegativeInfinity, double.PositiveInfinity, [new("z", 1)]));
        Assert.Equal(FluxBalanceStatus.Unbounded, solution.Status);
    }

    private static FluxBalanceSolution Solve(FluxObjective objective, params FluxConstraint[] constraints) =>
        new FluxBalanceProblem(SmallNetworks.Split(objective, constraints) with { FreeVariables = ["z"] }).Solve();
}
