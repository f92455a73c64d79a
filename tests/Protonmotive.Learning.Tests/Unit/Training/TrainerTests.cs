using Protonmotive.Learning.Accounts;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Training;
using Protonmotive.Reports.Runs;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Tests.Unit.Training;

public sealed class TrainerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pmf-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_rate_rises_in_a_line_and_falls_by_half_a_cosine()
    {
        var rate = new RateSchedule(1e-3, 1e-4, 2000, 100);
        Assert.Equal(1e-3 / 101, rate.At(0), 1e-15);
        Assert.Equal(1e-3, rate.At(100), 1e-15);
        Assert.Equal(5.5e-4, rate.At(1050), 1e-15); // half way down
        Assert.Equal(1e-4, rate.At(2000), 1e-15);
        Assert.Equal(1e-3, new RateSchedule(1e-3, 0, 10).At(0));
    }

    /// <summary>A training that is stopped and goes on, in a task made anew, ends at the same weights and the same account to the bit: dropout, Adam's averages and batches go on too.</summary>
    [Theory]
    [InlineData("mlp")]
    [InlineData("convnet")]
    [InlineData("transformer")]
    public void A_stopped_training_goes_on_exactly(string name)
    {
        using var scope = NewDisposeScope();
        var settings = new TrainerSettings { AuditEvery = 3 };
        using var straight = Make(name);
        var expected = Trainer.Run(straight, settings);

        var kept = settings with { Checkpoint = Path.Combine(folder, "t.training") };
        using var stop = new CancellationTokenSource();
        using (var first = Make(name)) Assert.Throws<OperationCanceledException>(() => Trainer.Run(first, kept, new At(7, stop.Cancel), null, stop.Token));
        rand(5); // the generator is elsewhere in between
        using var second = Make(name);
        var result = Trainer.Run(second, kept);

        foreach (var (key, tensor) in straight.Network.state_dict()) Assert.True(tensor.eq(second.Network.state_dict()[key]).all().item<bool>(), key);
        Assert.Equal(expected.Evaluations.Select(e => e.Measures[0]), result.Evaluations.Select(e => e.Measures[0]));
        Assert.Equal(expected.Account!.Audited.Select(a => (a.Step, a.Supplied, a.Noise, a.Curvature)), result.Account!.Audited.Select(a => (a.Step, a.Supplied, a.Noise, a.Curvature)));
    }

    [Fact]
    public void A_checkpoint_of_other_settings_is_refused()
    {
        var kept = new TrainerSettings { Checkpoint = Path.Combine(folder, "t.training") };
        using var stop = new CancellationTokenSource();
        using (var first = Make("mlp")) Assert.Throws<OperationCanceledException>(() => Trainer.Run(first, kept, new At(4, stop.Cancel), null, stop.Token));
        using var other = ImageTraining.Mlp(Images(), seed: 2, epochs: 2);
        Assert.Contains("--restart", Assert.Throws<DataException>(() => Trainer.Run(other, kept)).Mend, StringComparison.Ordinal);
        using var same = Make("mlp");
        Assert.Contains("with its ledger", Assert.Throws<DataException>(() => Trainer.Run(same, kept with { HasLedger = false })).What, StringComparison.Ordinal);
        File.WriteAllBytes(Path.Combine(kept.Checkpoint, "random.bin"), new byte[20]); // libtorch would end the process
        Assert.Contains("random.bin has 20 bytes", Assert.Throws<DataException>(() => Trainer.Run(same, kept)).What, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(kept.Checkpoint, "state.json"), "{");
        Assert.Contains("can't be read", Assert.Throws<DataException>(() => Trainer.Run(same, kept)).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_a_folder_like_that_of_a_cell_and_its_weights_load_both_ways()
    {
        using var scope = NewDisposeScope();
        using var task = Make("mlp");
        var result = Trainer.Run(task, new TrainerSettings { AuditEvery = 2 });
        var path = Path.Combine(folder, "run");
        TrainingRun.Write(path, task, result, "pmf train mlp");
        var (record, trajectory, ledger) = RunFolder.Read(path);
        Assert.Equal("mlp", record.System);
        Assert.Equal(result.Account!.Supplied, trajectory.Find("supplied")!.Values[^1], 1e-12);
        Assert.Equal(LayerNames.ForReaders(result.Account).ToLedger().ToString(), ledger.ToString());
        // each measure stands where it was taken, the first before all steps and the last after them, and nowhere else
        var (times, measured) = (trajectory.Times, trajectory.Find("measure")!.Values);
        Assert.Equal([0, 6, 12], result.Evaluations.Select(e => e.Step));
        Assert.Equal(result.Evaluations.Select(e => ((double)e.Step, e.Measures[0].Value)), times.Zip(measured).Where(p => double.IsFinite(p.Second)));
        Assert.Equal(result.Account.LossAtEnd, trajectory.Find("loss.probe")!.Values[^1]);
        Assert.Contains("update.dense1", record.Panels.SelectMany(p => p.Curves).Select(c => c.Column));
        foreach (var curve in record.Panels.SelectMany(p => p.Curves)) Assert.NotNull(trajectory.Find(curve.Column));
        Assert.Equal(result.Account.ToString(), TrainingRun.ReadAccount(path).ToString());
        Assert.True(File.Exists(Path.Combine(path, "report.html")));
        Assert.Single(Directory.GetFiles(path, "events.out.tfevents.*"));

        using var one = Make("mlp");
        Protonmotive.Learning.Models.Safetensors.Load(one.Network, Path.Combine(path, TrainingRun.WeightsName));
        using var two = Make("mlp");
        two.Network.load(Path.Combine(path, TrainingRun.OwnWeightsName));
        foreach (var (key, tensor) in task.Network.state_dict())
        {
            Assert.True(tensor.eq(one.Network.state_dict()[key]).all().item<bool>(), key);
            Assert.True(tensor.eq(two.Network.state_dict()[key]).all().item<bool>(), key);
        }
    }

    [Fact]
    public void The_ledger_leaves_the_weights_as_they_would_be_without()
    {
        using var scope = NewDisposeScope();
        using var watched = Make("convnet");
        using var alone = Make("convnet");
        Trainer.Run(watched, new TrainerSettings { AuditEvery = 2 });
        manual_seed(1);
        using var again = Make("convnet"); // seeds the generator as the first did
        Trainer.Run(again, new TrainerSettings { HasLedger = false });
        foreach (var (key, tensor) in watched.Network.state_dict()) Assert.True(tensor.eq(again.Network.state_dict()[key]).all().item<bool>(), key);
    }

    /// <summary>Prequential code by hand: every image comes once before any comes again, and is coded by the batch's loss before its step.</summary>
    [Fact]
    public void The_bill_counts_each_item_once_and_survives_an_interruption()
    {
        using var scope = NewDisposeScope();
        var losses = new List<double>();
        using var task = Make("mlp");
        var result = Trainer.Run(task, new TrainerSettings { AuditEvery = 3 }, new Losses(losses));
        var bits = result.Bill.Bits!;
        Assert.Equal(700, bits.CodedItems);
        int[] sizes = [128, 128, 128, 128, 128, 60];
        Assert.Equal(sizes.Zip(losses, (n, l) => n * (Math.Log(10) - l)).Sum() / Math.Log(2), bits.CodeSaved, 1e-6);
        Assert.Equal((result.Account!.LossAtStart - result.Account.LossAtEnd) / Math.Log(2) * 700, bits.Label!.Value, 1e-9);
        Assert.Equal(result.Bill, result.Account.Bill);
        Assert.Contains("bit/J (", result.Account.ToString(), StringComparison.Ordinal);

        using var stop = new CancellationTokenSource();
        var kept = new TrainerSettings { AuditEvery = 3, Checkpoint = Path.Combine(folder, "b.training") };
        using (var first = Make("mlp")) Assert.Throws<OperationCanceledException>(() => Trainer.Run(first, kept, new At(4, stop.Cancel), null, stop.Token));
        using var second = Make("mlp");
        var resumed = Trainer.Run(second, kept).Bill;
        Assert.Equal(bits.CodeSaved, resumed.Bits!.CodeSaved, 1e-9);
        if (result.Bill.Energy.Source == Protonmotive.Learning.Joules.EnergySource.Modelled) Assert.Equal(result.Bill.Energy.Joules, resumed.Energy.Joules, 1e-12); // operations are counted, not seconds
    }

    /// <summary>Of text drawn in windows, a character counts when it first comes.</summary>
    [Fact]
    public void Characters_that_come_again_are_not_coded_again()
    {
        using var scope = NewDisposeScope();
        using var task = Make("transformer");
        var bits = Trainer.Run(task, new TrainerSettings { HasLedger = false }).Bill.Bits!;
        Assert.InRange(bits.CodedItems, 2000, 2700); // 12 steps of 12 windows of 64 draw 9,216 of 2,700
        Assert.Null(bits.Label);
    }

    private static TrainingTask Make(string name) => name switch
    {
        "mlp" => ImageTraining.Mlp(Images(), seed: 1, epochs: 2),
        "convnet" => ImageTraining.ConvNet(Images(), seed: 1, epochs: 2),
        _ => new TextTraining(new TextCorpus("made up", string.Concat(Enumerable.Range(0, 3000).Select(i => (char)('a' + (i * i % 17) + (i % 3))))), seed: 1, steps: 12),
    };

    /// <summary>Made-up images in six batches and a few to test on: a bright square at a place of its class, in noise.</summary>
    private static ImageSet Images()
    {
        LabelledImages Part(int count, ulong seed)
        {
            var random = new Philox(seed);
            var pixels = new float[count * 784];
            var labels = new long[count];
            for (int i = 0; i < count; i++)
            {
                labels[i] = i % 10;
                for (int p = 0; p < 784; p++) pixels[(i * 784) + p] = (float)(0.5 * random.Uniform((uint)i, (uint)p)) + (p / 78 == labels[i] ? 0.5f : 0);
            }
            return new LabelledImages(tensor(pixels, [count, 1, 28, 28]), tensor(labels));
        }
        return new ImageSet("squares", Part(700, 1), Part(120, 2));
    }

    /// <summary>Keeps the losses.</summary>
    private sealed class Losses(List<double> losses) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => losses.Add(value.Loss);
    }

    /// <summary>Calls an action after so many steps.</summary>
    private sealed class At(int step, Action action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == step) action();
        }
    }
}
