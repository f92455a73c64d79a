using Protonmotive.Learning.Accounts;
using Protonmotive.Learning.Diagnoses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Tests.Unit.Accounts;

/// <summary>What audits read beside the account of the step, on cases with closed forms.</summary>
public class SignalTests
{
    /// <summary>Layers that are rotations times c have χ = c² each, whatever the loss; so ξ = 1/|2 ln c|.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(1.25)]
    public void Rotations_have_the_gain_of_their_scale(double c)
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var network = nn.Sequential([.. Enumerable.Range(0, 6).Select(_ => nn.Linear(7, 7, hasBias: false))]).to(float64);
        using (no_grad())
        {
            foreach (var p in network.parameters()) p.copy_(c * linalg.qr(randn([7, 7], float64)).Q);
        }
        var x = randn([9, 7], float64);
        var step = Audit(network, optim.SGD(network.parameters(), 0.01), () => network.call(x).pow(2).mean());
        Assert.Equal(5, DepthScale.Gains(step.Signals).Length);
        Assert.All(DepthScale.Gains(step.Signals), g => Assert.Equal(c * c, g.Gain, 1e-12));
        var scale = DepthScale.Of(step.Signals)!;
        Assert.Equal(c * c, scale.MeanGain, 1e-12);
        Assert.Equal(1 / Math.Abs(2 * Math.Log(c)), scale.Scale, 1e-10);
        Assert.Equal(Math.Pow(c, 5), scale.Ratio, 1e-10);
    }

    /// <summary>Rectified layers can be rescaled, tanh layers can't; logits can be shifted in both. A gradient that was not the loss's leaks.</summary>
    [Fact]
    public void Symmetries_are_found_and_a_gradient_that_breaks_them_is_seen()
    {
        using var scope = NewDisposeScope();
        var (x, y) = SmallTraining.Problem(16, 3);
        StepAccount Read(string name, bool isDoubled)
        {
            var network = SmallTraining.Network(name);
            var parameters = network.parameters().ToList();
            return Audit(network, optim.SGD(parameters, 0.1), () => SmallTraining.Loss(network, x, y), () =>
            {
                if (isDoubled) parameters[2].grad!.mul_(2);
            });
        }
        Assert.Equal([("in → middle", "rescaling"), ("middle → out", "rescaling"), ("out", "translation")], Read("relu", false).Symmetries.Select(s => (s.Name, s.Kind)));
        Assert.Equal([("out", "translation")], Read("tanh", false).Symmetries.Select(s => (s.Name, s.Kind)));
        Assert.All(Read("relu", false).Symmetries, s => Assert.True(s.Leak < 1e-14));
        Assert.Equal([true, true, false], Read("relu", true).Symmetries.Select(s => s.Leak > 1e-3)); // both of the middle layer's
    }

    /// <summary>v̂ after steps with gradients 1 and then R: (β(1 − β) + (1 − β)R²)/(1 − β²) = (β + R²)/(1 + β).</summary>
    [Fact]
    public void The_gradient_in_units_of_Adam_s_second_moment()
    {
        using var scope = NewDisposeScope();
        const double β = 0.9, R = 5;
        var network = new Slope();
        var optimiser = optim.Adam(network.parameters(), 1e-3, 0.8, β);
        var force = 1.0;
        using var ledger = TrainingLedger.Attach(network, optimiser, () => network.Loss(1), new TrainingLedgerOptions { Every = 1 });
        StepAccount Step()
        {
            optimiser.zero_grad();
            network.Loss(force).backward();
            return ledger.Step()!;
        }
        Assert.Equal(1, Step().Layers[0].ScaledGradient, 1e-12);
        force = R;
        Assert.Equal(R / Math.Sqrt((β + (R * R)) / (1 + β)), Step().Layers[0].ScaledGradient, 1e-12);
        var plain = new Slope();
        Assert.True(double.IsNaN(Audit(plain, optim.SGD(plain.parameters(), 0.1), () => plain.Loss(1)).Layers[0].ScaledGradient));
    }

    /// <summary>Activations of a probe are summed in pieces; what is read of them is what formulas on the whole give.</summary>
    [Theory]
    [InlineData("relu")]
    [InlineData("gelu")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    public void Large_activations_are_read_whole(string kind)
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        nn.Module<Tensor, Tensor> gate = kind switch { "relu" => nn.ReLU(), "gelu" => nn.GELU(), "tanh" => nn.Tanh(), _ => nn.Sigmoid() };
        var convolution = nn.Conv2d(1, 5, 3);
        var network = nn.Sequential(("conv", convolution), ("gate", gate));
        using (no_grad()) convolution.bias!.copy_(tensor([-1000f, 50, 0, 0.1f, 1]));
        var x = randn([60, 1, 40, 40]); // 60 x 5 x 38 x 38 numbers: two pieces
        Tensor a, g;
        using (no_grad()) (a, g) = (ByUnit(convolution.call(x)), ByUnit(network.call(x)));
        var signals = Audit(network, optim.SGD(network.parameters(), 0.01), () => network.call(x).pow(2).mean()).Signals;
        Assert.Equal(["conv", "gate"], signals.Select(s => s.Name));
        Assert.Equal(a.norm().item<double>(), signals[0].Forward, 1e-9 * signals[0].Forward);
        Assert.Equal((a - a.mean([1], keepdim: true)).norm().item<double>() / signals[0].Forward, signals[0].Spread, 1e-9);
        Assert.Equal(EffectiveRank.Of(a), signals[0].EffectiveRank, 1e-6);
        Assert.Equal(g.norm().item<double>(), signals[1].Forward, 1e-9 * signals[1].Forward);
        Tensor sizes = g.abs().mean([1]), beyond = kind == "tanh" ? g.abs().gt(0.97) : (g - 0.5).abs().gt(0.485);
        Assert.Equal(kind == "relu" ? Share(g.abs().amax([1]).eq(0)) : 0, signals[1].Dead);
        Assert.Equal(kind is "relu" or "gelu" ? Share(sizes.le(0.025 * sizes.mean())) : 0, signals[1].Dormant);
        Assert.Equal(kind is "tanh" or "sigmoid" ? Share(beyond.to(float64).mean([1]).gt(0.5)) : 0, signals[1].Saturated);
        Assert.True(signals[1].Dead + signals[1].Dormant + signals[1].Saturated > 0);

        static Tensor ByUnit(Tensor t) => t.transpose(0, 1).reshape(5, -1).to(float64);
        static double Share(Tensor which) => which.to(float64).mean().item<double>();
    }

    [Fact]
    public void A_training_that_leaves_the_numbers_is_told_with_its_layer()
    {
        using var scope = NewDisposeScope();
        var network = SmallTraining.Network("relu", ScalarType.Float32);
        var (x, y) = SmallTraining.Problem(16, 3, float32);
        var optimiser = optim.SGD(network.parameters(), 0.1);
        using var ledger = TrainingLedger.Attach(network, optimiser, () => SmallTraining.Loss(network, x, y), new TrainingLedgerOptions { Every = 1 });
        void Step()
        {
            optimiser.zero_grad();
            SmallTraining.Loss(network, x, y).backward();
            ledger.Step();
        }
        Step();
        optimiser.zero_grad();
        SmallTraining.Loss(network, x, y).backward();
        network.parameters().ElementAt(2).grad!.fill_(float.PositiveInfinity);
        var kept = network.parameters().First().detach().clone();
        var thrown = Assert.Throws<TrainingLedgerException>(() => ledger.Step());
        Assert.Contains("'middle'", thrown.Where, StringComparison.Ordinal);
        Assert.Equal(kept.data<float>().ToArray(), network.parameters().First().data<float>().ToArray()); // no step was taken
        var account = ledger.Read();
        Assert.Equal((1L, "middle"), (account.NonFinite!.Step, account.NonFinite.Layer));
        Assert.True(double.IsFinite(account.LossAtEnd));
        Assert.Contains(Rules.Judge(account), d => d is { Name: "non-finite", Layer: "middle", Severity: Severity.Alarm });
    }

    private static StepAccount Audit(nn.Module network, optim.Optimizer optimiser, Func<Tensor> loss, Action? meddle = null)
    {
        using var ledger = TrainingLedger.Attach(network, optimiser, loss);
        optimiser.zero_grad();
        loss().backward();
        meddle?.Invoke();
        return ledger.Step()!;
    }

    /// <summary>L = f Σθ.</summary>
    private sealed class Slope : nn.Module
    {
        private readonly TorchSharp.Modules.Parameter theta = nn.Parameter(zeros(3, float64));

        public Slope()
            : base("slope") => RegisterComponents();

        public Tensor Loss(double force) => force * theta.sum();
    }
}
