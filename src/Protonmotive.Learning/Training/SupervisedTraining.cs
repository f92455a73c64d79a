using System.Collections.Immutable;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Models;
using Protonmotive.Learning.Training.Configs;
using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Training;

/// <summary>A network that learns labels or numbers of examples, in shuffled batches.</summary>
public sealed class SupervisedTraining : TrainingTask
{
    private const int Parts = 5;

    private readonly ImageSet data;
    private readonly LabelledImages probe;
    private readonly LayeredNetwork network;
    private readonly TrainingConfig config;
    private readonly Shuffle shuffle;
    private readonly int size, batches;
    private (int Epoch, List<long[]> Batches) current = (-1, []);

    /// <summary>Makes the task.</summary>
    /// <param name="config">What is trained, and how.</param>
    /// <param name="data">The examples; the task owns them. Labels that are 64-bit integers are classes, others numbers.</param>
    /// <exception cref="DataException">The layers don't fit the data.</exception>
    public SupervisedTraining(TrainingConfig config, ImageSet data)
    {
        (this.config, this.data) = (config, data);
        manual_seed((long)config.Seed);
        network = new LayeredNetwork(config.Name, data.Train.Images.shape.AsSpan(1), config.Layers);
        CheckOutput();
        shuffle = new Shuffle(config.Seed);
        size = Math.Min(config.Batch, data.Train.Count);
        batches = (data.Train.Count + size - 1) / size;
        probe = data.Test.Select([.. Enumerable.Range(0, Math.Min(config.Probe, data.Test.Count)).Select(i => (long)i)]);
        Rate = config.Rate(config.Steps ?? (config.Epochs!.Value * batches));
        Optimiser = config.Optimiser.Make(network);
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
        .. data.Name switch
        {
            "fashion-mnist" => (string[])["Xiao, Rasul and Vollgraf (2017), Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms, arXiv 1708.07747"],
            "mnist" => ["LeCun, Cortes and Burges, The MNIST database of handwritten digits"],
            _ => [],
        },
        .. config.Optimiser.Kind switch
        {
            "adam" => (string[])["Kingma and Ba (2015), Adam: a method for stochastic optimization, arXiv 1412.6980"],
            "adamw" => ["Loshchilov and Hutter (2019), Decoupled weight decay regularization, arXiv 1711.05101"],
            _ => [],
        },
    ];

    /// <inheritdoc/>
    public override ImmutableArray<TrainingSetting> Settings =>
    [
        .. config.Epochs is { } epochs ? [new TrainingSetting("epochs", epochs, "passes over the data")] : (TrainingSetting[])[], new("steps", Rate.Steps, "training steps in all"), new("batch", size, "examples in a batch"), .. config.Optimiser.Settings,
        new("rate.end", Rate.Lowest, "learning rate at the end, to which it falls by half a cosine"), new("warm-up", Rate.WarmUp, "steps at the start in which the learning rate rises"), .. config.Clip is { } clip ? [new TrainingSetting("clip", clip, "largest norm of the gradient")] : (TrainingSetting[])[],
        new("seed", config.Seed, "seed of weights, batches and dropout"), new("probe", probe.Count, "held-out examples that the ledger judges by, the first of the test set"),
    ];

    /// <inheritdoc/>
    public override string Fingerprint => config.Fingerprint;

    /// <inheritdoc/>
    public override double? Clip => config.Clip;

    /// <inheritdoc/>
    public override string LossUnit => IsRegression ? "loss" : "nat";

    /// <inheritdoc/>
    public override string LossText => IsRegression ? "The loss is the mean square of the errors, in squares of the target's deviation." : "The loss is −ln of the chance that the network gives to the right class, in nat.";

    /// <inheritdoc/>
    public override nn.Module Network => network;

    /// <inheritdoc/>
    public override optim.Optimizer Optimiser { get; }

    /// <inheritdoc/>
    public override RateSchedule Rate { get; }

    /// <inheritdoc/>
    public override int EvaluateEvery => batches;

    /// <inheritdoc/>
    public override Func<Tensor> Batch(int step)
    {
        int epoch = step / batches;
        if (current.Epoch != epoch) current = (epoch, [.. shuffle.Batches(data.Train.Count, size, epoch)]);
        var batch = data.Train.Select(current.Batches[step % batches]);
        return () => Loss(batch);
    }

