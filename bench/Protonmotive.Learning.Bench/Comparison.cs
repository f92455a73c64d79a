using System.Collections.Immutable;
using Protonmotive.Learning.Accounts;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Training;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Bench;

/// <summary>One training in three forms: a plain loop, our trainer, and our trainer with the ledger at its default setting; in blocks that take turns.</summary>
/// <param name="Name">Name of the training.</param>
/// <param name="Every">One step in so many was audited, as the ledger chose in the warm-up.</param>
/// <param name="Block">Steps in a block: whole numbers of audits.</param>
/// <param name="Seconds">Processor time of each block, by contender: plain, ours, with ledger.</param>
internal sealed record Comparison(string Name, int Every, int Block, ImmutableArray<ImmutableArray<double>> Seconds)
{
    /// <summary>Milliseconds of a step, the median of the blocks.</summary>
    public double Milliseconds(int contender) => 1e3 * Median(Seconds[contender]) / Block;

    /// <summary>Median of one contender over the median of another.</summary>
    public double Ratio(int of, int over) => Median(Seconds[of]) / Median(Seconds[over]);

    /// <summary>All the time of one contender over all of another's: the ledger leaves out audits that go beyond its budget, so that its blocks are of two kinds, and their median would leave one out.</summary>
    public double RatioOfSums(int of, int over) => Seconds[of].Sum() / Seconds[over].Sum();

    /// <summary>The ratio's quartiles over the rounds, each against its neighbour in time.</summary>
    public (double Lower, double Upper) Quartiles(int of, int over)
    {
        var ratios = Seconds[of].Zip(Seconds[over], (a, b) => a / b).Order().ToList();
        return (ratios[ratios.Count / 4], ratios[3 * ratios.Count / 4]);
    }

    /// <summary>Runs the rounds; all contenders end at the same weights, to the bit, or there is no result.</summary>
    /// <param name="name">mlp, convnet or transformer.</param>
    /// <param name="rounds">Blocks of each contender.</param>
    /// <param name="progress">Told what is done.</param>
    public static Comparison Run(string name, int rounds, Action<string> progress)
    {
        using var images = name == "transformer" ? null : ImageSet.Mnist();
        using var text = name == "transformer" ? TextCorpus.TinyShakespeare() : null;
        TrainingTask Task() => name switch
        {
            "mlp" => ImageTraining.Mlp(images!, 1),
            "convnet" => ImageTraining.ConvNet(images!, 1),
            _ => new TextTraining(text!, 1, 200_000), // the rate must not end in the middle
        };
        TrainingTask ours = Task(), watched = Task();
        using var ledger = Trainer.Attach(watched);
        Contender[] contenders =
        [
            images is not null ? PlainLoops.Images(name, images, ours.Rate, ours.Settings.First(s => s.Name == "beta2").Value) : PlainLoops.Text(text!, ours.Rate),
            new("ours", step => Trainer.Step(ours, null, step), () => Weights(ours.Network)),
            new("with ledger", step => Trainer.Step(watched, ledger, step), () => Weights(watched.Network)),
        ];
        int done = 0, turn = 0;
        void Block(int steps, List<double>[]? seconds)
        {
            turn++; // who begins changes, so that none always follows the same
            for (int i = 0; i < contenders.Length; i++)
            {
                int c = (i + turn) % contenders.Length;
                manual_seed(done); // dropout draws the same for all
                var start = Environment.CpuUsage.TotalTime;
                for (int step = done; step < done + steps; step++) contenders[c].Step(step);
                seconds?[c].Add((Environment.CpuUsage.TotalTime - start).TotalSeconds);
            }
            done += steps;
            var expected = contenders[0].Weights();
            foreach (var other in contenders.Skip(1))
            {
                if (!expected.AsSpan().SequenceEqual(other.Weights())) throw new InvalidOperationException($"{name}: after {done} steps, '{other.Name}' has other weights than '{contenders[0].Name}'.");
            }
        }
        while (ledger.Read().Every is null) Block(20, null);
        int every = ledger.Read().Every!.Value;
        Block(every - (done % every), null); // to the next audit
        progress($"{name}: one step in {every}");
        int block = every * Math.Max(1, 40 / every);
        List<double>[] times = [[], [], []];
        for (int round = 0; round < rounds; round++)
        {
            Block(block, times);
            progress($"{name}: round {round + 1} of {rounds}");
        }
        return new Comparison(name, every, block, [.. times.Select(t => t.ToImmutableArray())]);
    }

    private static float[] Weights(nn.Module network)
    {
        using var scope = NewDisposeScope();
        return [.. network.parameters().SelectMany(p => p.detach().flatten().data<float>().ToArray())];
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;
}
