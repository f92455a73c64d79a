using System.Collections.Immutable;
using Protonmotive.Solvers;

namespace Protonmotive.Sensitivities;

/// <summary>Metabolic control analysis of one steady state.</summary>
public sealed record ControlCoefficients
{
    /// <summary>The steady state.</summary>
    public required SteadyStateResult SteadyState { get; init; }

    /// <summary>Name, value and unit of each flux.</summary>
    public required ImmutableArray<SteadyValue> Fluxes { get; init; }

    /// <summary>Name, value and unit of each concentration (or whatever a state's symbol stands for).</summary>
    public required ImmutableArray<SteadyValue> Quantities { get; init; }

    /// <summary>Name, value and unit of each parameter.</summary>
    public required ImmutableArray<SteadyValue> Parameters { get; init; }

    /// <summary>C^J: how each flux answers to a change of each process's rate.</summary>
    public required CoefficientTable FluxControl { get; init; }

    /// <summary>C^S: how each concentration answers to a change of each process's rate.</summary>
    public required CoefficientTable ConcentrationControl { get; init; }

    /// <summary>ε: how each rate answers to each concentration, all others held.</summary>
    public required CoefficientTable Elasticities { get; init; }

    /// <summary>R^J: how each flux answers to each parameter, through the new steady state.</summary>
    public required CoefficientTable FluxResponse { get; init; }

    /// <summary>R^S: how each concentration answers to each parameter, through the new steady state.</summary>
    public required CoefficientTable ConcentrationResponse { get; init; }

    /// <summary>Fluxes that are 0 at this steady state; their scaled coefficients do not exist.</summary>
    public required ImmutableArray<string> IdleFluxes { get; init; }

    /// <summary>Largest |Σ C^J − 1| over the fluxes that are not 0; by the summation theorem 0.</summary>
    public required double FluxSummationResidual { get; init; }

    /// <summary>Largest |Σ C^S| over the concentrations; by the summation theorem 0.</summary>
    public required double ConcentrationSummationResidual { get; init; }

    /// <summary>Largest entry of C^J ε L and of C^S ε L + L, scaled by the concentrations; by the connectivity theorems 0. NaN where a flux is 0 or rules beside the processes leave the theorems without meaning.</summary>
    public required double ConnectivityResidual { get; init; }

    /// <summary>What the reader must know, e.g. why a theorem does not hold.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}

/// <summary>A value at a steady state.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Unit">Its unit; "" where unknown.</param>
public readonly record struct SteadyValue(string Name, double Value, string Unit);
