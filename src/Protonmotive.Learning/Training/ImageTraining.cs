using System.Collections.Immutable;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Training;

/// <summary>A classifier of images, trained by Adam in shuffled batches with the rate going down by half a cosine.</summary>
public sealed class ImageTraining : TrainingTask
{
    private const int BatchSize = 128, ProbeSize = 250, Parts = 5;

    private readonly ImageSet data;
    private readonly LabelledImages probe;
    private readonly nn.Module<Tensor, Tensor> network;
    private readonly Shuffle shuffle;
    private readonly int epochs, batches;
    private (int Epoch, List<long[]> Batches) current = (-1, []);

    private ImageTraining(string name, string title, ImageSet data, nn.Module<Tensor, Tensor> network, double rate, int epochs, ulong seed)
    {
        (Name, Title, this.data, this.network, this.epochs, Seed) = (name, title, data, network, epochs, seed);
        shuffle = new Shuffle(seed);
        batches = (data.Train.Count + BatchSize - 1) / BatchSize;
        probe = data.Test.Select([.. Enumerable.Range(0, Math.Min(ProbeSize, data.Test.Count)).Select(i => (long)i)]);
        Optimiser = optim.Adam(network.parameters(), rate);
        Rate = new RateSchedule(rate, rate / 100, epochs * batches);
    }

    /// <summary>Dense layers 784-256-128-64-10: 242,762 parameters.</summary>
    /// <param name="data">The images; the task owns them.</param>
    /// <param name="seed">Seed of weights and batches.</param>
    /// <param name="epochs">Passes over the data.</param>
    public static ImageTraining Mlp(ImageSet data, ulong seed, int epochs = 20)
    {
        manual_seed((long)seed);
        return new ImageTraining("mlp", "Dense network of four layers", data, new MultilayerPerceptron(784, 256, 128, 64, 10), 1e-3, epochs, seed);
    }

    /// <summary>Two convolutions and two dense layers: <see cref="ConvolutionalNetwork"/>.</summary>
    /// <inheritdoc cref="Mlp"/>
    public static ImageTraining ConvNet(ImageSet data, ulong seed, int epochs = 10)
    {
        manual_seed((long)seed);
        return new ImageTraining("convnet", "Small convolutional network", data, new ConvolutionalNetwork(), 2e-3, epochs, seed);
    }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Title { get; }

    /// <inheritdoc/>
    public override string Data => data.Name;

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources =>
    [
        "Xiao, Rasul and Vollgraf (2017), Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms, arXiv 1708.07747",
        "LeCun, Cortes and Burges, The MNIST database of handwritten digits",
        "Kingma and Ba (2015), Adam: a method for stochastic optimization, arXiv 1412.6980",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<TrainingSetting> Settings =>
    [
        new("epochs", epochs, "passes over the data"), new("batch", BatchSize, "images in a batch"), new("rate", Rate.Highest, "learning rate of Adam at the start"),
        new("rate.end", Rate.Lowest, "at the end, by half a cosine"), new("seed", Seed, "of weights, batches and dropout"), new("probe", probe.Count, "held-out images that the ledger judges by, the first of the test set"),
    ];

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
        if (current.Epoch != epoch) current = (epoch, [.. shuffle.Batches(data.Train.Count, BatchSize, epoch)]);
        var batch = data.Train.Select(current.Batches[step % batches]);
        return () => Loss(batch);
    }

    /// <inheritdoc/>
    public override Tensor ProbeLoss() => Loss(probe);

    /// <inheritdoc/>
    public override IReadOnlyList<Func<Tensor>> ProbeParts => PartSize == 0 ? [] :
        [.. Enumerable.Range(0, Parts).Select(i => (Func<Tensor>)(() => nn.functional.cross_entropy(network.call(probe.Images.narrow(0, i * PartSize, PartSize)), probe.Labels.narrow(0, i * PartSize, PartSize))))];

    /// <inheritdoc/>
    public override int PartSize => probe.Count / Parts;

    /// <inheritdoc/>
    public override ImmutableArray<Measure> Evaluate(bool whole)
    {
        using var off = no_grad();
        bool wasTraining = network.training;
        network.eval();
        double right = 0, loss = 0;
        for (int start = 0; start < data.Test.Count; start += 500)
        {
            using var scope = NewDisposeScope();
            int length = Math.Min(500, data.Test.Count - start);
            var logits = network.call(data.Test.Images.narrow(0, start, length));
            var labels = data.Test.Labels.narrow(0, start, length);
            right += logits.argmax(1).eq(labels).sum().item<long>();
            loss += nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.Sum).item<float>();
        }
        network.train(wasTraining);
        return
        [
            new("accuracy", 100 * right / data.Test.Count, "%", $"on the {data.Test.Count} test images"),
            new("test loss", loss / data.Test.Count, "nat", $"on the {data.Test.Count} test images"),
        ];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        probe.Dispose();
        data.Dispose();
        Optimiser.Dispose();
        network.Dispose();
    }

    private Tensor Loss(LabelledImages images) => nn.functional.cross_entropy(network.call(images.Images), images.Labels);
}
