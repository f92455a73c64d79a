using System.Collections.Immutable;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Training;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Bench;

/// <summary>Two ways to do the same work, in turns.</summary>
/// <param name="Steps">Steps of each turn.</param>
/// <param name="Seconds">Processor time of each turn, of the one that is compared with and of the one that is compared.</param>
internal sealed record Comparison(int Steps, ImmutableArray<(double Base, double Other)> Seconds)
{
    /// <summary>Steps of a block of the plain loop and our trainer.</summary>
    private const int Block = 200;

    /// <summary>Milliseconds of a step of the base, the median of the turns.</summary>
    public double Milliseconds => 1e3 * Median(Seconds.Select(s => s.Base)) / Steps;

    /// <summary>Geometric mean of the turns' ratios: who begins changes, so that what makes a machine slower or faster meanwhile cancels.</summary>
    public double Ratio => Math.Exp(Seconds.Average(s => Math.Log(s.Other / s.Base)));

    /// <summary>Standard error of the ratio; NaN of one turn.</summary>
    public double Error
    {
        get
        {
            double mean = Math.Log(Ratio);
            return Ratio * Math.Sqrt(Seconds.Sum(s => Math.Pow(Math.Log(s.Other / s.Base) - mean, 2)) / (Seconds.Length * (Seconds.Length - 1.0)));
        }
    }

    /// <summary>A loop as one writes it, and our trainer without ledger, in blocks; both end at the same weights, to the bit, or there is no result.</summary>
    /// <param name="name">mlp, convnet or transformer.</param>
    /// <param name="rounds">Blocks of each.</param>
    public static Comparison OfTrainer(string name, int rounds)
    {
        using var images = name == "transformer" ? null : ImageSet.Mnist();
        using var text = name == "transformer" ? TextCorpus.TinyShakespeare() : null;
        using var ours = Task(name, images, text, 200_000); // the rate must not end in the middle
        Contender[] contenders =
        [
            images is not null ? PlainLoops.Images(name, images, ours.Rate, ours.Settings.First(s => s.Name == "beta2").Value) : PlainLoops.Text(text!, ours.Rate),
            new("ours", step => Trainer.Step(ours, null, step), () => Contender.WeightsOf(ours.Network)),
        ];
        int done = 0;
        var times = new List<(double, double)>();
        for (int round = -1; round < rounds; round++) // the first is warm-up
        {
            double[] seconds = new double[2];
            for (int i = 0; i < 2; i++)
            {
                int c = (i + Math.Abs(round)) % 2;
                manual_seed(done); // dropout draws the same for both
                var start = Environment.CpuUsage.TotalTime;
                for (int step = done; step < done + Block; step++) contenders[c].Step(step);
                seconds[c] = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
            }
            done += Block;
            if (!contenders[0].Weights().AsSpan().SequenceEqual(contenders[1].Weights())) throw new InvalidOperationException($"{name}: after {done} steps, our trainer has other weights than the plain loop.");
            if (round >= 0) times.Add((seconds[0], seconds[1]));
        }
        return new Comparison(Block, [.. times]);
    }

    /// <summary>Whole trainings without and with the ledger at its default setting; both end at the same weights, to the bit, or there is no result.</summary>
    /// <param name="name">mlp, convnet or transformer.</param>
    /// <param name="rounds">Trainings of each.</param>
    /// <param name="progress">Told what is done.</param>
    public static Comparison OfLedger(string name, int rounds, Action<string> progress)
    {
        int steps = 0;
        var times = new List<(double, double)>();
        for (int round = 0; round < rounds; round++)
        {
            double[] seconds = new double[2];
            float[][] weights = new float[2][];
            for (int i = 0; i < 2; i++)
            {
                int c = (i + round) % 2;
                var start = Environment.CpuUsage.TotalTime;
                using var images = name == "transformer" ? null : ImageSet.Mnist();
                using var text = name == "transformer" ? TextCorpus.TinyShakespeare() : null;
                using var task = Task(name, images, text, null);
                var result = Trainer.Run(task, new TrainerSettings { HasLedger = c == 1 });
                seconds[c] = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
                (steps, weights[c]) = (task.Rate.Steps, Contender.WeightsOf(task.Network));
                if (result.Account is { } account) progress($"{name}: {account.Audited.Length} audits took {100 * account.Overhead:0.0} % of the steps' time; one step in {account.Every}");
            }
            if (!weights[0].AsSpan().SequenceEqual(weights[1])) throw new InvalidOperationException($"{name}: with the ledger the weights are others.");
            times.Add((seconds[0], seconds[1]));
            progress($"{name}: round {round + 1} of {rounds}: {seconds[1] / seconds[0]:0.000}");
        }
        return new Comparison(steps, [.. times]);
    }

    private static TrainingTask Task(string name, ImageSet? images, TextCorpus? text, int? steps) => name switch
    {
        "mlp" => ImageTraining.Mlp(images!, 1),
        "convnet" => ImageTraining.ConvNet(images!, 1),
        _ => steps is { } n ? new TextTraining(text!, 1, n) : new TextTraining(text!, 1),
    };

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;
}
