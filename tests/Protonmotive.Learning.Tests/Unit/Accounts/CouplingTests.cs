using Protonmotive.Learning.Accounts;
using Protonmotive.Learning.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using Transformer = Protonmotive.Learning.Models.Transformer;

namespace Protonmotive.Learning.Tests.Unit.Accounts;

public class CouplingTests
{
    /// <summary>∂h/∂x by central differences, number by number.</summary>
    [Fact]
    public void Coupling_is_the_norm_of_the_jacobian()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        const int time = 5, width = 8;
        var network = new Transformer(new TransformerSize(7, time, 2, 2, width));
        network.to(float64);
        var window = randint(0, 7, [1, time]);
        var coupling = DistanceCoupling.Of(network, window);
        Assert.True(network.training);
        network.eval();
        using var off = no_grad();
        var x = network.Embed(window);
        const double ε = 1e-5;
        for (int r = 0; r < time; r++)
        {
            double squares = 0;
            for (int k = 0; k < width; k++)
            {
                var step = zeros_like(x);
                step[0, time - 1 - r, k] = ε;
                var column = (network.Hidden(x + step) - network.Hidden(x - step)).select(1, time - 1) / (2 * ε);
                squares += (column * column).sum().item<double>();
            }
            Assert.Equal(Math.Sqrt(squares), coupling.ByDistance[r], 1e-6 * Math.Sqrt(squares)); // differences err by ε²
        }
    }

    /// <summary>A chain of two states that changes with probability p knows ln 2 − H((1 + (1 − 2p)^r)/2) of its r-th next (closed form).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void Information_of_a_markov_chain_is_the_closed_form(int r)
    {
        const double p = 0.1;
        var random = new Philox(5);
        var chain = new long[400_000];
        for (int i = 1; i < chain.Length; i++) chain[i] = random.Uniform(0, (uint)i) < p ? 1 - chain[i - 1] : chain[i - 1];
        using var text = tensor(chain);
        double same = (1 + Math.Pow(1 - (2 * p), r)) / 2, expected = Math.Log(2) + (same * Math.Log(same)) + ((1 - same) * Math.Log(1 - same));
        var found = TextInformation.At(text, 2, r, seed: 1);
        Assert.Equal(expected, found.Nats, 12 * found.Deviation); // pairs of a chain are correlated over some 10 steps: √10 times the error, at 4 of them
        Assert.InRange(found.Shuffled, 0, 1e-4); // (K − 1)²/2N = 1.25e-6
    }

    /// <summary>A head whose keys and queries are nothing looks everywhere alike: entropy 1, distance i/2, and 1/(i + 1) at the first place.</summary>
    [Fact]
    public void An_even_head_has_the_profile_of_evenness()
    {
        using var scope = NewDisposeScope();
        const int time = 6, width = 8;
        var network = new Transformer(new TransformerSize(7, time, 1, 2, width));
        using (no_grad())
        {
            foreach (var (name, parameter) in network.named_parameters())
                if (name.EndsWith("attention.qkv.weight", StringComparison.Ordinal)) parameter.zero_();
        }
        var heads = HeadProfile.Of(network, randint(0, 7, [3, time]));
        Assert.Equal(2, heads.Length);
        foreach (var head in heads)
        {
            Assert.Equal(1, head.Entropy, 1e-6);
            Assert.Equal(1, head.Distance, 1e-6);
            Assert.Equal(Enumerable.Range(1, time - 1).Average(i => 1.0 / (i + 1)), head.SinkShare, 1e-6);
            Assert.All(head.ByDistance, share => Assert.Equal(1.0 / time, share, 1e-6));
        }
    }

    /// <summary>
    /// Attention is a step of energy descent (Ramsauer et al. 2020, arXiv 2008.02217): with E(ξ) = −β⁻¹ ln Σ exp(β x_j·ξ) + ½‖ξ‖² over the places
    /// seen and β = 1/√d, a head whose query, key, value and output are the input gives ξ − ∇E(ξ), and E does not rise.
    /// </summary>
    [Fact]
    public void A_head_is_a_step_of_energy_descent()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        const int time = 9, width = 16;
        var head = new CausalAttention(new TransformerSize(2, time, 1, 1, width));
        head.to(float64);
        using (no_grad())
        {
            foreach (var (name, parameter) in head.named_parameters())
            {
                if (name.StartsWith("qkv", StringComparison.Ordinal)) parameter.copy_(cat([eye(width, dtype: float64), eye(width, dtype: float64), eye(width, dtype: float64)], 0));
                else parameter.copy_(eye(width, dtype: float64));
            }
        }
        var x = randn([1, time, width], float64) * 2;
        var output = head.call(x).detach();
        double β = 1 / Math.Sqrt(width);
        for (int i = 0; i < time; i++)
        {
            var memory = x[0].narrow(0, 0, i + 1);
            Tensor Energy(Tensor ξ) => (-1 / β * (β * memory.matmul(ξ)).logsumexp(0)) + (0.5 * ξ.dot(ξ));
            var state = x[0, i].clone().requires_grad_();
            var energy = Energy(state);
            var gradient = autograd.grad([energy], [state])[0];
            Assert.True((output[0, i] - (state - gradient)).abs().max().item<double>() < 1e-12);
            Assert.True(Energy(output[0, i]).item<double>() <= energy.item<double>() + 1e-12);
        }
    }
}
