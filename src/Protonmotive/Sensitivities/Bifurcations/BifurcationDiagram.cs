using System.Collections.Immutable;
using Protonmotive.Solvers;

namespace Protonmotive.Sensitivities.Bifurcations;

/// <summary>The steady states of a system over one parameter.</summary>
public sealed record BifurcationDiagram
{
    /// <summary>How it was made.</summary>
    public required ContinuationOptions Options { get; init; }

    /// <summary>Unit of the parameter; "" where unknown.</summary>
    public required string ParameterUnit { get; init; }

    /// <summary>The branches; the first holds the steady state begun with.</summary>
    public required ImmutableArray<EquilibriumBranch> Branches { get; init; }

    /// <summary>Folds, Hopf points and branch points of all branches, by rising parameter.</summary>
    public required ImmutableArray<SpecialPoint> SpecialPoints { get; init; }

    /// <summary>Names of the states, in their order.</summary>
    public required ImmutableArray<string> States { get; init; }

    /// <summary>Name and unit of each recorded output.</summary>
    public required ImmutableArray<(string Name, string Unit)> Outputs { get; init; }

    /// <summary>The steady state begun with.</summary>
    public required SteadyStateResult Begin { get; init; }

    /// <summary>What the reader must know.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Index of an output.</summary>
    /// <exception cref="SensitivityException">It was not recorded.</exception>
    public int OutputIndex(string name)
    {
        for (int i = 0; i < Outputs.Length; i++) if (Outputs[i].Name == name) return i;
        throw new SensitivityException($"'{name}' was not recorded along the branches.", $"continuation in {Options.Parameter}", $"Recorded are {string.Join(", ", Outputs.Take(20).Select(o => o.Name))}{(Outputs.Length > 20 ? ", …" : "")}.");
    }
}
