using Protonmotive.Learning.Accounts;
using Protonmotive.Learning.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Tests.Unit.Accounts;

public class AttentionSignalTests
{
    private static readonly TransformerSize size = new(Vocabulary: 5, Context: 6, Layers: 1, Heads: 2, Width: 4);

    [Fact]
    public void Without_a_preference_all_that_is_seen_gets_the_same()
    {
        using var scope = NewDisposeScope();
        var attention = new CausalAttention(size).to(float64);
        using (no_grad()) attention.parameters().First().zero_();
        var signal = AttentionSignal.Of("a", attention, randn([3, 6, 4], float64));
        Assert.All(signal.Entropy, e => Assert.Equal(1, e, 1e-14));
        Assert.All(signal.ScoreSpread, s => Assert.Equal(0, s, 1e-14));
    }

    /// <summary>Two places, queries and keys the inputs themselves: the second place gives p = 1/(1 + e^−d) and 1 − p, d the difference of its scores x₂·x₂/√2 and x₂·x₁/√2.</summary>
    [Theory]
    [InlineData(1.0)]
    [InlineData(0.3)]
    [InlineData(30)]
    public void Two_places_have_the_entropy_of_a_coin(double gain)
    {
        using var scope = NewDisposeScope();
        var attention = new CausalAttention(size with { Heads = 1, Width = 2 }).to(float64);
        using (no_grad()) attention.parameters().First().copy_(cat([eye(2, dtype: float64), gain * eye(2, dtype: float64), zeros([2, 2], float64)], 0));
        var signal = AttentionSignal.Of("a", attention, tensor(new[] { 0.5, -1, 1, 2 }, [1, 2, 2]));
        double d = gain * ((1 + 4) - (0.5 - 2)) / Math.Sqrt(2), p = 1 / (1 + Math.Exp(-d)), q = Math.Exp(-d) * p;
        Assert.Equal(-((p * Math.Log(p)) + (q * Math.Log(q))) / Math.Log(2), signal.Entropy[0], 1e-12);
        Assert.Equal(d / 2, signal.ScoreSpread[0], 1e-12); // of two numbers it is half their distance
    }

    [Fact]
    public void A_training_tells_it_by_head_and_block()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var network = new Transformer(size with { Layers = 2 });
        var text = randint(0, 5, [4, 6]);
        Tensor Loss() => nn.functional.cross_entropy(network.call(text).flatten(0, 1), text.flatten());
        using var ledger = TrainingLedger.Attach(network, optim.SGD(network.parameters(), 0.1), Loss);
        Loss().backward();
        var step = ledger.Step()!;
        Assert.Equal(["blocks.0.attention", "blocks.1.attention"], step.Attention.Select(a => a.Name));
        Assert.All(step.Attention, a => Assert.InRange(a.MeanEntropy, 0.9, 1)); // small weights: nearly no preference
        Assert.All(step.Attention, a => Assert.Equal(2, a.Entropy.Length));
    }
}
