using Protonmotive.Learning.Accounts;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Diagnoses;
using Protonmotive.Learning.Tests.Unit.Accounts;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Tests.Unit.Diagnoses;

/// <summary>Faults planted into small trainings, beside twins without the fault.</summary>
public class PlantedFaultTests
{
    [Theory]
    [InlineData("vanishing")]
    [InlineData("exploding")]
    [InlineData("dead gates")]
    [InlineData("saturated")]
    [InlineData("overshoot")]
    [InlineData("step too small")]
    [InlineData("memorising")]
    public void A_planted_fault_is_named_and_its_twin_raises_no_alarm(string fault)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            var found = Rules.Judge(Train(fault, planted: true, seed));
            Assert.True(found.Any(d => d.Name == fault), $"seed {seed}: {string.Join(", ", found.Select(d => d.Name))}");
            var twin = Rules.Judge(Train(fault, planted: false, seed)).Where(d => d.Severity == Severity.Alarm);
            Assert.True(!twin.Any(), $"seed {seed}: {string.Join(", ", twin.Select(d => $"{d.Name} in {d.Layer}: {d.Evidence}"))}");
        }
    }

    [Fact]
    public void A_finding_takes_three_audits_in_a_row()
    {
        var account = Train("dead gates", planted: true, 1);
        Assert.Contains(Rules.Judge(account with { Audited = account.Audited[..3] }), d => d.Name == "dead gates");
        Assert.DoesNotContain(Rules.Judge(account with { Audited = account.Audited[..2] }), d => d.Name == "dead gates");
    }

    private static TrainingAccount Train(string fault, bool planted, int seed)
    {
        using var scope = NewDisposeScope();
        manual_seed(seed);
        var (x, y) = SmallTraining.Problem(128, seed, float32);
        var (held, heldClasses) = SmallTraining.Problem(128, seed + 100, float32);
        var network = Network(fault, planted);
        double rate = 0.05;
        using (no_grad())
        {
            if (!planted)
            {
                // the twin stays as it is
            }
            else if (fault == "exploding")
            {
                foreach (var p in network.parameters().Where(p => p.dim() == 2)) p.mul_(3 * Math.Sqrt(3)); // PyTorch's start has gain 1/√3
            }
            else if (fault == "dead gates")
            {
                ((TorchSharp.Modules.Linear)network.children().First()).bias!.fill_(-10);
            }
            else if (fault == "saturated")
            {
                x.mul_(100);
                held.mul_(100);
            }
            else if (fault == "memorising")
            {
                y = randint(0, 3, [128]);
                heldClasses = randint(0, 3, [128]);
            }
        }
        if (planted && fault == "overshoot") rate = 3; // beyond 2/λ of this parabola: λ = (2/3) λ_max(⟨xxᵀ⟩) > 1
        if (planted && fault == "exploding") rate = 1e-12;
        if (planted && fault == "memorising") rate = 0.3;
        if (planted && fault == "step too small") rate = 1e-6;
        int steps = planted ? fault switch { "memorising" => 150, "overshoot" => 12, _ => 40 } : 40;
        Tensor Loss(Tensor points, Tensor classes) => fault == "overshoot"
            ? nn.functional.mse_loss(network.call(points), nn.functional.one_hot(classes, 3).to(float32))
            : SmallTraining.Loss(network, points, classes);
        var optimiser = optim.SGD(network.parameters(), rate);
        using var ledger = TrainingLedger.Attach(network, optimiser, () => Loss(held, heldClasses), new TrainingLedgerOptions { Every = 1 });
        for (int step = 0, epoch = 0; step < steps; epoch++)
        {
            foreach (var batch in new Shuffle((ulong)seed).Batches(128, fault is "overshoot" or "memorising" ? 128 : 64, epoch))
            {
                if (step++ == steps) break;
                using var inner = NewDisposeScope();
                var index = tensor(batch);
                var (bx, by) = (x[index], y[index]);
                optimiser.zero_grad();
                Loss(bx, by).backward();
                ledger.Step(() => Loss(bx, by));
            }
        }
        return ledger.Read();
    }

    private static nn.Module<Tensor, Tensor> Network(string fault, bool planted)
    {
        nn.Module<Tensor, Tensor> Deep(Func<nn.Module<Tensor, Tensor>> gate) => nn.Sequential([nn.Linear(12, 16), gate(), .. Enumerable.Range(0, 18).SelectMany(_ => new[] { nn.Linear(16, 16), gate() }), nn.Linear(16, 3)]);
        if (fault == "overshoot") return nn.Sequential(nn.Linear(12, 3));
        if (fault == "vanishing" && planted) return Deep(() => nn.Sigmoid());
        if (fault == "exploding" && planted) return Deep(() => nn.ReLU());
        nn.Module<Tensor, Tensor> Gate() => fault == "saturated" ? nn.Tanh() : nn.ReLU();
        return nn.Sequential(nn.Linear(12, 32), Gate(), nn.Linear(32, 32), Gate(), nn.Linear(32, 3));
    }
}
