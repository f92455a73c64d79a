using System.Collections.Immutable;
using Protonmotive.FluxBalance.Programs;

namespace Protonmotive.FluxBalance;

/// <summary>
/// Find fluxes v with N v = 0 between their bounds that make an objective as large, or as small, as can be. Linear terms are exact
/// to the tolerance of the simplex method (1e-9); quadratic ones, which must be convex, are closed in by tangents.
/// </summary>
/// <param name="Model">The model.</param>
/// <remarks>Orth, Thiele and Palsson (2010), Nat Biotechnol 28:245.</remarks>
public sealed record FluxBalanceProblem(FluxBalanceModel Model)
{
    /// <summary>How far the objective may fall behind its optimum in a second stage, relative to max(1, |optimum|): the solver's own tolerance, so that the second stage is feasible.</summary>
    private const double Behind = 1e-9;

    /// <summary>Smallest slack or direction that counts as one; ten times the solver's tolerance and more.</summary>
    private const double Smallest = 1e-7;

    /// <summary>Id of the objective; null for the model's active one.</summary>
    public string? Objective { get; init; }

    /// <summary>
    /// Whether, among the fluxes that reach the optimum, those with the smallest sum of absolute values are taken
    /// (Lewis et al. 2010, Mol Syst Biol 6:390). Without it any fluxes that reach the optimum are.
    /// </summary>
    public bool Parsimonious { get; init; }

    /// <summary>Solves the problem. Infeasible and unbounded are results, not errors.</summary>
    /// <exception cref="FluxBalanceException">There is no such objective, a quadratic term is not convex, or the solver gives up.</exception>
    public FluxBalanceSolution Solve()
    {
        var objective = Model.Objective(Objective);
        if (Crossed() is { Length: > 0 } crossed) return Without(objective, FluxBalanceStatus.Infeasible) with { Conflicts = crossed };
        using var program = new FluxProgram(Model);
        var terms = SetObjective(program, objective);
        return program.Convex.Solve() switch
        {
            LinearStatus.Infeasible => Without(objective, FluxBalanceStatus.Infeasible) with { Conflicts = Conflicts() },
            LinearStatus.Unbounded => Without(objective, FluxBalanceStatus.Unbounded) with { Ray = Ray(objective) },
            _ => Found(program, objective, terms),
        };
    }

    /// <summary>The range of each flux while the objective keeps a part of its optimum: two more programs for each reaction.</summary>
    /// <param name="fraction">The part that is kept: 1 for the optimum itself. Below a negative optimum z, or above the optimum of a minimum, it lets (1 − fraction)·|z|.</param>
    /// <exception cref="FluxBalanceException">As for <see cref="Solve"/>, or the fraction is not between 0 and 1.</exception>
    public FluxVariability Variability(double fraction = 1)
    {
        if (!(fraction is >= 0 and <= 1)) throw new FluxBalanceException($"The fraction of the optimum is {fraction:g6}.", "flux variability", "Give a number from 0 to 1.");
        var solution = Solve();
        if (solution.Status != FluxBalanceStatus.Optimal) return new FluxVariability(solution, fraction, []);
        using var program = new FluxProgram(Model);
        var objective = solution.Objective;
        Keep(program, objective, program.Terms(objective.Terms, objective.Maximize, Where(objective)), solution.ObjectiveValue, (1 - fraction) * Math.Abs(solution.ObjectiveValue));
        return new FluxVariability(solution, fraction, [.. Model.Reactions.Select(r => new FluxRange(r.Id, End(r.Id, up: false), End(r.Id, up: true)))]);

        double End(string reaction, bool up)
        {
            program.Convex.Linear.SetObjective([(program.Variable(reaction), 1)], up);
            return program.Convex.Solve() switch
            {
                LinearStatus.Optimal => program.Value(reaction),
                LinearStatus.Unbounded => up ? double.PositiveInfinity : double.NegativeInfinity,
                _ => throw new FluxBalanceException($"The range of '{reaction}' was found infeasible, though the optimum is not.", $"model '{Model.Id}', objective '{objective.Id}'", "Rescale the model: its numbers differ too much in size for the solver's tolerance."),
            };
        }
    }

