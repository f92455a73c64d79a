using Protonmotive.Learning.Accounts;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Tests.Unit.Accounts;

public class MechanismTests
{
    private static Func<nn.Module, optim.Optimizer> Rule(string name) => name switch
    {
        "sgd" => n => optim.SGD(n.parameters(), 0.1),
        "sgd, decay" => n => optim.SGD(n.parameters(), 0.1, weight_decay: 0.1),
        "heavy ball" => n => optim.SGD(n.parameters(), 0.02, momentum: 0.9, weight_decay: 0.1),
        "damped" => n => optim.SGD(n.parameters(), 0.02, momentum: 0.9, dampening: 0.3),
        "nesterov" => n => optim.SGD(n.parameters(), 0.02, momentum: 0.9, nesterov: true),
        "adam" => n => optim.Adam(n.parameters(), 3e-3, 0.8, 0.95),
        "adam, decay" => n => optim.Adam(n.parameters(), 3e-3, weight_decay: 0.1),
        "amsgrad" => n => optim.Adam(n.parameters(), 3e-3, amsgrad: true),
        "adamw" => n => optim.AdamW(n.parameters(), 3e-3, weight_decay: 0.2),
        "rmsprop" => n => optim.RMSProp(n.parameters(), 1e-3),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>What the published rule does not explain of the step that the optimiser took is rounding: 1e-12 in 64-bit numbers.</summary>
    [Theory]
    [InlineData("sgd")]
    [InlineData("sgd, decay")]
    [InlineData("heavy ball")]
    [InlineData("damped")]
    [InlineData("nesterov")]
    [InlineData("adam")]
    [InlineData("adam, decay")]
    [InlineData("amsgrad")]
    [InlineData("adamw")]
    public void A_rule_explains_its_steps(string rule)
    {
        foreach (var step in Steps(rule, clip: 0.4))
            Assert.True(Math.Abs(step.Mechanisms[^1].Power) <= 1e-12 * step.Mechanisms.Sum(m => Math.Abs(m.Power)), $"step {step.Step}: {step.Mechanisms[^1].Power:g3}");
    }

    [Fact]
    public void A_rule_that_is_not_known_is_posted_as_observed() =>
        Assert.All(Steps("rmsprop", null), step => Assert.Equal("step as observed", Assert.Single(step.Mechanisms).Name));

    /// <summary>Work of the force = change of the kinetic store + friction + loss in jumps, to rounding.</summary>
    [Fact]
    public void Heavy_ball_keeps_its_kinetic_account()
    {
        var steps = Steps("heavy ball", clip: 0.4);
        Assert.All(steps, step => Assert.True(step.Kinetic!.ClosureResidual <= 1e-13, $"step {step.Step}: {step.Kinetic.ClosureResidual:g3}"));
        Assert.Equal(0, steps[0].Kinetic!.Before);
        Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.Equal(pair.First.Kinetic!.After, pair.Second.Kinetic!.Before, 1e-12));
        Assert.All(Steps("adam", null), step => Assert.Null(step.Kinetic));
        Assert.All(Steps("damped", null), step => Assert.Null(step.Kinetic));
    }

    /// <summary>AdamW's decay is −ηλθ, so it supplies ηλ g·θ (learning-ledger: P_λ).</summary>
    [Fact]
    public void Decoupled_decay_supplies_what_its_formula_says()
    {
        using var scope = NewDisposeScope();
        var (network, x, y) = Start();
        var optimiser = Rule("adamw")(network);
        SmallTraining.Loss(network, x, y).backward();
        double expected = 3e-3 * 0.2 * network.parameters().Sum(p => (p.grad! * p).sum().item<double>());
        using var ledger = TrainingLedger.Attach(network, optimiser, () => SmallTraining.Loss(network, x, y), TrainingLedgerOptions.Audit);
        Assert.Equal(expected, ledger.Step()!.Mechanisms.Single(m => m.Name == "weight decay").Power, 1e-12);
    }

    /// <summary>Without clipping the part is 0; with it the step is the shorter by what the part took.</summary>
    [Fact]
    public void Clipping_has_a_line_of_its_own()
    {
        double Clipping(StepAccount step) => step.Mechanisms.Single(m => m.Name == "clipping").Power;
        Assert.All(Steps("sgd", null), step => Assert.Equal(0, Clipping(step)));
        foreach (var step in Steps("sgd", clip: 0.1))
        {
            double norm = Math.Sqrt(step.Layers.Sum(l => l.BatchGradientNorm * l.BatchGradientNorm));
            Assert.Equal(-0.1 * norm * (norm - Math.Min(norm, 0.1 * norm / (norm + 1e-6))), Clipping(step), 1e-9); // η‖g‖² less η·0.1·‖g‖, PyTorch's ε in the norm
        }
    }

    private static List<StepAccount> Steps(string rule, double? clip)
    {
        using var scope = NewDisposeScope();
        var (network, x, y) = Start();
        var optimiser = Rule(rule)(network);
        using var ledger = TrainingLedger.Attach(network, optimiser, () => SmallTraining.Loss(network, x, y), new TrainingLedgerOptions { Every = 1 });
        for (int i = 0; i < 12; i++)
        {
            optimiser.zero_grad();
            SmallTraining.Loss(network, x, y).backward();
            ledger.Step(clip: clip);
        }
        return [.. ledger.Audited];
    }

    private static (nn.Module<Tensor, Tensor>, Tensor, Tensor) Start()
    {
        var (points, classes) = SmallTraining.Problem(30, 3);
        return (SmallTraining.Network("tanh"), points, classes);
    }
}
