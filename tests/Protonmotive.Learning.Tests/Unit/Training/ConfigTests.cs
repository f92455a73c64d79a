using Protonmotive.Learning.Data;
using Protonmotive.Learning.Models;
using Protonmotive.Learning.Training;
using Protonmotive.Learning.Training.Configs;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Tests.Unit.Training;

public sealed class ConfigTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pmf-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>The layers of the files are those of the classes written out by hand, weight for weight.</summary>
    [Fact]
    public void What_is_built_in_is_what_the_classes_are()
    {
        using var scope = NewDisposeScope();
        Same(() => new MultilayerPerceptron(784, 256, 128, 64, 10), "mlp", [784]);
        Same(() => new ConvolutionalNetwork(), "convnet", [1, 28, 28]);
        void Same(Func<nn.Module> byHand, string name, long[] input)
        {
            manual_seed(3);
            var expected = byHand().state_dict();
            manual_seed(3);
            var read = new LayeredNetwork(name, input, ConfigReader.Open(name).Layers).state_dict();
            Assert.Equal(expected.Keys, read.Keys);
            foreach (var (key, tensor) in expected) Assert.True(tensor.eq(read[key]).all().item<bool>(), key);
        }
    }

    /// <summary>The setting of nanoGPT for a processor, as its README and config/train_shakespeare_char.py tell it.</summary>
    [Fact]
    public void The_transformer_built_in_has_the_settings_of_its_anchor()
    {
        var c = ConfigReader.Open("transformer");
        Assert.Equal(new TransformerSize(0, 64, 4, 4, 128, 0), c.Transformer);
        Assert.Equal(("adamw", 1e-3, 0.9, 0.99, 0.1), (c.Optimiser.Kind, c.Optimiser.Rate, c.Optimiser.Beta1, c.Optimiser.Beta2, c.Optimiser.Decay));
        Assert.Equal(new RateSchedule(1e-3, 1e-4, 2000, 100), c.Rate(2000));
        Assert.Equal((1.0, 12, 2000), (c.Clip, c.Batch, c.Steps));
    }

    [Fact]
    public void A_comparison_of_descents_is_a_file_too()
    {
        var read = DescentConfig.Parse(ConfigReader.TextOf("flow", out string file), file)!;
        Assert.Equal((3, 3, 2, 12, 0.3, 12.0, 0.02, 1UL), (read.Inputs, read.Hidden, read.Outputs, read.Examples, read.Scale, read.End, read.AdamRate, read.Seed)); // as docs/learning-ledger.md measured
        Assert.Equal([0.2, 0.1, 0.05, 0.025], read.Rates);
        Assert.Null(DescentConfig.Parse(ConfigReader.TextOf("mlp", out file), file));
        Assert.Contains("line 1", Assert.Throws<ConfigException>(() => DescentConfig.Parse("descent: {rates: [0]}", "mine.yaml")).Where, StringComparison.Ordinal);
        Assert.Contains("'rates'", Assert.Throws<ConfigException>(() => DescentConfig.Parse("descent: {end: 1}", "mine.yaml")).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_reproduces_the_run_built_in_and_json_is_as_good()
    {
        using var scope = NewDisposeScope();
        WriteTable("x,y,class", i => $"{i % 7},{i % 5},{i % 3}", 200);
        const string yaml = "name: t\ndata: {csv: table.csv, target: class}\nnetwork: [dense: 8, gelu, layer norm, residual: [dense: 8, tanh, dropout: 0.5], dense: 3]\noptimiser: {kind: sgd, rate: 0.05, momentum: 0.9, nesterov: true}\nschedule: {end: 0.001, warm-up: 2}\nepochs: 3\nbatch: 16\nclip: 1\nseed: 4\n";
        const string json = """{"name": "t", "data": {"csv": "table.csv", "target": "class"}, "network": [{"dense": 8}, "gelu", "layer norm", {"residual": [{"dense": {"units": 8, "bias": true}}, "tanh", {"dropout": 0.5}]}, {"dense": 3}], "optimiser": {"kind": "sgd", "rate": 5e-2, "momentum": 0.9, "nesterov": true}, "schedule": {"end": 1e-3, "warm-up": 2}, "epochs": 3, "batch": 16, "clip": 1, "seed": 4}""";
        var results = new[] { yaml, json }.Select(text =>
        {
            using var task = ConfiguredTraining.Make(ConfigReader.Parse(text, Path.Combine(folder, "t.yaml")));
            var result = Trainer.Run(task, new TrainerSettings { AuditEvery = 5 });
            return (task.Fingerprint, result.Evaluations[^1].Measures[1].Value, result.Account!.Supplied);
        }).ToList();
        Assert.Equal(results[0], results[1]);
    }

    /// <summary>Every kind of layer, and what comes out: a 6 × 6 image through a convolution of stride 2 has (6 + 2 − 3)/2 + 1 = 3 places a side.</summary>
    [Fact]
    public void Layers_of_every_kind_are_made()
    {
        using var scope = NewDisposeScope();
        var config = ConfigReader.Parse("data: mnist\nnetwork: [conv: {channels: 4, stride: 2}, batch norm, rms norm, sigmoid, residual: [conv: 4, relu], pool: 3, flatten, batch norm, dense: {units: 5, bias: false}, tanh, rms norm, layer norm, gelu, dropout: 0.1, dense: 2]\noptimiser: {kind: adam, rate: 1e-3}\nsteps: 3", "a.yaml");
        var network = new LayeredNetwork("a", [2, 6, 6], config.Layers);
        Assert.Equal([2L], network.Output);
        Assert.Equal([7L, 2], network.call(rand(7, 2, 6, 6)).shape);
        Assert.Equal((4 * 2 * 9) + 4 + 8 + (4 * 9) + ((4 * 4 * 9) + 4) + 8 + 20 + 5 + 10 + 12, network.parameters().Sum(p => p.numel()));
    }

    /// <summary>By the formula: (3, 4)/√((9 + 16)/2).</summary>
    [Fact]
    public void The_mean_square_is_made_one()
    {
        using var scope = NewDisposeScope();
        var output = new RootMeanSquareNorm([2], epsilon: 0).call(tensor(new[] { 3.0f, 4.0f }).unsqueeze(0));
        Assert.Equal(3 / Math.Sqrt(12.5), output[0, 0].item<float>(), 1e-6);
        Assert.Equal(4 / Math.Sqrt(12.5), output[0, 1].item<float>(), 1e-6);
    }

    /// <summary>y = 2 a − 3 b + 1 is learned by one dense layer.</summary>
    [Fact]
    public void Numbers_of_a_table_are_learned()
    {
        using var scope = NewDisposeScope();
        WriteTable("a,b,c,y", i => FormattableString.Invariant($"{i % 7},{i % 11},{i % 2},{(2 * (i % 7)) - (3 * (i % 11)) + 1}"), 300);
        using var task = ConfiguredTraining.Make(ConfigReader.Parse("data: {csv: table.csv, target: y, features: [a, b], task: regression, test: 0.25}\nnetwork: [dense: 1]\noptimiser: {kind: adam, rate: 0.05}\nschedule: {end: 1e-4}\nepochs: 20\nbatch: 25", Path.Combine(folder, "t.yaml")));
        var result = Trainer.Run(task, new TrainerSettings());
        Assert.InRange(result.Evaluations[^1].Measures[0].Value, 99.9, 100);
        Assert.Null(result.Bill.Bits);
    }

    [Theory]
    [InlineData("name: a\nnetwrok: []", "netwrok", "line 2", "network")]
    [InlineData("data: mnist\nnetwork: [dens: 3]\noptimiser: {kind: adam, rate: 1}\nsteps: 1", "dens", "line 2", "dense")]
    [InlineData("data: mnist\nnetwork: [dense: many]\noptimiser: {kind: adam, rate: 1}\nsteps: 1", "units", "line 2", "whole number")]
    [InlineData("data: mnist\nnetwork: [dense: 3, relu: 2]\noptimiser: {kind: adam, rate: 1}\nsteps: 1", "no size", "line 2", "relu")]
    [InlineData("data: mnist\nnetwork:\n- conv:\n    channels: 3\n    kernal: 2\noptimiser: {kind: adam, rate: 1}\nsteps: 1", "kernal", "line 5", "kernel")]
    [InlineData("data: cifar\nnetwork: [dense: 3]\noptimiser: {kind: adam, rate: 1}\nsteps: 1", "cifar", "line 1", "fashion-mnist")]
    [InlineData("data: {csv: none.csv, target: y}\nnetwork: [dense: 3]\noptimiser: {kind: adam, rate: 1}\nsteps: 1", "none.csv", "line 1", "csv")]
    [InlineData("data: mnist\nnetwork: [dense: 3]\noptimiser: {kind: lion, rate: 1}\nsteps: 1", "lion", "line 3", "adamw")]
    [InlineData("data: mnist\nnetwork: [dense: 3]\noptimiser: {kind: adam, rate: 1, momentum: 0.9}\nsteps: 1", "momentum", "line 3", "sgd")]
    [InlineData("data: mnist\nnetwork: [dense: 3]\noptimiser: {kind: adam, rate: -1}\nsteps: 1", "rate", "line 3", "above 0")]
    [InlineData("name: a\nname: b", "YAML", "line 2", "key: value")]
    [InlineData("name: ../out\ndata: mnist\nnetwork: [dense: 3]\noptimiser: {kind: adam, rate: 1}\nsteps: 1", "../out", "line 1", "letters")]
    [InlineData("data: mnist\nnetwork: [dense: 3]\noptimiser: {kind: adam, rate: 1}", "epochs", "line 1", "epochs: 10")]
    [InlineData("data: mnist\nnetwork: [dense: 3]\noptimiser: {kind: adam, rate: 1}\nsteps: 1\nepochs: 2", "epochs", "line 1", "steps")]
    [InlineData("network: [dense: 3]\noptimiser: {kind: adam, rate: 1}\nsteps: 1", "data", "line 1", "fashion-mnist")]
    [InlineData("data: tinyshakespeare\nnetwork: {transformer: {width: 10, heads: 3}}\noptimiser: {kind: adam, rate: 1}\nsteps: 1", "heads", "line 2", "multiple")]
    [InlineData("data: [", "no YAML", "t.yaml, line", "JSON")]
    [InlineData("just words", "no mapping", "line 1", "--show")]
    public void Mistakes_are_told_with_their_place_and_the_way_out(string text, string what, string where, string mend)
    {
        var e = Assert.Throws<ConfigException>(() => ConfigReader.Parse(text, Path.Combine(folder, "t.yaml")));
        Assert.Contains(what, e.What, StringComparison.Ordinal);
        Assert.Contains(where, e.Where, StringComparison.Ordinal);
        Assert.Contains(mend, e.Mend, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[dense: 4, dense: 2]", "gives 2 numbers; the data need 3", "dense: 3")]
    [InlineData("[conv: 4, flatten, dense: 3]", "'conv' needs images", "flatten")]
    [InlineData("[residual: [dense: 5], dense: 3]", "'residual' needs", "keep the shape")]
    [InlineData("{transformer: {layers: 1}}", "A transformer learns a text", "list of layers")]
    public void Layers_that_do_not_fit_the_data_are_told(string network, string what, string mend)
    {
        using var scope = NewDisposeScope();
        WriteTable("x,y,class", i => $"{i},{i},{i % 3}", 20);
        var config = ConfigReader.Parse($"data: {{csv: table.csv, target: class}}\nnetwork: {network}\noptimiser: {{kind: adam, rate: 1e-3}}\nsteps: 1", Path.Combine(folder, "t.yaml"));
        var e = Assert.ThrowsAny<ProtonmotiveException>(() => ConfiguredTraining.Make(config));
        Assert.Contains(what, e.What, StringComparison.Ordinal);
        Assert.Contains(mend, e.Mend, StringComparison.Ordinal);
    }

    private void WriteTable(string header, Func<int, string> row, int rows) =>
        File.WriteAllLines(Path.Combine(folder, "table.csv"), Enumerable.Range(0, rows).Select(row).Prepend(header));
}
