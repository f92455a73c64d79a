using System.Collections.Immutable;
using Protonmotive.Learning.Accounts;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Tests.Unit.Accounts;

public class LayerNoiseTests
{
    /// <summary>
    /// The mean over all ways to part six examples into three pairs is what the single examples' gradients give: ‖G‖² the mean of gᵢ·gⱼ over pairs i ≠ j, tr Σ
    /// the variance with n − 1. The estimates see the pairs' gradients alone.
    /// </summary>
    [Fact]
    public void Parts_tell_without_bias_what_single_examples_tell()
    {
        using var scope = NewDisposeScope();
        var network = SmallTraining.Network("tanh");
        var (x, y) = SmallTraining.Problem(6, 4);
        var parameters = new FlatParameters(network, []);
        Tensor Gradient(params long[] which)
        {
            var index = tensor(which);
            return parameters.Gradient(SmallTraining.Loss(network, x[index], y[index]));
        }
        var single = Enumerable.Range(0, 6).Select(i => Gradient(i)).ToList();
        int[][][] pairings =
        [
            .. from a in Enumerable.Range(1, 5)
               let rest = Enumerable.Range(1, 5).Where(i => i != a).ToArray()
               from b in Enumerable.Range(1, 3)
               let last = rest.Where((_, i) => i != 0 && i != b).ToArray()
               select new int[][] { [0, a], [rest[0], rest[b]], last },
        ];
        Assert.Equal(15, pairings.Length);
        var estimates = pairings.Select(p => LayerNoise.Estimate([.. p.Select(pair => Gradient(pair[0], pair[1]))], 2, parameters.Layers)).ToList();
        for (int l = 0; l < parameters.Layers.Length; l++)
        {
            double Dot(int i, int j) => parameters.Dot(single[i], single[j])[l];
            double signal = Enumerable.Range(0, 6).Sum(i => Enumerable.Range(0, 6).Where(j => j != i).Sum(j => Dot(i, j))) / 30;
            double noise = Enumerable.Range(0, 6).Sum(i => Enumerable.Range(0, 6).Sum(j => (i == j ? Dot(i, j) : 0) - (Dot(i, j) / 6))) / 5;
            Assert.Equal(signal, estimates.Average(e => e[l].Signal), 1e-12 * noise);
            Assert.Equal(noise, estimates.Average(e => e[l].Noise), 1e-12 * noise);
            var each = LayerNoise.Estimate(single, 1, parameters.Layers)[l];
            Assert.Equal(signal, each.Signal, 1e-12 * noise);
            Assert.Equal(noise, each.Noise, 1e-12 * noise);
        }
    }

    /// <summary>Normal gradients of mean ½ and deviation 2: Gᵢ²/Σᵢᵢ = 1/16. 40,000 parameters, whose estimates have a deviation near 0.03 each.</summary>
    [Fact]
    public void The_ratio_by_parameter_is_that_of_its_distribution()
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        const int b = 4, k = 10, count = 40_000;
        var parts = Enumerable.Range(0, k).Select(_ => 0.5 + (2 / Math.Sqrt(b) * randn(count, float64))).ToList();
        var layer = Assert.Single(LayerNoise.Estimate(parts, b, [new ParameterLayer("all", 0, count)]));
        Assert.Equal(1.0 / 16, layer.SignalToNoise, 0.002);
        Assert.Equal(0.25 * count, layer.Signal, 0.02 * 0.25 * count);
        Assert.Equal(4.0 * count, layer.Noise, 0.02 * 4 * count);
        Assert.Equal(16, layer.NoiseScale, 0.5);
    }

    [Fact]
    public void A_training_tells_it_where_its_probe_has_parts()
    {
        using var scope = NewDisposeScope();
        var network = SmallTraining.Network("tanh");
        var (x, y) = SmallTraining.Problem(32, 5);
        Tensor Loss(int start, int count) => SmallTraining.Loss(network, x.narrow(0, start, count), y.narrow(0, start, count));
        Func<Tensor>[] parts = [.. Enumerable.Range(0, 8).Select(i => (Func<Tensor>)(() => Loss(4 * i, 4)))];
        using var ledger = TrainingLedger.Attach(network, optim.SGD(network.parameters(), 0.1), () => Loss(0, 32), new TrainingLedgerOptions { ProbeParts = parts, PartSize = 4 });
        Loss(0, 32).backward();
        var step = ledger.Step()!;
        Assert.Equal(step.Layers.Select(l => l.Name), step.GradientNoise.Select(l => l.Name));
        // the mean of the parts is the whole: ‖ḡ‖² = ‖G‖² + tr Σ/n without bias, and here it is the probe's own
        foreach (var (layer, noise) in step.Layers.Zip(step.GradientNoise)) Assert.Equal(layer.GradientNorm * layer.GradientNorm, noise.Signal + (noise.Noise / 32), 1e-12);
        Assert.All(step.Layers, l => Assert.Equal(l.GradientNorm * l.BatchGradientNorm, l.GradientOverlap, 1e-12)); // batch and probe are one here
        Assert.Contains("parts", Assert.Throws<TrainingLedgerException>(() => TrainingLedger.Attach(network, optim.SGD(network.parameters(), 0.1), () => Loss(0, 32), new TrainingLedgerOptions { ProbeParts = parts[..1] })).Mend, StringComparison.Ordinal);
    }
}
