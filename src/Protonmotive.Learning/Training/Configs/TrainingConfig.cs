using System.Collections.Immutable;
using Protonmotive.Learning.Models;

namespace Protonmotive.Learning.Training.Configs;

/// <summary>A training as a file tells it: network, data, optimiser, schedule, length, seed.</summary>
public sealed record TrainingConfig
{
    /// <summary>Name of the training, part of its run's folder.</summary>
    public required string Name { get; init; }

    /// <summary>Title for readers.</summary>
    public required string Title { get; init; }

    /// <summary>The data.</summary>
    public required DataConfig Data { get; init; }

    /// <summary>The layers; empty for a transformer.</summary>
    public ImmutableArray<LayerSpec> Layers { get; init; } = [];

    /// <summary>Size of a transformer, whose vocabulary follows from its data; null for layers.</summary>
    public TransformerSize? Transformer { get; init; }

    /// <summary>The optimiser.</summary>
    public required OptimiserConfig Optimiser { get; init; }

    /// <summary>The rate at the end, by half a cosine; null for a constant rate.</summary>
    public double? LastRate { get; init; }

    /// <summary>Steps of a linear rise of the rate; at most a tenth of all steps.</summary>
    public int WarmUp { get; init; }

    /// <summary>Largest norm of the gradient; null for no bound.</summary>
    public double? Clip { get; init; }

    /// <summary>Passes over the data; null where steps are given. A training has one of both.</summary>
    public int? Epochs { get; init; }

    /// <summary>Steps; null where epochs are given, or are still to be given.</summary>
    public int? Steps { get; init; }

    /// <summary>Examples in a batch.</summary>
    public required int Batch { get; init; }

    /// <summary>Held-out examples that the ledger judges by.</summary>
    public int Probe { get; init; } = 250;

    /// <summary>Seed of weights, batches and dropout.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Layers and data in a line, so that a training goes on only with the same.</summary>
    public string Fingerprint => (Transformer is null ? string.Join(' ', Layers.Select(Line)) : Transformer.ToString()) + Data.Fingerprint;

    /// <summary>The rate by step.</summary>
    /// <param name="steps">Steps in all.</param>
    public RateSchedule Rate(int steps) => new(Optimiser.Rate, LastRate ?? Optimiser.Rate, steps, Math.Min(WarmUp, steps / 10));

    private static string Line(LayerSpec l) => $"{l.Kind}:{l.Units}:{l.Kernel}:{l.Padding}:{l.Stride}:{l.HasBias}:{l.Share}" + (l.Inner.IsEmpty ? "" : $"({string.Join(' ', l.Inner.Select(Line))})");
}
