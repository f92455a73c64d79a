using System.Collections.Immutable;
using Protonmotive.Networks;

namespace Protonmotive.Thermodynamics;

/// <summary>A network whose reversible steps obey Wegscheider for every value of its parameters.</summary>
public sealed record FeasibleNetwork
{
    /// <summary>The network: laws as they were, constants as formulas. Values given to these constants by name override the formulas, so give potentials and conductances instead.</summary>
    public required Network Network { get; init; }

    /// <summary>The free standard potentials, at the values nearest to the old constants.</summary>
    public required ImmutableArray<FeasiblePotential> Potentials { get; init; }

    /// <summary>Species whose potential is 0: only differences matter, and each conserved total leaves one free.</summary>
    public required ImmutableArray<string> References { get; init; }

    /// <summary>The conductances, positive.</summary>
    public required ImmutableArray<FeasibleConductance> Conductances { get; init; }

    /// <summary>The constants that follow from potentials now, or were moved to fit.</summary>
    public required ImmutableArray<ConstantShift> Constants { get; init; }

    /// <summary>Processes whose constants are as they were, and why.</summary>
    public required ImmutableArray<(string Process, string Reason)> LeftAlone { get; init; }

    /// <summary>√(mean (Δ ln k)²): 0 where the old constants were feasible.</summary>
    public double Distance => Constants.IsEmpty ? 0 : Math.Sqrt(Constants.Average(c => c.LogShift * c.LogShift));

    /// <summary>Whether the old constants were feasible, to 1e-9 in ln k.</summary>
    public bool WasFeasible => Constants.All(c => Math.Abs(c.LogShift) < 1e-9);

    /// <summary>Names of the parameters that are free in place of the constants: potentials (any sign), then conductances (positive).</summary>
    public IEnumerable<string> ParameterNames => Potentials.Select(p => p.Name).Concat(Conductances.Select(c => c.Name));
}

/// <summary>A free standard potential.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Species">Whose potential it is.</param>
/// <param name="Value">μ°/RT at 1 of the model's concentration unit.</param>
public readonly record struct FeasiblePotential(string Name, string Species, double Value);

/// <summary>A conductance.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Processes">The steps it belongs to.</param>
/// <param name="Value">K in k⁺ = K·exp(Σ ν μ°/RT).</param>
public readonly record struct FeasibleConductance(string Name, ImmutableArray<string> Processes, double Value);

/// <summary>A constant before and after.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Before">Its value in the model.</param>
/// <param name="After">The feasible value.</param>
public readonly record struct ConstantShift(string Name, double Before, double After)
{
    /// <summary>ln(after/before).</summary>
    public double LogShift => Math.Log(After / Before);
}
