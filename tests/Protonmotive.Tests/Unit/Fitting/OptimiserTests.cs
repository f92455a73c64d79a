using System.Numerics;
using Protonmotive.Fitting;
using Protonmotive.Fitting.Optimisers;
using Xunit;

namespace Protonmotive.Tests.Unit.Fitting;

public class OptimiserTests
{
    public static TheoryData<Optimiser> Local => [new TrustRegion(), new LimitedMemory { GradientTolerance = 1e-9 }];

    public static TheoryData<Optimiser> All => [new TrustRegion(), new LimitedMemory { GradientTolerance = 1e-9 }, new TwoPhase(new EvolutionStrategy { EvaluationLimit = 3000 }, new TrustRegion())];

    [Theory, MemberData(nameof(Local))]
    public void Rosenbrocks_valley_is_followed_to_its_end(Optimiser optimiser)
    {
        var found = optimiser.Minimise(FormulaObjective.Rosenbrock(), [-1.2, 1], cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(1, found.X[0], 1e-6);
        Assert.Equal(1, found.X[1], 1e-6);
        Assert.InRange(found.Evaluations, 1, 100);
    }

    // On x ≤ ½ the optimum is at (½, ¼), where 100 (y − x²)² + (1 − x)² = ¼: the bound holds x, since ∂/∂x = −1.
    [Theory, MemberData(nameof(Local))]
    public void Rosenbrock_with_a_bound_ends_on_it(Optimiser optimiser)
    {
        var found = optimiser.Minimise(FormulaObjective.Rosenbrock(-2, 0.5), [-1.2, -1], cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(0.5, found.X[0]);
        Assert.Equal(0.25, found.X[1], 1e-6);
        Assert.Equal(0.25, found.Value, 1e-10);
    }

    // Hessian [[2, 1], [1, 2]], gradient (2x + y − 4, x + 2y + 1): the free optimum (3, −2) is outside; at (2, 0) it is (0, 3), so y's bound holds.
    [Theory, MemberData(nameof(Local))]
    public void A_bounded_quadratic_ends_where_its_multipliers_say(Optimiser optimiser)
    {
        var objective = new FormulaObjective(FormulaObjective.Within(0, 10, "x", "y"), x => [x[0] + x[1] - 1, x[0] - 3, x[1] + 2]);
        var found = optimiser.Minimise(objective, [5, 5], cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(2, found.X[0], 1e-7);
        Assert.Equal(0, found.X[1]);
    }

    [Theory, MemberData(nameof(All))]
    public void An_objective_that_is_infinite_in_places_does_not_stop_a_fit(Optimiser optimiser)
    {
        // log x: infinite for x ≤ 0; the first full step from 5 goes there.
        var objective = new FormulaObjective(FormulaObjective.Within(-10, 10, "x", "y"), x => x[0].Real <= 0 ? [double.NaN] : [Complex.Log(x[0]) - Math.Log(0.01), x[1] - 1]);
        var found = optimiser.Minimise(objective, [5, -3], cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(0.01, found.X[0], 1e-6);
        Assert.Equal(1, found.X[1], 1e-5);
    }

    [Theory, MemberData(nameof(Local))]
    public void A_start_with_an_infinite_objective_says_why(Optimiser optimiser)
    {
        var objective = new FormulaObjective(FormulaObjective.Within(-1, 1, "x"), x => [double.NaN]);
        var state = optimiser.Minimise(objective, [0], cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(FitStatus.StartFailed, state.Status);
        Assert.Equal("a residual is not finite", state.Message);
    }

    [Theory, MemberData(nameof(Local))]
    public void A_flat_direction_does_no_harm(Optimiser optimiser)
    {
        var objective = new FormulaObjective(FormulaObjective.Within(-100, 100, "a", "b", "c"), x => [x[0] + x[1] - 3, 2 * (x[0] + x[1]) - 6]);
        var found = optimiser.Minimise(objective, [10, -20, 7], cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(3, found.X[0] + found.X[1], 1e-6);
        Assert.Equal(7, found.X[2]);
        Assert.Equal(FitStatus.Converged, found.Status);
    }

    [Fact]
    public void A_global_search_leaves_the_local_optima_of_Rastrigins_function()
    {
        // Σ x² + 10 (1 − cos 2πx), 121 local minima in this box, least value 0 at 0.
        var objective = new FormulaObjective(FormulaObjective.Within(-5.12, 5.12, "x", "y"),
            x => [.. x.SelectMany(v => (Complex[])[v * Math.Sqrt(2), Math.Sqrt(40) * Complex.Sin(Math.PI * v)])]);
        var found = new TwoPhase(new EvolutionStrategy { EvaluationLimit = 20000 }, new TrustRegion()).Minimise(objective, [4, -3], seed: 3, TestContext.Current.CancellationToken);

        Assert.Equal(0, found.Value, 1e-8);
    }

    [Fact]
    public void Hops_leave_the_local_optima_of_Rastrigins_function()
    {
        var objective = new FormulaObjective(FormulaObjective.Within(-5.12, 5.12, "x", "y"),
            x => [.. x.SelectMany(v => (Complex[])[v * Math.Sqrt(2), Math.Sqrt(40) * Complex.Sin(Math.PI * v)])]);
        var found = new Hopping(new TrustRegion()) { Hops = 100 }.Minimise(objective, [4, -3], seed: 3, TestContext.Current.CancellationToken);

        Assert.Equal(0, found.Value, 1e-8);
    }

    [Fact]
    public void Bounds_fold_a_coordinate_back()
    {
        Assert.Equal(0.5, EvolutionStrategy.Fold(-0.5, 0, 2), 1e-15);
        Assert.Equal(1.5, EvolutionStrategy.Fold(2.5, 0, 2), 1e-15);
        Assert.Equal(0.25, EvolutionStrategy.Fold(4.25, 0, 2), 1e-15);
        Assert.Equal(3, EvolutionStrategy.Fold(1, 2, double.PositiveInfinity));
    }

    [Theory, MemberData(nameof(All))]
    public void A_cancelled_fit_says_so(Optimiser optimiser)
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => optimiser.Minimise(FormulaObjective.Rosenbrock(-5, 5), [-1.2, 1], cancellation: cancelled.Token));
    }

    [Fact]
    public void A_state_of_another_method_is_refused()
    {
        var objective = FormulaObjective.Rosenbrock();
        var state = new TrustRegion().Begin(objective, [-1.2, 1], cancellation: TestContext.Current.CancellationToken);
        var error = Assert.Throws<FitException>(() => new LimitedMemory().Advance(objective, state, TestContext.Current.CancellationToken));
        Assert.Contains("method l-bfgs-b", error.Where, StringComparison.Ordinal);
    }
}