    /// <inheritdoc/>
    public override ImmutableArray<LayerCut> Cuts => [.. network.Layers.Where(l => !l.Name.StartsWith("flatten", StringComparison.Ordinal))
        .Select(l => new LayerCut(l.Name, l.Module.GetType().Name, l.Module, l.Module.parameters().Any() ? ["layers." + l.Name] : []))];

    /// <inheritdoc/>
    public override LabelSet? Labels => IsRegression ? null : new((int)network.Output[0], data.Train.Count, data.Train.Images.dim() == 4 ? "image" : "example");

    /// <inheritdoc/>
    public override double FreshItems(int step) => step >= batches ? 0 : Math.Min(size, data.Train.Count - ((double)step * size));

    /// <inheritdoc/>
    public override Tensor ProbeLoss() => Loss(probe);

    /// <inheritdoc/>
    public override IReadOnlyList<Func<Tensor>> ProbeParts => PartSize == 0 ? [] : [.. Enumerable.Range(0, Parts).Select(i => (Func<Tensor>)(() => Loss(probe, i * PartSize, PartSize)))];

    /// <inheritdoc/>
    public override int PartSize => probe.Count / Parts;

    /// <inheritdoc/>
    public override ImmutableArray<Measure> Evaluate(bool whole)
    {
        using var off = no_grad();
        bool wasTraining = network.training;
        network.eval();
        double right = 0, loss = 0, squares = 0;
        for (int start = 0; start < data.Test.Count; start += 500)
        {
            using var scope = NewDisposeScope();
            int length = Math.Min(500, data.Test.Count - start);
            var output = network.call(data.Test.Images.narrow(0, start, length));
            var labels = data.Test.Labels.narrow(0, start, length);
            if (IsRegression)
            {
                squares += (output - labels).square().sum().item<float>();
                continue;
            }
            right += output.argmax(1).eq(labels).sum().item<long>();
            loss += nn.functional.cross_entropy(output, labels, reduction: nn.Reduction.Sum).item<float>();
        }
        network.train(wasTraining);
        var note = $"on the {data.Test.Count} test {(data.Train.Images.dim() == 4 ? "images" : "examples")}";
        if (!IsRegression) return [new("accuracy", 100 * right / data.Test.Count, "%", note) { Best = 100 }, new("test loss", loss / data.Test.Count, "nat", note)];
        double spread = data.Test.Labels.to(float64).var(unbiased: false).item<double>(), error = squares / data.Test.Count;
        return [new("explained variance", 100 * (1 - (error / spread)), "%", note) { Best = 100 }, new("root mean square error", Math.Sqrt(error), "", note + ", in units of the target's deviation")];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        probe.Dispose();
        data.Dispose();
        Optimiser.Dispose();
        network.Dispose();
    }

    private bool IsRegression => data.Train.Labels.dtype != ScalarType.Int64;

    private Tensor Loss(LabelledImages images) => Loss(images.Images, images.Labels);

    private Tensor Loss(LabelledImages images, int first, int count) => Loss(images.Images.narrow(0, first, count), images.Labels.narrow(0, first, count));

    private Tensor Loss(Tensor inputs, Tensor labels) => IsRegression ? nn.functional.mse_loss(network.call(inputs), labels) : nn.functional.cross_entropy(network.call(inputs), labels);

    private void CheckOutput()
    {
        var where = config.Layers.IsEmpty ? "network of a training" : config.Layers[^1].Where;
        if (network.Output.Count != 1) throw new DataException($"The network gives [{string.Join(", ", network.Output)}] for an example.", where, "Let a dense layer be its last.");
        using var largest = data.Train.Labels.max();
        int needed = IsRegression ? 1 : (int)largest.to(int64).item<long>() + 1;
        if (IsRegression ? network.Output[0] != 1 : network.Output[0] < needed)
            throw new DataException($"The network gives {network.Output[0]} numbers; the data need {needed}{(IsRegression ? "" : ", one for each class")}.", where, $"Let its last layer be 'dense: {needed}'.");
    }
}
