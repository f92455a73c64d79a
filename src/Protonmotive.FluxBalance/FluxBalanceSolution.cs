using System.Collections.Immutable;
using System.Globalization;

namespace Protonmotive.FluxBalance;

/// <summary>The outcome of a flux balance problem. Numbers are NaN where the status leaves them without meaning.</summary>
public sealed record FluxBalanceSolution
{
    /// <summary>Id of the model.</summary>
    public required string Model { get; init; }

    /// <summary>How it ended.</summary>
    public required FluxBalanceStatus Status { get; init; }

    /// <summary>The objective that was sought.</summary>
    public required FluxObjective Objective { get; init; }

    /// <summary>Its optimum; NaN for an infeasible problem, ±∞ for an unbounded one.</summary>
    public required double ObjectiveValue { get; init; }

    /// <summary>Value of every objective of the model at these fluxes, by id.</summary>
    public ImmutableSortedDictionary<string, double> Objectives { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Flux by reaction, in extent per time. Where several flux distributions reach the optimum, this is one of them.</summary>
    public ImmutableSortedDictionary<string, double> Fluxes { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Value of the variables beside the fluxes, by id.</summary>
    public ImmutableSortedDictionary<string, double> FreeVariables { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>
    /// Change of the optimum per unit of net production that is asked of a species beside the reactions, by species:
    /// ∂(optimum)/∂b where N v = b; 0 for what is not balanced. Supply has the opposite sign.
    /// </summary>
    public ImmutableSortedDictionary<string, double> ShadowPrices { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Change of the optimum per unit by which a flux that sits at a bound is pushed, by reaction; 0 for the others.</summary>
    public ImmutableSortedDictionary<string, double> ReducedCosts { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Change of the optimum per unit of a constraint's bound, by constraint.</summary>
    public ImmutableSortedDictionary<string, double> ConstraintPrices { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Of an infeasible problem, the bounds that contradict the others.</summary>
    public ImmutableArray<BoundConflict> Conflicts { get; init; } = [];

    /// <summary>Of an unbounded problem, the fluxes that grow together without end, as a direction.</summary>
    public ImmutableSortedDictionary<string, double> Ray { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Value of a reaction's flux, of a free variable, or of an objective, by id; NaN where there is none.</summary>
    public double Value(string id) => Fluxes.TryGetValue(id, out double flux) || FreeVariables.TryGetValue(id, out flux) || Objectives.TryGetValue(id, out flux) ? flux : double.NaN;

    /// <summary>The solution itself where it is optimal.</summary>
    /// <exception cref="FluxBalanceException">It is infeasible or unbounded; the error says which bounds or fluxes are at fault.</exception>
    public FluxBalanceSolution RequireOptimal() => Status switch
    {
        FluxBalanceStatus.Infeasible => throw new FluxBalanceException(
            "No fluxes keep all balances and bounds: the problem is infeasible.",
            $"model '{Model}'{(Conflicts.Length > 0 ? ": " + string.Join("; ", Conflicts.Take(5)) + (Conflicts.Length > 5 ? $"; and {Conflicts.Length - 5} more" : "") : "")}",
            "Loosen the bounds named, or give the network a reaction that lets the fluxes pass."),
        FluxBalanceStatus.Unbounded => throw new FluxBalanceException(
            $"The objective '{Objective.Id}' can be driven beyond any value: the problem is unbounded.",
            $"model '{Model}'{(Ray.Count > 0 ? ": these fluxes grow together: " + string.Join(", ", Ray.Take(8).Select(r => r.Key)) + (Ray.Count > 8 ? $" and {Ray.Count - 8} more" : "") : "")}",
            "Give one of the fluxes named a finite bound, such as the uptake of a nutrient."),
        _ => this,
    };

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Objective.Id} = {ObjectiveValue:g10} ({Status.ToString().ToLowerInvariant()})");
}
