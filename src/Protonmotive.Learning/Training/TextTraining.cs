using System.Collections.Immutable;
using Protonmotive.Learning.Accounts;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Models;
using Protonmotive.Learning.Training.Configs;
using Protonmotive.Reports.Runs;
using TorchSharp;
using static TorchSharp.torch;
using Transformer = Protonmotive.Learning.Models.Transformer;

namespace Protonmotive.Learning.Training;

/// <summary>A transformer that predicts the next character, in nanoGPT's setting for a laptop's processor.</summary>
/// <remarks>
/// nanoGPT (Karpathy 2022), config/train_shakespeare_char.py with the README's changes for a machine without GPU: 4 layers, 4 heads, width 128,
/// context 64, batches of 12, 2,000 steps, AdamW with rate 1e-3 to 1e-4, rise of 100 steps, β 0.9 and 0.99, decay 0.1 of matrices, clipping at 1.
/// </remarks>
public sealed class TextTraining : TrainingTask
{
    private const int ProbeWindows = 32, QuickWindows = 256, Parts = 8;

    private readonly TrainingConfig config;
    private readonly TextCorpus data;
    private readonly Transformer network;
    private readonly Philox random;
    private readonly Tensor probeInput, probeTarget;
    private bool[] seen = [];
    private int seenSteps = int.MaxValue;

    /// <summary>Makes the task of the setting that is built in.</summary>
    /// <param name="data">The text; the task owns it.</param>
    /// <param name="seed">Seed of weights and batches.</param>
    /// <param name="steps">Steps.</param>
    public TextTraining(TextCorpus data, ulong seed, int steps = 2000)
        : this(ConfigReader.Open("transformer") with { Seed = seed, Steps = steps }, data)
    {
    }

    /// <summary>Makes the task.</summary>
    /// <param name="config">What is trained, and how.</param>
    /// <param name="data">The text; the task owns it.</param>
    /// <exception cref="DataException">The text is shorter than a window.</exception>
    public TextTraining(TrainingConfig config, TextCorpus data)
    {
        (this.config, this.data, random) = (config, data, new Philox(config.Seed));
        var size = config.Transformer! with { Vocabulary = data.Vocabulary.Length };
        if (Math.Min(data.Train.shape[0], data.Validation.shape[0]) < size.Context + 2)
            throw new DataException($"The text has {data.Train.shape[0]} characters to train on and {data.Validation.shape[0]} held out; a window takes {size.Context + 1}.", data.Name, "Give a longer text, or a shorter context.");
        manual_seed((long)config.Seed);
        network = new Transformer(size);
        Rate = config.Rate(config.Steps ?? (int)Math.Max(1, config.Epochs!.Value * data.Train.shape[0] / (size.Context * config.Batch)));
        Optimiser = config.Optimiser.Make(network);
        // spread over the held-out text, so that the probe is like the whole of it
        int windows = Windows(data.Validation);
        (probeInput, probeTarget) = Gather(data.Validation, [.. Enumerable.Range(0, Math.Min(ProbeWindows, windows)).Select(i => (long)i * windows / Math.Min(ProbeWindows, windows) * network.Size.Context)]);
    }

    /// <inheritdoc/>
    public override string Name => config.Name;

    /// <inheritdoc/>
    public override string Title => config.Title;

