using System.Collections.Immutable;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Models;
using TorchSharp;
using TorchSharp.Modules;
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
    private const int BatchSize = 12, ProbeWindows = 32, QuickWindows = 256, Parts = 8;

    private readonly TextCorpus data;
    private readonly Transformer network;
    private readonly Philox random;
    private readonly Tensor probeInput, probeTarget;
    private readonly ulong seed;

    /// <summary>Makes the task.</summary>
    /// <param name="data">The text; the task owns it.</param>
    /// <param name="seed">Seed of weights and batches.</param>
    /// <param name="steps">Steps.</param>
    public TextTraining(TextCorpus data, ulong seed, int steps = 2000)
    {
        (this.data, this.seed, random) = (data, seed, new Philox(seed));
        manual_seed((long)seed);
        network = new Transformer(new TransformerSize(data.Vocabulary.Length));
        Rate = new RateSchedule(1e-3, 1e-4, steps, Math.Min(100, steps / 10));
        var parameters = network.parameters().ToList();
        Optimiser = new AdamW(
            [new AdamW.ParamGroup(parameters.Where(p => p.dim() >= 2), Rate.Highest, 0.9, 0.99, 1e-8, 0.1), new AdamW.ParamGroup(parameters.Where(p => p.dim() < 2), Rate.Highest, 0.9, 0.99, 1e-8, 0)],
            Rate.Highest, 0.9, 0.99, 1e-8, 0.1);
        // spread over the held-out text, so that the probe is like the whole of it
        int windows = Windows(data.Validation);
        (probeInput, probeTarget) = Gather(data.Validation, [.. Enumerable.Range(0, Math.Min(ProbeWindows, windows)).Select(i => (long)i * windows / Math.Min(ProbeWindows, windows) * network.Size.Context)]);
    }

    /// <inheritdoc/>
    public override string Name => "transformer";

    /// <inheritdoc/>
    public override string Title => "Character transformer";

    /// <inheritdoc/>
    public override string Data => data.Name;

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources =>
    [
        "Karpathy (2022), nanoGPT, config/train_shakespeare_char.py and README: the setting without GPU",
        "Radford, Wu, Child, Luan, Amodei and Sutskever (2019), Language models are unsupervised multitask learners",
        "Loshchilov and Hutter (2019), Decoupled weight decay regularization, arXiv 1711.05101",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<TrainingSetting> Settings =>
    [
        new("steps", Rate.Steps, "steps"), new("batch", BatchSize, "windows in a batch"), new("context", network.Size.Context, "characters seen at once"), new("layers", network.Size.Layers, "blocks"),
        new("heads", network.Size.Heads, "heads in a block"), new("width", network.Size.Width, "numbers a character is held in"), new("rate", Rate.Highest, "learning rate of AdamW after the rise"),
        new("rate.end", Rate.Lowest, "at the end, by half a cosine"), new("warm-up", Rate.WarmUp, "steps of the rise"), new("decay", 0.1, "weight decay of matrices"), new("clip", 1, "largest norm of the gradient"),
        new("seed", seed, "of weights and batches"), new("probe", probeInput.shape[0], "held-out windows that the ledger judges by"),
    ];

    /// <inheritdoc/>
    public override nn.Module Network => network;

    /// <inheritdoc/>
    public override optim.Optimizer Optimiser { get; }

    /// <inheritdoc/>
    public override RateSchedule Rate { get; }

    /// <inheritdoc/>
    public override double? Clip => 1;

    /// <inheritdoc/>
    public override int EvaluateEvery => Math.Max(1, Rate.Steps / 8);

    /// <inheritdoc/>
    public override Func<Tensor> Batch(int step)
    {
        long room = data.Train.shape[0] - network.Size.Context - 1;
        var (input, target) = Gather(data.Train, [.. Enumerable.Range(0, BatchSize).Select(i => (long)(random.Uniform((uint)step, (uint)i) * room))]);
        return () => Loss(input, target);
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
        return data.Decode(network.Sample([start], characters, seed)).TrimStart('\n');
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
