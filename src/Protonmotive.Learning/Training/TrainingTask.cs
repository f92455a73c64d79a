using System.Collections.Immutable;
using Protonmotive.Reports.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Training;

/// <summary>What is trained on what, and how: all that a step needs follows from its number and the seed, so that a training can go on anywhere.</summary>
public abstract class TrainingTask : IDisposable
{
    /// <summary>Name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Title for readers.</summary>
    public abstract string Title { get; }

    /// <summary>Name of the data set.</summary>
    public abstract string Data { get; }

    /// <summary>Papers and codes that the setting comes from.</summary>
    public abstract ImmutableArray<string> Sources { get; }

    /// <summary>The settings, for the record.</summary>
    public abstract ImmutableArray<TrainingSetting> Settings { get; }

    /// <summary>What the settings don't tell of the network, so that a training goes on only with the same.</summary>
    public virtual string Fingerprint => "";

    /// <summary>Unit of the loss.</summary>
    public virtual string LossUnit => "nat";

    /// <summary>What the loss is, in a sentence for readers of a run.</summary>
    public virtual string LossText => "";

    /// <summary>What the names of its layers mean, for readers of a run; "" where they say it.</summary>
    public virtual string LayerText => "";

    /// <summary>The network.</summary>
    public abstract nn.Module Network { get; }

    /// <summary>The optimiser.</summary>
    public abstract optim.Optimizer Optimiser { get; }

    /// <summary>The learning rate.</summary>
    public abstract RateSchedule Rate { get; }

    /// <summary>Largest norm of the gradient; null for no bound.</summary>
    public virtual double? Clip => null;

    /// <summary>Steps between two evaluations; an epoch where there are epochs.</summary>
    public abstract int EvaluateEvery { get; }

    /// <summary>The loss on the batch of a step, which may be evaluated several times.</summary>
    public abstract Func<Tensor> Batch(int step);

    /// <summary>The loss on the probe that the ledger judges by; none of it is trained on.</summary>
    public abstract Tensor ProbeLoss();

    /// <summary>Losses on equal parts of the probe, for signal and noise of the gradient by layer; empty for none.</summary>
    public virtual IReadOnlyList<Func<Tensor>> ProbeParts => [];

    /// <summary>Examples in a part of the probe.</summary>
    public virtual int PartSize => 1;

    /// <summary>Measures of the network on held-out data, the chief one first.</summary>
    /// <param name="whole">Whether on all of them; else what is quick enough between epochs.</param>
    public abstract ImmutableArray<Measure> Evaluate(bool whole);

    /// <summary>Where the network can be cut, the input's side first; empty where it is no chain.</summary>
    public virtual ImmutableArray<LayerCut> Cuts => [];

    /// <summary>Figures of this kind of network, made once it is trained.</summary>
    public virtual ImmutableArray<GraphRecord> Graphs() => [];

    /// <summary>The labels that it learns; null where outcomes are not counted, as in regression.</summary>
    public virtual LabelSet? Labels => null;

    /// <summary>Items of a step's batch that no step before it held.</summary>
    public virtual double FreshItems(int step) => 0;

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>A setting of a training.</summary>
/// <param name="Name">Name.</param>
/// <param name="Value">Value.</param>
/// <param name="Description">What it is.</param>
public sealed record TrainingSetting(string Name, double Value, string Description);

/// <summary>A measure of a network.</summary>
/// <param name="Name">Name.</param>
/// <param name="Value">Value.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Note">On what it was taken.</param>
public sealed record Measure(string Name, double Value, string Unit, string Note)
{
    /// <summary>The most it can be, where figures show what is missing of that; null where less is better.</summary>
    public double? Best { get; init; }
}

/// <summary>Labels that a training learns.</summary>
/// <param name="Outcomes">Number of different labels.</param>
/// <param name="Items">Labelled items that are trained on.</param>
/// <param name="Item">What an item is, e.g. image.</param>
public sealed record LabelSet(int Outcomes, long Items, string Item);