    /// <inheritdoc/>
    public override string Data => data.Name;

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources =>
    [
        "Karpathy (2022), nanoGPT, config/train_shakespeare_char.py and README: the setting without GPU",
        "Radford, Wu, Child, Luan, Amodei and Sutskever (2019), Language models are unsupervised multitask learners, OpenAI technical report",
        "Loshchilov and Hutter (2019), Decoupled weight decay regularization, arXiv 1711.05101",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<TrainingSetting> Settings =>
    [
        new("steps", Rate.Steps, "training steps in all"), new("batch", config.Batch, "windows in a batch"), new("context", network.Size.Context, "characters seen at once"), new("layers", network.Size.Layers, "blocks in a row"),
        new("heads", network.Size.Heads, "heads in a block"), new("width", network.Size.Width, "numbers a character is held in"), new("dropout", network.Size.Dropout, "share silenced in training"), .. config.Optimiser.Settings,
        new("rate.end", Rate.Lowest, "learning rate at the end, to which it falls by half a cosine"), new("warm-up", Rate.WarmUp, "steps at the start in which the learning rate rises"), .. config.Clip is { } clip ? [new TrainingSetting("clip", clip, "largest norm of the gradient")] : (TrainingSetting[])[],
        new("seed", config.Seed, "seed of weights and batches"), new("probe", probeInput.shape[0], "held-out windows that the ledger judges by"),
    ];

    /// <inheritdoc/>
    public override string Fingerprint => config.Fingerprint;

    /// <inheritdoc/>
    public override string LossText => "The loss is −ln of the chance that the network gives to the right next character, in nat.";

    /// <inheritdoc/>
    public override string LayerText => $"The embedding is two tables, of characters and of positions. {TransformerBlock.LayerText}";

    /// <inheritdoc/>
    public override nn.Module Network => network;

    /// <inheritdoc/>
    public override optim.Optimizer Optimiser { get; }

    /// <inheritdoc/>
    public override RateSchedule Rate { get; }

    /// <inheritdoc/>
    public override double? Clip => config.Clip;

    /// <inheritdoc/>
    public override int EvaluateEvery => Math.Max(1, Rate.Steps / 8);

    /// <inheritdoc/>
    public override Func<Tensor> Batch(int step)
    {
        var (input, target) = Gather(data.Train, Starts(step));
        return () => Loss(input, target);
    }

    /// <inheritdoc/>
    public override ImmutableArray<LayerCut> Cuts =>
    [
        new("embedding", "Embedding", network.Ends.Embedded, "characters", "positions"),
        .. network.Blocks.Select((b, i) => new LayerCut($"block {i + 1}", "attention, dense", b, $"blocks.{i}")),
        new("norm", "LayerNorm", network.Ends.Last, "norm"),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<GraphRecord> Graphs()
    {
        var heads = HeadGraph.Of(HeadProfile.Of(network, probeInput));
        return HasCoupling ? [heads, CouplingGraph.Of(DistanceCoupling.Of(network, probeInput), [.. Enumerable.Range(1, network.Size.Context - 1).Select(r => TextInformation.At(data.Train, data.Vocabulary.Length, r, config.Seed))])] : [heads];
    }

    /// <summary>Whether its figures hold the coupling at a distance, which takes as many passes back as a character has numbers.</summary>
    public bool HasCoupling { get; init; }

    /// <inheritdoc/>
    public override LabelSet Labels => new(data.Vocabulary.Length, data.Train.shape[0], "character");

    /// <inheritdoc/>
    public override double FreshItems(int step)
    {
        if (step < seenSteps) (seen, seenSteps) = (new bool[data.Train.shape[0]], 0);
        double fresh = 0;
        for (; seenSteps <= step; seenSteps++)
        {
            fresh = 0;
            foreach (long start in Starts(seenSteps))
            {
                foreach (ref bool character in seen.AsSpan((int)start + 1, network.Size.Context))
                {
                    if (!character) fresh++;
                    character = true;
                }
            }
        }
        return fresh;
    }

    /// <inheritdoc/>
    public override Tensor ProbeLoss() => Loss(probeInput, probeTarget);

    /// <summary>Parts of windows; an example is a window.</summary>
    public override IReadOnlyList<Func<Tensor>> ProbeParts => PartSize == 0 ? [] :
        [.. Enumerable.Range(0, Parts).Select(i => (Func<Tensor>)(() => Loss(probeInput.narrow(0, i * PartSize, PartSize), probeTarget.narrow(0, i * PartSize, PartSize))))];

    /// <inheritdoc/>
    public override int PartSize => (int)probeInput.shape[0] / Parts;

    /// <inheritdoc/>
    public override ImmutableArray<Measure> Evaluate(bool whole)
    {
        int windows = Windows(data.Validation), taken = whole ? windows : Math.Min(windows, QuickWindows);
        using var off = no_grad();
        bool wasTraining = network.training;
        network.eval();
        double sum = 0;
        for (int start = 0; start < taken; start += 64)
        {
            using var scope = NewDisposeScope();
            int count = Math.Min(64, taken - start);
            var (input, target) = Gather(data.Validation, [.. Enumerable.Range(start, count).Select(i => (long)i * windows / taken * network.Size.Context)]);
            sum += count * Loss(input, target).item<float>();
        }
        network.train(wasTraining);
        double nats = sum / taken;
        var note = whole ? $"on the whole held-out text, in {windows} windows of {network.Size.Context}" : $"on {taken} of {windows} windows of the held-out text";
        return [new("held-out loss", nats, "nat per character", note), new("held-out loss in bits", nats / Math.Log(2), "bit per character", note)];
    }

    /// <summary>Text that the network writes, from a line's end on.</summary>
    /// <param name="characters">How many.</param>
    public string Sample(int characters)
    {
        int start = Math.Max(0, data.Vocabulary.IndexOf('\n'));
        return data.Decode(network.Sample([start], characters, config.Seed)).TrimStart('\n');
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        probeInput.Dispose();
        probeTarget.Dispose();
        data.Dispose();
        Optimiser.Dispose();
        network.Dispose();
    }

    /// <summary>Where the windows of a step's batch begin.</summary>
    private long[] Starts(int step)
    {
        long room = data.Train.shape[0] - network.Size.Context - 1;
        return [.. Enumerable.Range(0, config.Batch).Select(i => (long)(random.Uniform((uint)step, (uint)i) * room))];
    }

    /// <summary>Whole windows of a text, each with the character after it.</summary>
    private int Windows(Tensor text) => (int)((text.shape[0] - 1) / network.Size.Context);

    private (Tensor Input, Tensor Target) Gather(Tensor text, long[] starts)
    {
        using var scope = NewDisposeScope();
        var places = tensor(starts).unsqueeze(1) + arange(network.Size.Context + 1);
        var windows = text.index_select(0, places.flatten()).view(starts.Length, -1);
        return (windows.narrow(1, 0, network.Size.Context).MoveToOuterDisposeScope(), windows.narrow(1, 1, network.Size.Context).contiguous().MoveToOuterDisposeScope());
    }

    private Tensor Loss(Tensor input, Tensor target) => nn.functional.cross_entropy(network.call(input).flatten(0, 1), target.flatten());
}
