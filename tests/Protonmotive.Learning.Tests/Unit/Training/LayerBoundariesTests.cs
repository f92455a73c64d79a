using Protonmotive.Learning.Training;
using Protonmotive.Learning.Training.Configs;
using Protonmotive.Reports.Runs;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Tests.Unit.Training;

public sealed class LayerBoundariesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pmf-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Laws: every layer with parameters lies within a boundary, so that their works add up to the whole; and tables show what the boundaries show, net over the audited steps.</summary>
    [Theory]
    [InlineData("data: {text: text.txt}\nnetwork: {transformer: {layers: 2, heads: 2, width: 8, context: 8}}")]
    [InlineData("data: {signal: wave.csv, columns: [x]}\nnetwork: {transformer: {layers: 2, heads: 2, width: 8, context: 8}}")]
    public void Works_of_the_boundaries_add_up_to_the_whole(string what)
    {
        using var scope = NewDisposeScope();
        File.WriteAllText(Path.Combine(folder, "text.txt"), string.Concat(Enumerable.Range(0, 400).Select(i => (char)('a' + (i * i % 7)))));
        File.WriteAllLines(Path.Combine(folder, "wave.csv"), Enumerable.Range(0, 400).Select(i => $"{i * i % 11}").Prepend("x"));
        using var task = ConfiguredTraining.Make(ConfigReader.Parse(what + "\noptimiser: {kind: adam, rate: 1e-2}\nsteps: 12\nbatch: 4", Path.Combine(folder, "t.yaml")));
        var result = Trainer.Run(task, new TrainerSettings { AuditEvery = 2 });
        TrainingRun.Write(Path.Combine(folder, "run"), task, result, "pmf train t.yaml");
        var (record, _, ledger) = RunFolder.Read(Path.Combine(folder, "run"));
        var account = result.Account!;
        double rest = ledger.Processes.Where(p => p.Posts && p.Carriers.IsEmpty).Sum(p => p.Power), size = account.Audited.Sum(a => a.Activity);
        Assert.Equal(account.Supplied, record.Layers.Sum(l => l.Supplied), 1e-12 * size);
        Assert.Equal(account.Gained, record.Layers.Sum(l => l.Gained) - rest, 1e-12 * size);
        foreach (var layer in record.Layers.Skip(1)) // the first holds the positions too
        {
            var own = ledger.Processes.Where(p => p.Name == layer.Name || p.Name.StartsWith(layer.Name + " ", StringComparison.Ordinal)).ToList();
            Assert.Equal(layer.Gained, own.Sum(p => -p.Carriers[1].Energy), 1e-12 * size);
            Assert.Equal(layer.Dissipated, own.Sum(p => p.Power), 1e-12 * size);
        }
        Assert.All(ledger.Processes.Where(p => !p.Carriers.IsEmpty), p => Assert.Equal(p.Spent, p.Carriers.Sum(c => Math.Max(c.Energy, 0))));
    }

    /// <summary>Laws: a sigmoid passes at most (1/4)² of ‖δ‖², a rectified gate at most all of it; what the boundaries were supplied adds up to P.</summary>
    [Fact]
    public void A_report_shows_where_the_gradient_is_lost()
    {
        using var scope = NewDisposeScope();
        File.WriteAllLines(Path.Combine(folder, "table.csv"), Enumerable.Range(0, 200).Select(i => $"{i % 7},{i % 5},{i % 3}").Prepend("x,y,class"));
        using var task = ConfiguredTraining.Make(ConfigReader.Parse("data: {csv: table.csv, target: class}\nnetwork: [dense: 8, relu, residual: [dense: 8, tanh], dense: 8, sigmoid, dense: 3]\noptimiser: {kind: sgd, rate: 0.1}\nepochs: 2\nbatch: 16", Path.Combine(folder, "t.yaml")));
        var result = Trainer.Run(task, new TrainerSettings { AuditEvery = 2 });
        TrainingRun.Write(Path.Combine(folder, "run"), task, result, "pmf train t.yaml");
        var (record, _, _) = RunFolder.Read(Path.Combine(folder, "run"));
        Assert.Equal(["dense1", "relu1", "residual1", "dense2", "sigmoid1", "dense3"], record.Layers.Select(l => l.Name));
        var byName = record.Layers.ToDictionary(l => l.Name);
        Assert.Null(byName["dense1"].Permeability);
        Assert.InRange(byName["sigmoid1"].Permeability!.Value, 0, 1.0 / 16);
        Assert.InRange(byName["relu1"].Permeability!.Value, 0, 1);
        Assert.Equal(byName["dense2"].Gradient * byName["dense2"].Gradient, byName["sigmoid1"].Permeability!.Value * byName["sigmoid1"].Gradient * byName["sigmoid1"].Gradient, 1e-9);
        Assert.Equal(result.Account!.Supplied, record.Layers.Sum(l => l.Supplied), 1e-12);
        Assert.Equal(0, byName["sigmoid1"].Flow);
        Assert.Contains("bit/J", record.Learned, StringComparison.Ordinal);
        Assert.Contains("held back at sigmoid1", File.ReadAllText(Path.Combine(folder, "run", "figures", "layers.svg")), StringComparison.Ordinal);
    }
}
