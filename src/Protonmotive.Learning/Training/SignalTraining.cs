using System.Collections.Immutable;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Models;
using Protonmotive.Learning.Training.Configs;
using Protonmotive.Reports.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Training;

/// <summary>A transformer that predicts the next value of a course, against a linear prediction of the order that BIC chooses.</summary>
/// <remarks>
/// Quantities are given mean 0 and deviation 1 by the courses trained on. The loss is the mean square of the errors, each over the root mean square of
/// its quantity's change from one sample to the next: 1 for the prediction that nothing changes. Network and baseline are judged on the same held-out values, each of which has the second half of a window before it.
/// </remarks>
public sealed class SignalTraining : TrainingTask
{
    private const int LargestOrder = 32;

    private readonly TrainingConfig config;
    private readonly SignalSet data;
    private readonly SignalTransformer network;
    private readonly Autoregression baseline;
    private readonly ImmutableArray<Tensor> train, held;
    private readonly Tensor step, probe;
    private readonly Philox random;
    private readonly int context;

    /// <summary>Makes the task.</summary>
    /// <param name="config">What is trained, and how; its network is a transformer.</param>
    /// <param name="data">The courses; the task owns them.</param>
    /// <exception cref="DataException">The courses are shorter than a window.</exception>
    public SignalTraining(TrainingConfig config, SignalSet data)
    {
        (this.config, this.data, random, context) = (config, data, new Philox(config.Seed), config.Transformer!.Context);
        foreach (var course in data.Train.Concat(data.Held).Where(c => c.shape[0] < context + 2))
            throw new DataException($"A course has {course.shape[0]} values; a window takes {context + 2}.", data.Name, "Give longer courses, or a shorter context.");
        using (NewDisposeScope())
        {
            var all = cat([.. data.Train], 0);
            var mean = all.mean([0], keepdim: true);
            var deviation = all.std(new long[] { 0 }, unbiased: false, keepdim: true);
            deviation = where(deviation > 0, deviation, ones_like(deviation));
            ImmutableArray<Tensor> Scaled(ImmutableArray<Tensor> courses) => [.. courses.Select(c => ((c - mean) / deviation).DetachFromDisposeScope())];
            (train, held) = (Scaled(data.Train), Scaled(data.Held));
            var steps = cat([.. train.Select(c => c.narrow(0, 1, c.shape[0] - 1) - c.narrow(0, 0, c.shape[0] - 1))], 0).square().mean([0]).sqrt();
            step = where(steps > 0, steps, ones_like(steps)).DetachFromDisposeScope();
            probe = Windows(held, [.. Enumerable.Range(0, 64).Select(i => Place(held, (i + 0.5) / 64))]).DetachFromDisposeScope();
        }
        manual_seed((long)config.Seed);
        network = new SignalTransformer(config.Transformer, data.Channels.Length);
        Rate = config.Rate(config.Steps ?? (int)Math.Max(1, config.Epochs!.Value * train.Sum(c => c.shape[0]) / (context * config.Batch)));
        Optimiser = config.Optimiser.Make(network);
        baseline = Autoregression.Fit(train, Math.Min(LargestOrder, context / 2));
    }

    /// <inheritdoc/>
    public override string Name => config.Name;

    /// <inheritdoc/>
    public override string Title => config.Title;

    /// <inheritdoc/>
    public override string Data => data.Name;

    /// <inheritdoc/>
    public override string LossUnit => "1";

    /// <inheritdoc/>
    public override string LossText => $"The loss is the mean square error of the next sample, over the mean square of its change from the sample before: 1 is to foretell no change. It counts all places of a window, also those that see few samples; the held-out error counts those that see {context / 2} or more, and is the root.";