    private FluxBalanceSolution Found(FluxProgram program, FluxObjective objective, List<(int, double)> terms)
    {
        double optimum = program.Convex.Linear.ObjectiveValue;
        var solution = new FluxBalanceSolution
        {
            Model = Model.Id,
            Status = FluxBalanceStatus.Optimal,
            Objective = objective,
            ObjectiveValue = optimum,
            ShadowPrices = ById(Model.Species.Select(s => s.Id), program.BalancePrice),
            ReducedCosts = ById(Model.Reactions.Select(r => r.Id), id => program.Convex.ReducedCost(program.Variable(id))),
            ConstraintPrices = ById(Model.Constraints.Select(c => c.Id), program.ConstraintPrice),
        };
        if (Parsimonious)
        {
            Keep(program, objective, terms, optimum, 0);
            MinimizeTotalFlux(program);
            if (program.Convex.Solve() != LinearStatus.Optimal) throw new FluxBalanceException("The smallest fluxes at the optimum could not be found.", $"model '{Model.Id}', objective '{objective.Id}'", "Solve without the parsimonious choice, or rescale the model.");
        }
        var fluxes = ById(Model.Reactions.Select(r => r.Id), program.Value);
        var free = ById(Model.FreeVariables, program.Value);
        double Value(string id) => fluxes.TryGetValue(id, out double v) ? v : free[id];
        // What a quadratic objective is worth at these fluxes, rather than by its tangents.
        double worth = Parsimonious || objective.Terms.All(t => t.Second is null) ? optimum : objective.Value(Value);
        return solution with { ObjectiveValue = worth, Fluxes = fluxes, FreeVariables = free, Objectives = ById(Model.Objectives.Select(o => o.Id), id => Model.Objective(id).Value(Value)) };
    }

    private List<(int, double)> SetObjective(FluxProgram program, FluxObjective objective)
    {
        var terms = program.Terms(objective.Terms, objective.Maximize, Where(objective));
        program.Convex.Linear.SetObjective(terms, objective.Maximize);
        return terms;
    }

    /// <summary>Holds the objective at its optimum, less what is let.</summary>
    private static void Keep(FluxProgram program, FluxObjective objective, List<(int, double)> terms, double optimum, double let)
    {
        double margin = let + (Behind * Math.Max(1, Math.Abs(optimum)));
        program.Convex.Linear.AddRow(objective.Maximize ? optimum - margin : double.NegativeInfinity, objective.Maximize ? double.PositiveInfinity : optimum + margin, terms);
    }

    /// <summary>Σ |v|, each flux split into a forward and a backward part.</summary>
    private void MinimizeTotalFlux(FluxProgram program)
    {
        var linear = program.Convex.Linear;
        var parts = new List<(int, double)>();
        foreach (var reaction in Model.Reactions)
        {
            int forward = linear.AddVariable(0, double.PositiveInfinity), backward = linear.AddVariable(0, double.PositiveInfinity);
            linear.AddRow(0, 0, [(program.Variable(reaction.Id), 1), (forward, -1), (backward, 1)]);
            parts.Add((forward, 1));
            parts.Add((backward, 1));
        }
        linear.SetObjective(parts, maximize: false);
    }

    private ImmutableArray<BoundConflict> Crossed() =>
    [
        .. Model.Reactions.Where(r => r.LowerBound > r.UpperBound).Select(r => new BoundConflict(r.Id, false, r.LowerBound, r.UpperBound)),
        .. Model.Constraints.Where(c => c.LowerBound > c.UpperBound).Select(c => new BoundConflict(c.Id, false, c.LowerBound, c.UpperBound)),
    ];

    /// <summary>The bounds that must give, with the least change in sum.</summary>
    private ImmutableArray<BoundConflict> Conflicts()
    {
        using var program = new FluxProgram(Model, BoundTreatment.Relaxed);
        var linear = program.Convex.Linear;
        linear.SetObjective(program.Slacks.Select(s => (s.Variable, 1.0)), maximize: false);
        if (program.Convex.Solve() != LinearStatus.Optimal) return [];
        return [.. program.Slacks.Select(s => (Slack: s, Gives: linear.Value(s.Variable))).Where(s => s.Gives > Smallest)
            .Select(s => new BoundConflict(s.Slack.Id, s.Slack.IsUpper, s.Slack.Bound, s.Slack.Bound + (s.Slack.IsUpper ? s.Gives : -s.Gives)))];
    }

    private ImmutableSortedDictionary<string, double> Ray(FluxObjective objective)
    {
        using var program = new FluxProgram(Model, BoundTreatment.Directions);
        SetObjective(program, objective);
        if (program.Convex.Solve() != LinearStatus.Optimal) return ImmutableSortedDictionary<string, double>.Empty;
        return ById(Model.Reactions.Select(r => r.Id).Where(id => Math.Abs(program.Value(id)) > Smallest), program.Value);
    }

    private FluxBalanceSolution Without(FluxObjective objective, FluxBalanceStatus status)
    {
        double value = status == FluxBalanceStatus.Infeasible ? double.NaN : objective.Maximize ? double.PositiveInfinity : double.NegativeInfinity;
        return new FluxBalanceSolution
        {
            Model = Model.Id,
            Status = status,
            Objective = objective,
            ObjectiveValue = value,
            Objectives = ById(Model.Objectives.Select(o => o.Id), id => id == objective.Id ? value : double.NaN),
            Fluxes = ById(Model.Reactions.Select(r => r.Id), _ => double.NaN),
        };
    }

    private string Where(FluxObjective objective) => $"model '{Model.Id}', objective '{objective.Id}'";

    private static ImmutableSortedDictionary<string, double> ById(IEnumerable<string> ids, Func<string, double> value) =>
        ids.Distinct().ToImmutableSortedDictionary(id => id, value, StringComparer.Ordinal);
}
