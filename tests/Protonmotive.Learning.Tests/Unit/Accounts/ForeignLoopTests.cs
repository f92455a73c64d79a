using Protonmotive.Learning.Accounts;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Tests.Unit.Accounts;

/// <summary>Loops as others write them: the account takes two lines of each, and closes.</summary>
public class ForeignLoopTests
{
    /// <summary>A recurrent cell, trained through time in pieces: the state is cut between them.</summary>
    [Fact]
    public void A_recurrent_cell_with_truncated_backpropagation()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var network = nn.Sequential(("cell", nn.Linear(5, 4)), ("readout", nn.Linear(4, 1))).to(float64);
        var cell = (nn.Module<Tensor, Tensor>)network.named_children().First().module;
        var readout = (nn.Module<Tensor, Tensor>)network.named_children().Last().module;
        var signal = arange(0, 60, float64).mul(0.3).sin();
        (Tensor Loss, Tensor State) Run(Tensor state, int from, int to)
        {
            var loss = zeros([], float64);
            for (int t = from; t < to; t++)
            {
                state = cell.call(cat([state, signal[t].reshape(1)])).tanh();
                loss = loss + (readout.call(state) - signal[t + 1]).pow(2).sum();
            }
            return (loss / (to - from), state);
        }
        var optimiser = optim.Adam(network.parameters(), 0.01);
        using var ledger = TrainingLedger.Attach(network, optimiser, () => Run(zeros(4, float64), 40, 59).Loss, TrainingLedgerOptions.Audit); // line 1
        for (int epoch = 0; epoch < 3; epoch++)
        {
            var state = zeros(4, float64);
            for (int start = 0; start < 40; start += 10)
            {
                optimiser.zero_grad();
                var (loss, next) = Run(state, start, start + 10);
                loss.backward();
                state = next.detach();
                ledger.Step(); // line 2
            }
        }
        Closes(ledger.Read(), 12, "cell", "readout");
    }

    /// <summary>Encoder and decoder share one weight; the loss is the caller's own.</summary>
    [Fact]
    public void A_network_with_shared_weights()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var network = new TiedAutoencoder();
        var optimiser = optim.SGD(network.parameters(), 0.05, momentum: 0.9);
        var (x, _) = SmallTraining.Problem(40, 1);
        var (held, _) = SmallTraining.Problem(40, 2);
        Tensor Loss(Tensor input) => (network.call(input) - input).abs().pow(1.5).mean();
        using var ledger = TrainingLedger.Attach(network, optimiser, () => Loss(held), TrainingLedgerOptions.Audit); // line 1
        for (int i = 0; i < 10; i++)
        {
            optimiser.zero_grad();
            Loss(x).backward();
            ledger.Step(); // line 2
        }
        var account = ledger.Read();
        Closes(account, 10, "encoder");
        Assert.Single(account.Audited[0].Layers); // the shared weight and the bias stand once
    }

    /// <summary>Two players with an optimiser each, against each other.</summary>
    [Fact]
    public void Two_optimisers()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var generator = nn.Linear(3, 12).to(float64);
        var critic = nn.Sequential(nn.Linear(12, 6), nn.Tanh(), nn.Linear(6, 1)).to(float64);
        var both = nn.Sequential(("generator", generator), ("critic", critic));
        var makes = optim.Adam(generator.parameters(), 1e-3);
        var judges = optim.SGD(critic.parameters(), 1e-2);
        var (real, _) = SmallTraining.Problem(30, 1);
        var (fixedNoise, noise) = (randn([30, 3], float64), randn([30, 3], float64));
        Tensor Judge(Tensor z) => (critic.call(real) - 1).pow(2).mean() + critic.call(generator.call(z)).pow(2).mean();
        using var ledger = TrainingLedger.Attach(both, [makes, judges], () => Judge(fixedNoise), TrainingLedgerOptions.Audit); // line 1
        for (int i = 0; i < 6; i++)
        {
            judges.zero_grad();
            Judge(noise).backward();
            ledger.Step(judges); // line 2
            makes.zero_grad();
            (critic.call(generator.call(noise)) - 1).pow(2).mean().backward();
            ledger.Step(makes); // and its twin
        }
        var account = ledger.Read();
        Closes(account, 12, "generator", "critic.0", "critic.2");
        Assert.All(account.Audited.Where(a => a.Step % 2 == 0), a => Assert.Equal(0, a.Layers[0].StepLength)); // the critic's steps leave the generator alone
        Assert.All(account.Audited.Where(a => a.Step % 2 == 1), a => Assert.True(a.Layers[0].StepLength > 0));
    }

    private static void Closes(TrainingAccount account, int steps, params string[] layers)
    {
        Assert.Equal(steps, account.Audited.Length);
        Assert.All(account.Audited, a => Assert.True(a.ClosureResidual <= 1e-5, $"step {a.Step}: {a.ClosureResidual:g3}"));
        foreach (var layer in layers) Assert.Contains(account.Audited[0].Layers, l => l.Name == layer);
    }

    private sealed class TiedAutoencoder : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Linear encoder = nn.Linear(12, 4).to(float64);

        public TiedAutoencoder()
            : base("tied") => RegisterComponents();

        public override Tensor forward(Tensor input) => nn.functional.linear(encoder.call(input).tanh(), encoder.weight!.t(), null);
    }
}
