using Protonmotive.Learning.Accounts;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Tests.Unit.Accounts;

public class EffectiveRankTests
{
    /// <summary>Turned by random rotations on both sides, a spectrum keeps its entropy.</summary>
    [Theory]
    [InlineData(new[] { 1.0, 1, 1, 0, 0 }, 3.0)]
    [InlineData(new[] { 7.0, 0, 0, 0, 0 }, 1.0)]
    [InlineData(new[] { 4.0, 2, 1, 1, 0 }, 3.3635856610148585)] // p = ½, ¼, ⅛, ⅛: entropy 1.75 bit, and 2^1.75
    public void It_is_that_of_the_spectrum(double[] spectrum, double expected)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        Tensor Rotation(long n) => linalg.qr(randn([n, n], float64)).Q;
        foreach (long rows in new long[] { 5, 9 })
        {
            var matrix = Rotation(rows).narrow(1, 0, 5).matmul(diag(tensor(spectrum))).matmul(Rotation(5));
            Assert.Equal(expected, EffectiveRank.Of(matrix), 1e-6); // roots of rounding in the Gram matrix: 5 values of up to 1e-8 of the largest
            Assert.Equal(expected, EffectiveRank.Of(matrix.t()), 1e-6);
        }
    }

    [Fact]
    public void Nothing_has_no_direction() => Assert.Equal(0, EffectiveRank.Of(zeros([3, 4])));

    /// <summary>A layer whose weights are of rank one gives what is of rank one, and one without weights gives the same to all.</summary>
    [Fact]
    public void A_training_tells_it_of_outputs_and_weights()
    {
        using var scope = NewDisposeScope();
        var network = nn.Sequential(("thin", nn.Linear(12, 6, hasBias: false)), ("blind", nn.Linear(6, 3)));
        using (no_grad())
        {
            network.parameters().First().copy_(outer(arange(1, 7).to(float32), arange(1, 13).to(float32)));
            network.parameters().ElementAt(1).zero_();
        }
        var (x, y) = SmallTraining.Problem(24, 1, float32);
        using var ledger = TrainingLedger.Attach(network, optim.SGD(network.parameters(), 0.1), () => SmallTraining.Loss(network, x, y));
        SmallTraining.Loss(network, x, y).backward();
        var step = ledger.Step()!;
        Assert.Equal(1, step.Signals[0].EffectiveRank, 1e-2); // 32-bit numbers
        Assert.True(step.Signals[0].Spread > 0.5);
        Assert.Equal(0, step.Signals[1].Spread, 1e-6);
        Assert.Equal(1, step.Layers[0].WeightRank, 1e-2);
        Assert.Equal(1, step.Layers[1].WeightRank, 1e-2); // after a step from 0 whose gradient has one direction too
    }
}
