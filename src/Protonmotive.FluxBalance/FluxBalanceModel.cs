using System.Collections.Immutable;
using System.Xml.Linq;
using Protonmotive.FluxBalance.Sbml;
using Protonmotive.Formats.Sbml;
using Protonmotive.Formats.Sbml.Composition;

namespace Protonmotive.FluxBalance;

/// <summary>
/// A metabolic network with bounds on its fluxes and objectives over them: N v = 0 for the species that are balanced,
/// lower ≤ v ≤ upper. Fluxes are in the model's extent per time.
/// </summary>
/// <remarks>
/// Read from SBML Level 3 with the package fbc, version 1 (Olivier and Bergmann 2015, J Integr Bioinform 12:269), version 2
/// (2018, J Integr Bioinform 15:20170082) or version 3.
/// </remarks>
public sealed record FluxBalanceModel
{
    /// <summary>Id of the model; the name of its file where it has none.</summary>
    public required string Id { get; init; }

    /// <summary>Version of the package fbc: 1, 2 or 3.</summary>
    public int PackageVersion { get; init; } = 2;

    /// <summary>Whether the file declares itself strict: every bound given by a constant, every coefficient finite.</summary>
    public bool Strict { get; init; }

    /// <summary>The species, in the order of the file.</summary>
    public ImmutableArray<FluxBalanceSpecies> Species { get; init; } = [];

    /// <summary>The reactions, in the order of the file.</summary>
    public ImmutableArray<FluxBalanceReaction> Reactions { get; init; } = [];

    /// <summary>Variables beside the fluxes: parameters that constraints of version 3 leave free. They have no bounds of their own.</summary>
    public ImmutableArray<string> FreeVariables { get; init; } = [];

    /// <summary>Constraints beside the balances (version 3).</summary>
    public ImmutableArray<FluxConstraint> Constraints { get; init; } = [];

    /// <summary>The objectives, in the order of the file.</summary>
    public ImmutableArray<FluxObjective> Objectives { get; init; } = [];

    /// <summary>Id of the objective that is meant where none is asked for; null where there is none.</summary>
    public string? ActiveObjective { get; init; }

    /// <summary>Gene products that associations of reactions name.</summary>
    public ImmutableArray<GeneProduct> GeneProducts { get; init; } = [];

    /// <summary>What a reader of results should know of how the file was read.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Reads a file. Submodels of the package comp are flattened; their elements are then called submodel__element.</summary>
    /// <exception cref="SbmlException">It is no SBML with fbc, or a bound or coefficient has no constant value.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static FluxBalanceModel Load(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path, Path.GetDirectoryName(Path.GetFullPath(path)));
    }

    /// <summary>Reads a stream; the name is for errors.</summary>
    /// <exception cref="SbmlException">It is no SBML with fbc, or a bound or coefficient has no constant value.</exception>
    public static FluxBalanceModel Read(Stream stream, string name) => Read(stream, name, folder: null);

    /// <summary>Reads a document that is not composed of submodels, or has been flattened; the name is for errors.</summary>
    /// <exception cref="SbmlException">It is no SBML with fbc, or a bound or coefficient has no constant value.</exception>
    public static FluxBalanceModel Read(XDocument document, string name) => new FbcReader(document, name).Read();

    // Files that a composed model names are opened only beside a model that is itself a file.
    private static FluxBalanceModel Read(Stream stream, string name, string? folder) => Read(SbmlComposition.Flatten(SafeXml.Load(stream, name), name, folder), name);

    /// <summary>The objective of an id, or the active one.</summary>
    /// <exception cref="FluxBalanceException">There is no such objective, or none is active.</exception>
    public FluxObjective Objective(string? id = null)
    {
        var wanted = id ?? ActiveObjective;
        return Objectives.FirstOrDefault(o => o.Id == wanted) ?? throw new FluxBalanceException(
            wanted is null ? "No objective is active." : $"There is no objective '{wanted}'.",
            $"model '{Id}'",
            Objectives.Length == 0 ? "Give the model a listOfObjectives." : $"Ask for one of: {string.Join(", ", Objectives.Select(o => o.Id))}.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Id}: {Reactions.Length} reactions, {Species.Length} species, {Objectives.Length} objectives (fbc version {PackageVersion})";
}
