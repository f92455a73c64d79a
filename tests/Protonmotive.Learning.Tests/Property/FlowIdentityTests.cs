using Protonmotive.Learning.Accounts;
using Protonmotive.Learning.Tests.Unit.Accounts;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Tests.Property;

/// <summary>Identities of backpropagation and of gradient descent, which hold for every network of their kind.</summary>
public class FlowIdentityTests
{
    [Theory]
    [InlineData("tanh")]
    [InlineData("relu")]
    [InlineData("convolution")]
    public void Power_is_the_same_at_every_cut(string name)
    {
        using var scope = NewDisposeScope();
        var (layers, x, y) = Chain(name);
        var powers = PowerFlow.OfInput(layers, x, randn_like(x), output => nn.functional.cross_entropy(output, y));
        Assert.All(powers, p => Assert.Equal(powers[0], p, 1e-12 * Math.Abs(powers[0]))); // 64-bit rounding; the goal is 1e-5
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("relu")]
    [InlineData("convolution")]
    public void Layers_add_power_and_none_is_lost_between(string name)
    {
        using var scope = NewDisposeScope();
        var (layers, x, y) = Chain(name);
        var tangents = layers.SelectMany(l => l.parameters()).Select(p => randn_like(p).detach()).ToList();
        var (crossing, added) = PowerFlow.OfParameters(layers, x, tangents, output => nn.functional.cross_entropy(output, y));
        double scale = added.Max(Math.Abs);
        Assert.All(crossing.Zip(added), pair => Assert.Equal(pair.Second, pair.First, 1e-12 * scale));
        Assert.NotEqual(0, added[^1]);
    }

    /// <summary>Of degree one in every layer's input where layers have no bias and gates are ReLU: ⟨∂f/∂a, a⟩ = f (Euler).</summary>
    [Fact]
    public void Rectified_networks_are_of_degree_one_at_every_layer()
    {
        using var scope = NewDisposeScope();
        var layers = Rectified();
        var a = randn([1, 6], float64).requires_grad_();
        List<Tensor> cuts = [a];
        foreach (var layer in layers) cuts.Add(layer.call(cuts[^1]));
        var f = cuts[^1].sum();
        foreach (var (cut, adjoint) in cuts.Zip(autograd.grad([f], cuts, null, true)))
            Assert.Equal(f.item<double>(), (cut * adjoint).sum().item<double>(), 1e-12 * Math.Abs(f.item<double>()) + 1e-14);
    }

    /// <summary>
    /// Rescaling symmetry: Σ(incoming w)² − Σ(outgoing w)² of a unit changes by η²(Σ g_in² − Σ g_out²) in a step of plain descent, exactly,
    /// and so not at all in the flow (Du, Hu and Lee 2018, arXiv 1806.00900).
    /// </summary>
    [Fact]
    public void The_charge_of_rescaling_drifts_by_the_square_of_the_rate()
    {
        using var scope = NewDisposeScope();
        var layers = Rectified();
        var x = randn([20, 6], float64);
        var target = randn([20, 2], float64);
        var parameters = layers.SelectMany(l => l.parameters()).ToList();
        const double rate = 0.01;
        var optimiser = optim.SGD(parameters, rate);
        double[] Charge(Func<Tensor, Tensor> square) => (square(parameters[0]).sum([1]) - square(parameters[1]).sum([0])).data<double>().ToArray();
        nn.functional.mse_loss(layers.Aggregate(x, (a, l) => l.call(a)), target).backward();
        var before = Charge(p => p.detach() * p.detach());
        var drift = Charge(p => rate * rate * p.grad! * p.grad!);
        optimiser.step();
        var after = Charge(p => p.detach() * p.detach());
        for (int i = 0; i < before.Length; i++) Assert.Equal(before[i] + drift[i], after[i], 1e-13);
        Assert.Contains(drift, d => Math.Abs(d) > 1e-9);
    }

    /// <summary>Scale symmetry: before a normalisation g·θ = 0, and ‖θ‖² grows by exactly η²‖g‖² in a step of plain descent (Kunin et al. 2021, arXiv 2012.04728).</summary>
    [Fact]
    public void Weights_before_a_normalisation_feel_no_radial_force()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var weight = nn.Linear(6, 5, hasBias: false).to(float64);
        var x = randn([16, 6], float64);
        var y = randint(0, 5, [16]);
        var norm = nn.BatchNorm1d(5, eps: 0).to(float64);
        nn.functional.cross_entropy(norm.call(weight.call(x)), y).backward();
        var (w, g) = (weight.weight!, weight.weight!.grad!);
        double size = (w * w).sum().item<double>(), force = (g * g).sum().item<double>();
        Assert.Equal(0, (g * w).sum().item<double>(), 1e-13 * Math.Sqrt(size * force));
        optim.SGD(weight.parameters(), 0.1).step();
        Assert.Equal(size + (0.01 * force), (w * w).sum().item<double>(), 1e-12);
    }

    /// <summary>Translation symmetry: adding the same to all logits changes nothing, so the gradient of the last bias adds up to 0.</summary>
    [Theory]
    [InlineData("tanh")]
    [InlineData("convolution")]
    public void Gradients_of_the_logits_add_up_to_nothing(string name)
    {
        using var scope = NewDisposeScope();
        var (layers, x, y) = Chain(name);
        nn.functional.cross_entropy(layers.Aggregate(x, (a, l) => l.call(a)), y).backward();
        var bias = layers.SelectMany(l => l.parameters()).Last();
        Assert.Equal(3, bias.numel());
        Assert.Equal(0, bias.grad!.sum().item<double>(), 1e-15);
    }

    /// <summary>
    /// First relation of fluctuation and dissipation (Yaida 2018, arXiv 1810.00004): ⟨θ·g⟩ = (η/2)⟨‖g_B‖²⟩ once ‖θ‖² is stationary. On a
    /// parabola with Gaussian noise; 200,000 steps. The mean's error is about √(2τ/n) ≈ 1 % with a relaxation τ of 1/(ηh) = 20 steps.
    /// </summary>
    [Fact]
    public void Fluctuation_and_dissipation_balance_when_stationary()
    {
        const double rate = 0.05;
        double[] h = [1, 3];
        var random = new Philox(11);
        double[] theta = [0, 0];
        double left = 0, right = 0;
        for (uint step = 0; step < 200_000; step++)
        {
            for (uint i = 0; i < 2; i++)
            {
                double u = 1 - random.Uniform(i, 2 * step), v = random.Uniform(i, (2 * step) + 1);
                double g = (h[i] * theta[i]) + (Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v));
                if (step > 1000)
                {
                    left += theta[i] * h[i] * theta[i];
                    right += rate / 2 * g * g;
                }
                theta[i] -= rate * g;
            }
        }
        Assert.Equal(1, left / right, 0.02);
    }

    private static List<nn.Module<Tensor, Tensor>> Rectified()
    {
        Native.LibTorch.Load();
        manual_seed(5);
        return [nn.Linear(6, 7, hasBias: false).to(float64), nn.ReLU(), nn.Linear(7, 2, hasBias: false).to(float64)];
    }

    private static (List<nn.Module<Tensor, Tensor>> Layers, Tensor Points, Tensor Classes) Chain(string name)
    {
        var network = SmallTraining.Network(name);
        var (x, y) = SmallTraining.Problem(16, 9);
        return ([.. network.children().Cast<nn.Module<Tensor, Tensor>>()], x, y);
    }
}
