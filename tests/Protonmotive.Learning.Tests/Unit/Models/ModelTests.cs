using Protonmotive.Learning.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using Transformer = Protonmotive.Learning.Models.Transformer;

namespace Protonmotive.Learning.Tests.Unit.Models;

public class ModelTests
{
    /// <summary>nanoGPT prints 0.80 M for this setting; 804,096 by hand: 65·128 + 64·128 + 4·(4·128² + 8·128² + 2·128) + 128.</summary>
    [Fact]
    public void The_transformer_has_the_size_of_its_anchor()
    {
        using var scope = NewDisposeScope();
        var network = new Transformer(new TransformerSize(65));
        Assert.Equal(804_096, network.parameters().Sum(p => p.numel()));
        var logits = network.call(zeros([2, 64], int64));
        Assert.Equal([2L, 64, 65], logits.shape);
    }

    /// <summary>A network that knows nothing loses ln 65 a character; the small start keeps it close.</summary>
    [Fact]
    public void The_transformer_starts_near_the_uniform_guess()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var network = new Transformer(new TransformerSize(65));
        var text = randint(0, 65, [16, 64]);
        double loss = nn.functional.cross_entropy(network.call(text).flatten(0, 1), randint(0, 65, [16 * 64])).item<float>();
        Assert.Equal(Math.Log(65), loss, 0.1);
    }

    /// <summary>What comes later changes no prediction of what stands before.</summary>
    [Fact]
    public void The_transformer_does_not_see_ahead()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var network = new Transformer(new TransformerSize(20, Context: 16, Layers: 2, Heads: 2, Width: 16));
        network.eval();
        var text = randint(0, 20, [1, 16]);
        var before = network.call(text);
        var changed = text.clone();
        changed[0, 10] = (text[0, 10] + 1) % 20;
        var after = network.call(changed);
        var same = before.eq(after).all(2);
        Assert.True(same[0, TensorIndex.Slice(0, 10)].all().item<bool>());
        Assert.False(same[0, 10].item<bool>());
    }

    [Fact]
    public void Samples_follow_their_seed()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var network = new Transformer(new TransformerSize(20, Context: 8, Layers: 1, Heads: 2, Width: 16));
        var sample = network.Sample([3], 30, seed: 5);
        Assert.Equal(31, sample.Length);
        Assert.Equal(sample, network.Sample([3], 30, seed: 5));
        Assert.NotEqual(sample, network.Sample([3], 30, seed: 6));
        Assert.True(network.training);
    }

    [Fact]
    public void Classifiers_have_the_sizes_they_tell()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(242_762, new MultilayerPerceptron(784, 256, 128, 64, 10).parameters().Sum(p => p.numel()));
        Assert.Equal(105_914, new ConvolutionalNetwork().parameters().Sum(p => p.numel()));
        Assert.Equal([3L, 10], new ConvolutionalNetwork().call(rand(3, 1, 28, 28)).shape);
    }
}
