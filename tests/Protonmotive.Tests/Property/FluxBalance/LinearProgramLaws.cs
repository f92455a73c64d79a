using System.Collections.Immutable;
using CsCheck;
using Protonmotive.FluxBalance;
using Xunit;

namespace Protonmotive.Tests.Property.FluxBalance;

/// <summary>What holds of every optimum, whatever the network: no expected number comes from the solver.</summary>
public class LinearProgramLaws
{
    /// <summary>The solver keeps rows and reduced costs to 1e-9; sums over some twenty terms of order 100 lose two digits of that and more.</summary>
    private const double Close = 1e-6;

    private static readonly Gen<FluxBalanceModel> models =
        from species in Gen.Int[1, 6]
        from reactions in Gen.Int[2, 12]
        from numbers in Gen.Int[-2, 2].Array[species * reactions]
        from lower in Gen.Int[-10, 0].Array[reactions]
        from upper in Gen.Int[0, 10].Array[reactions]
        from weights in Gen.Int[-3, 3].Array[reactions]
        from maximize in Gen.Bool
        select new FluxBalanceModel
        {
            Id = "random",
            Species = [.. Enumerable.Range(0, species).Select(i => new FluxBalanceSpecies($"S{i}", "", "c", false))],
            Reactions = [.. Enumerable.Range(0, reactions).Select(j => new FluxBalanceReaction($"R{j}", "",
                Enumerable.Range(0, species).ToImmutableSortedDictionary(i => $"S{i}", i => (double)numbers[(i * reactions) + j], StringComparer.Ordinal), lower[j], upper[j]))],
            Objectives = [new("o", "", maximize, [.. weights.Select((w, j) => new FluxTerm($"R{j}", w))])],
            ActiveObjective = "o",
        };

    [Fact]
    public void Fluxes_keep_balances_and_bounds() => models.Sample(model =>
    {
        var solution = new FluxBalanceProblem(model).Solve();
        foreach (var r in model.Reactions) Assert.InRange(solution.Fluxes[r.Id], r.LowerBound - Close, r.UpperBound + Close);
        foreach (var s in model.Species) Assert.Equal(0, model.Reactions.Sum(r => r.Stoichiometry[s.Id] * solution.Fluxes[r.Id]), Close);
    });

    [Fact]
    public void The_optimum_is_what_its_bounds_are_worth() => models.Sample(model =>
    {
        // Strong duality with right-hand sides 0: c·v = Σ reduced cost · v, and c = Nᵀ y + reduced costs.
        var solution = new FluxBalanceProblem(model).Solve();
        Assert.Equal(solution.ObjectiveValue, model.Reactions.Sum(r => solution.ReducedCosts[r.Id] * solution.Fluxes[r.Id]), Close);
        var weights = solution.Objective.Terms.ToDictionary(t => t.Variable, t => t.Coefficient);
        foreach (var r in model.Reactions)
            Assert.Equal(weights[r.Id], solution.ReducedCosts[r.Id] + r.Stoichiometry.Sum(s => s.Value * solution.ShadowPrices[s.Key]), Close);
        // The sign of a reduced cost says at which bound the flux must sit.
        double sign = solution.Objective.Maximize ? 1 : -1;
        foreach (var r in model.Reactions)
        {
            if (sign * solution.ReducedCosts[r.Id] > Close) Assert.Equal(r.UpperBound, solution.Fluxes[r.Id], Close);
            if (sign * solution.ReducedCosts[r.Id] < -Close) Assert.Equal(r.LowerBound, solution.Fluxes[r.Id], Close);
        }
    });

    [Fact]
    public void Ranges_hold_the_solution_and_the_short_way_is_no_longer() => models.Sample(
        model =>
        {
            var problem = new FluxBalanceProblem(model);
            var variability = problem.Variability();
            var shortest = (problem with { Parsimonious = true }).Solve();
            Assert.Equal(variability.Solution.ObjectiveValue, shortest.Value("o"), Close);
            foreach (var range in variability.Ranges)
            {
                Assert.InRange(variability.Solution.Fluxes[range.Reaction], range.Minimum - Close, range.Maximum + Close);
                Assert.InRange(shortest.Fluxes[range.Reaction], range.Minimum - Close, range.Maximum + Close);
            }
            Assert.True(shortest.Fluxes.Values.Sum(Math.Abs) <= variability.Solution.Fluxes.Values.Sum(Math.Abs) + Close);
        },
        iter: 30);

    [Fact]
    public void A_wider_bound_never_hurts() => Gen.Select(models, Gen.Int[0, 11]).Sample((model, which) =>
    {
        int j = which % model.Reactions.Length;
        double before = new FluxBalanceProblem(model).Solve().ObjectiveValue;
        var wider = model with { Reactions = model.Reactions.SetItem(j, model.Reactions[j] with { UpperBound = model.Reactions[j].UpperBound + 5 }) };
        double gain = (new FluxBalanceProblem(wider).Solve().ObjectiveValue - before) * (model.Objectives[0].Maximize ? 1 : -1);
        Assert.True(gain >= -Close, $"lost {-gain}");
    });

    [Fact]
    public void No_direction_improves_a_quadratic_optimum() => Gen.Select(models, Gen.Int[1, 9].Array[12]).Sample(
        (model, curvatures) =>
        {
            // f convex: v is its least point if and only if no feasible point is lower on the tangent of f at v.
            var linear = model.Objectives[0].Terms;
            var quadratic = model with { Objectives = [new("o", "", false, [.. linear, .. linear.Select((t, j) => new FluxTerm(t.Variable, curvatures[j], t.Variable))])] };
            var solution = new FluxBalanceProblem(quadratic).Solve();
            var tangent = linear.Select((t, j) => t with { Coefficient = t.Coefficient + (2 * curvatures[j] * solution.Fluxes[t.Variable]) });
            var least = new FluxBalanceProblem(model with { Objectives = [new("o", "", false, [.. tangent])] }).Solve();
            Assert.Equal(least.Objective.Value(f => solution.Fluxes[f]), least.ObjectiveValue, 1e-5); // flux error 1e-7 times slopes to 180
            foreach (var s in model.Species) Assert.Equal(0, model.Reactions.Sum(r => r.Stoichiometry[s.Id] * solution.Fluxes[r.Id]), Close);
        },
        iter: 60);

    [Fact]
    public void Problems_solved_side_by_side_do_not_disturb_each_other() => Gen.Select(models, models).Sample(
        (one, other) =>
        {
            var alone = new[] { one, other }.Select(m => new FluxBalanceProblem(m).Solve().ObjectiveValue).ToArray();
            var together = Enumerable.Range(0, 8).AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(i => new FluxBalanceProblem(i % 2 == 0 ? one : other).Solve().ObjectiveValue).ToArray();
            for (int i = 0; i < 8; i++) Assert.Equal(alone[i % 2], together[i]);
        },
        iter: 10);
}
