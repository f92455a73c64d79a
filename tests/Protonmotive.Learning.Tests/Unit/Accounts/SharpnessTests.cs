using Protonmotive.Learning.Accounts;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Tests.Unit.Accounts;

public class SharpnessTests
{
    [Fact]
    public void Of_a_parabola_it_is_the_largest_coefficient()
    {
        using var scope = NewDisposeScope();
        var network = new Parabola([1, 3, 0.2, 2.5, -4], [2, -1, 1, 1, 1]);
        var sharpness = Sharpness.Of(network, network.Loss, 1e-10);
        Assert.Equal(3, sharpness.Largest, 1e-9); // the largest, not the largest without sign
        Assert.True(sharpness.Residual < 1e-8);
    }

    /// <summary>Against the eigenvalues of the whole Hessian, taken column by column from derivatives of the gradient's elements.</summary>
    [Theory]
    [InlineData("tanh")]
    [InlineData("convolution")]
    public void Of_a_network_it_is_that_of_the_whole_Hessian(string name)
    {
        using var scope = NewDisposeScope();
        var network = SmallTraining.Network(name);
        var (x, y) = SmallTraining.Problem(20, 2);
        Tensor Loss() => SmallTraining.Loss(network, x, y);
        var parameters = network.parameters().Cast<Tensor>().ToList();
        var gradient = cat([.. autograd.grad([Loss()], parameters, null, true, true).Select(g => g.flatten())], 0);
        var hessian = stack([.. Enumerable.Range(0, (int)gradient.numel()).Select(i => cat([.. autograd.grad([gradient[i]], parameters, null, true, false, true).Zip(parameters, (g, p) => g is { IsInvalid: false } t ? t.flatten() : zeros_like(p).flatten())], 0))], 0);
        Assert.Equal(linalg.eigvalsh(hessian)[-1].item<double>(), Sharpness.Of(network, Loss, 1e-6).Largest, 1e-6);
    }

    /// <summary>Fused attention has no second derivative in libtorch: differences of the gradient stand in, and agree with finite differences of the loss.</summary>
    [Fact]
    public void Where_there_is_no_second_derivative_differences_of_the_gradient_stand_in()
    {
        using var scope = NewDisposeScope();
        var network = SmallTraining.Network("attention");
        var (x, y) = SmallTraining.Problem(20, 2);
        Tensor Loss() => SmallTraining.Loss(network, x, y);
        var parameters = new FlatParameters(network, []);
        var start = parameters.Read();
        using var product = new HessianProduct(parameters, new Probe(network, parameters), Loss);
        manual_seed(3);
        var v = randn_like(start);
        v = v / v.norm();
        double bend = (v * product.Times(v)).sum().item<double>();
        double At(double s)
        {
            parameters.Write(start + (s * v));
            return Loss().item<double>();
        }
        const double h = 1e-3;
        double expected = (-At(2 * h) + (16 * At(h)) - (30 * At(0)) + (16 * At(-h)) - At(-2 * h)) / (12 * h * h); // error of O(h⁴), rounding 1e-10
        parameters.Write(start);
        Assert.Equal(expected, bend, 1e-6 * Math.Max(1, Math.Abs(expected)));
        Assert.True((parameters.Read() - start).abs().max().item<double>() == 0);
    }

    /// <summary>In the mobility of the rule: η h of plain descent; of Adam's first step, whose v̂ is g², η h/(|g| + ε).</summary>
    [Fact]
    public void In_the_rule_s_mobility_it_is_a_number_against_the_rule_s_limit()
    {
        Assert.Equal((0.3, 2), Read(p => optim.SGD(p, 0.1)));
        Assert.Equal((0.3, 3.8), Read(p => optim.SGD(p, 0.1, momentum: 0.9)));
        Assert.Equal((0.3, Math.Round(3.8 / 2.8, 9)), Read(p => optim.SGD(p, 0.1, momentum: 0.9, nesterov: true)));
        Assert.Equal((Math.Round(0.1 * Math.Max(1 / 2.0, 3 / 3.0), 9), 38), Read(p => optim.Adam(p, 0.1, eps: 1e-14)));
        Assert.Null(Step(p => optim.RMSProp(p, 0.1)).Sharpness);
        (double, double) Read(Func<IEnumerable<TorchSharp.Modules.Parameter>, optim.Optimizer> rule)
        {
            var s = Step(rule).Sharpness!;
            return (Math.Round(s.Largest, 9), Math.Round(s.Limit, 9));
        }
        StepAccount Step(Func<IEnumerable<TorchSharp.Modules.Parameter>, optim.Optimizer> rule)
        {
            using var scope = NewDisposeScope();
            var network = new Parabola([1, 3], [2, -1]);
            using var ledger = TrainingLedger.Attach(network, rule(network.parameters()), network.Loss, new TrainingLedgerOptions { HasSharpness = true });
            network.Loss().backward();
            return ledger.Step()!;
        }
    }

    /// <summary>L = ½ Σ hᵢθᵢ².</summary>
    private sealed class Parabola : nn.Module
    {
        private readonly Tensor h;
        private readonly TorchSharp.Modules.Parameter theta;

        public Parabola(double[] h, double[] start)
            : base("parabola")
        {
            this.h = tensor(h);
            theta = nn.Parameter(tensor(start));
            RegisterComponents();
        }

        public Tensor Loss() => 0.5 * (h * theta * theta).sum();
    }
}
