using System.Collections.Immutable;

namespace Protonmotive.Formats.SedMl;

/// <summary>A simulation experiment: models, what is done with them, and what is made of the results.</summary>
/// <remarks>SED-ML Level 1 Version 4 (Smith et al. 2021, J Integr Bioinform 18:20210021) and the versions before it.</remarks>
public sealed record SedDocument
{
    /// <summary>Name of the file, for errors.</summary>
    public required string File { get; init; }

    /// <summary>Version of Level 1.</summary>
    public required int Version { get; init; }

    /// <summary>Models, in order.</summary>
    public ImmutableArray<SedModel> Models { get; init; } = [];

    /// <summary>Simulations, in order.</summary>
    public ImmutableArray<SedSimulation> Simulations { get; init; } = [];

    /// <summary>Tasks, in order.</summary>
    public ImmutableArray<SedTask> Tasks { get; init; } = [];

    /// <summary>Data generators, in order.</summary>
    public ImmutableArray<SedDataGenerator> DataGenerators { get; init; } = [];

    /// <summary>Outputs, in order.</summary>
    public ImmutableArray<SedOutput> Outputs { get; init; } = [];

    /// <summary>How curves look, by id, with what they inherit filled in.</summary>
    public ImmutableDictionary<string, SedStyle> Styles { get; init; } = ImmutableDictionary<string, SedStyle>.Empty;

    /// <summary>What was left out or read in a certain way.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{File}: {Models.Length} models, {Tasks.Length} tasks, {Outputs.Length} outputs";
}