    /// <inheritdoc/>
    public override ImmutableArray<string> Sources =>
    [
        .. data.Name == "ecg" ? (string[])["Moody and Mark (2001), The impact of the MIT-BIH arrhythmia database, IEEE Eng. Med. Biol. 20, 45-50; record 208 as in scipy 1.10"] : [],
        "Schwarz (1978), Estimating the dimension of a model, Ann. Stat. 6, 461-464",
        "Radford, Wu, Child, Luan, Amodei and Sutskever (2019), Language models are unsupervised multitask learners, OpenAI technical report",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<TrainingSetting> Settings =>
    [
        new("steps", Rate.Steps, "training steps in all"), new("batch", config.Batch, "windows in a batch"), new("context", context, "samples seen at once"), new("layers", network.Size.Layers, "blocks in a row"), new("heads", network.Size.Heads, "heads in a block"),
        new("width", network.Size.Width, "numbers a sample is held in"), .. config.Optimiser.Settings, new("rate.end", Rate.Lowest, "learning rate at the end, to which it falls by half a cosine"), new("warm-up", Rate.WarmUp, "steps at the start in which the learning rate rises"),
        .. config.Clip is { } clip ? [new TrainingSetting("clip", clip, "largest norm of the gradient")] : (TrainingSetting[])[], new("seed", config.Seed, "seed of weights and batches"), new("probe", probe.shape[0], "held-out windows that the ledger judges by"),
        new("order", baseline.Order, "samples that the autoregression predicts from, chosen by the Bayesian information criterion"),
    ];

    /// <inheritdoc/>
    public override string Fingerprint => config.Fingerprint;

    /// <inheritdoc/>
    public override string LayerText => $"The embedding is a linear map of a sample, and a table of positions; the readout is linear. {TransformerBlock.LayerText}";

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
    public override ImmutableArray<LayerCut> Cuts =>
    [
        new("embedding", "Linear, positions", network.Ends.Entered, "embedding", "positions"),
        .. network.Blocks.Select((b, i) => new LayerCut($"block {i + 1}", "attention, dense", b, $"blocks.{i}")),
        new("norm", "LayerNorm", network.Ends.Last, "norm"),
        new("readout", "Linear", network.Ends.Out, "readout"),
    ];

    /// <inheritdoc/>
    public override Func<Tensor> Batch(int step)
    {
        var windows = Windows(train, [.. Enumerable.Range(0, config.Batch).Select(i => Place(train, random.Uniform((uint)step, (uint)i)))]);
        return () => Loss(windows);
    }

    /// <inheritdoc/>
    public override Tensor ProbeLoss() => Loss(probe);

    /// <inheritdoc/>
    public override ImmutableArray<Measure> Evaluate(bool whole)
    {
        double[] network = new double[data.Channels.Length], linear = new double[data.Channels.Length];
        long count = 0;
        foreach (var (errors, baselines) in Errors(whole ? int.MaxValue : 256))
        {
            for (int c = 0; c < network.Length; c++)
            {
                network[c] += errors.Sum(e => e[c] * e[c]);
                linear[c] += baselines.Sum(e => e[c] * e[c]);
            }
            count += errors.Count;
        }
        double Root(double[] squares) => Math.Sqrt(squares.Sum() / (count * squares.Length));
        var note = $"root mean square, over that of a sample's change, on {(whole ? "" : "a part of ")}the held-out samples that have {context / 2} or more before them; 1 is to foretell no change";
        ImmutableArray<Measure> measures = [new("held-out error", Root(network), "", note), new("error of the autoregression", Root(linear), "", $"of order {baseline.Order}, by the Bayesian information criterion; on the same samples"), new("network over baseline", Root(network) / Root(linear), "", "error of the network over that of the autoregression: below 1 the network predicts better")];
        return data.Channels.Length == 1 ? measures : [.. measures, .. data.Labels.Select((c, i) => new Measure($"{c}: over baseline", Math.Sqrt(network[i] / Math.Max(linear[i], 1e-300)), "", "the same, of this quantity"))];
    }

    /// <inheritdoc/>
    public override ImmutableArray<GraphRecord> Graphs()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        network.eval();
        long length = Math.Min(held[0].shape[0], 4L * context);
        var course = held[0].narrow(0, 0, length);
        var (predicted, _) = Predict(held[0].narrow(0, 0, length));
        return [PredictionGraph.Of(data, course, predicted, baseline.Predict(course, context / 2), step)];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var course in train.Concat(held)) course.Dispose();
        step.Dispose();
        probe.Dispose();
        baseline.Dispose();
        data.Dispose();
        Optimiser.Dispose();
        network.Dispose();
    }

    /// <summary>Errors of network and baseline, course by course, over the root mean square step.</summary>
    private IEnumerable<(List<double[]> Network, List<double[]> Baseline)> Errors(int mostWindows)
    {
        bool wasTraining = network.training;
        network.eval();
        int from = context / 2;
        int left = mostWindows;
        foreach (var whole in held)
        {
            if (left <= 0) break;
            using var scope = NewDisposeScope();
            using var off = no_grad();
            var course = whole.narrow(0, 0, Math.Min(whole.shape[0], from + ((long)left * from)));
            var (predicted, windows) = Predict(course);
            left -= windows;
            var target = course.narrow(0, from, course.shape[0] - from);
            yield return (Rows((predicted - target) / step), Rows((baseline.Predict(course, from) - target) / step));
        }
        network.train(wasTraining);
    }

    /// <summary>Predictions of all values from the half of a window on; each has at least so many before it. Shape [time − context/2, channels].</summary>
    private (Tensor Predicted, int Windows) Predict(Tensor course)
    {
        int from = context / 2;
        long last = course.shape[0] - context - 1;
        // windows begin half a window apart; of each the second half counts, of the last what is left
        long[] starts = [.. Enumerable.Range(0, (int)(last / from) + 1).Select(i => (long)i * from).Append(last).Distinct()];
        var parts = new List<Tensor>();
        long done = from;
        foreach (var chunk in starts.Chunk(64))
        {
            var windows = stack(chunk.Select(s => course.narrow(0, s, context + 1)), 0);
            var next = Next(windows);
            for (int i = 0; i < chunk.Length; i++)
            {
                long end = chunk[i] + context + 1; // the value after the window's last input
                parts.Add(next[i].narrow(0, context - (end - done), end - done));
                done = end;
            }
        }
        return (cat(parts, 0), starts.Length);
    }

    private static List<double[]> Rows(Tensor t)
    {
        var all = t.contiguous().data<double>().ToArray();
        return [.. all.Chunk((int)t.shape[1])];
    }

    /// <summary>The next values of windows with context + 1 values: shape [n, context, channels].</summary>
    private Tensor Next(Tensor windows)
    {
        var now = windows.narrow(1, 0, context);
        return now + (network.call(Input(windows)).to(float64) * step);
    }

    /// <summary>Values and the steps that led to them; nothing is known of the step to the first.</summary>
    private Tensor Input(Tensor windows)
    {
        var now = windows.narrow(1, 0, context);
        var steps = cat([zeros_like(now.narrow(1, 0, 1)), (now.narrow(1, 1, context - 1) - now.narrow(1, 0, context - 1)) / step], 1);
        return cat([now, steps], 2).to(float32);
    }

    private Tensor Loss(Tensor windows)
    {
        var target = ((windows.narrow(1, 1, context) - windows.narrow(1, 0, context)) / step).to(float32);
        return nn.functional.mse_loss(network.call(Input(windows)), target);
    }

    private (int Course, long Start) Place(ImmutableArray<Tensor> courses, double u)
    {
        double room = courses.Sum(c => c.shape[0] - context);
        double place = u * room;
        for (int i = 0; ; i++)
        {
            long own = courses[i].shape[0] - context;
            if (place < own || i == courses.Length - 1) return (i, Math.Min((long)place, own - 1));
            place -= own;
        }
    }

    private Tensor Windows(ImmutableArray<Tensor> courses, IEnumerable<(int Course, long Start)> places) =>
        stack(places.Select(p => courses[p.Course].narrow(0, p.Start, context + 1)), 0);
}
