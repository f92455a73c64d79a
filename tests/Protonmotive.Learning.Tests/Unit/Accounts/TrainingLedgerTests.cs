using Protonmotive.Learning.Accounts;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Tests.Unit.Accounts;

public class TrainingLedgerTests
{
    /// <summary>Plain descent on L = ½ Σ hᵢθᵢ² with the batch as probe: P = η‖g‖², N = 0, K = ½η² Σ hᵢgᵢ².</summary>
    [Fact]
    public void A_parabola_has_its_closed_form()
    {
        using var scope = NewDisposeScope();
        var network = new Parabola([1, 3], [2, -1]);
        const double rate = 0.1;
        using var ledger = TrainingLedger.Attach(network, optim.SGD(network.parameters(), rate), network.Loss, TrainingLedgerOptions.Audit);
        network.Loss().backward();
        var step = ledger.Step(network.Loss)!;
        Assert.Equal(rate * (4 + 9), step.Supplied, 1e-14);
        Assert.Equal(0, step.Noise, 1e-14);
        Assert.Equal(rate * rate / 2 * ((1 * 4) + (3 * 9)), step.Curvature, 1e-14);
        Assert.Equal(step.Curvature, step.CurvatureByTrapezium, 1e-14); // a parabola has no third order
        Assert.Equal(0, step.Memorised!.Value, 1e-14);
        Assert.Equal(3.5, step.LossBefore, 1e-14);
    }

    /// <summary>Beyond 2/η the step climbs: K exceeds P and the gain is negative, as −ηg²(1 − ηh/2) says.</summary>
    [Fact]
    public void A_step_too_long_is_paid_for_by_curvature()
    {
        using var scope = NewDisposeScope();
        var network = new Parabola([5], [1]);
        using var ledger = TrainingLedger.Attach(network, optim.SGD(network.parameters(), 0.5), network.Loss, TrainingLedgerOptions.Audit);
        network.Loss().backward();
        var step = ledger.Step()!;
        Assert.Equal(0.5 * 25 * (1 - 1.25), step.Gained, 1e-13);
        Assert.True(step.Curvature > step.Supplied);
    }

    /// <summary>
    /// Batches that see the probe's gradient and Gaussian noise of variance σ² on it: E P = η(‖g‖² + σ²d), E N = ησ²d, so the share of noise
    /// is 1/(1 + SNR). 4,000 steps of 50 parameters; the mean's error is below 1 %.
    /// </summary>
    [Fact]
    public void The_share_of_noise_is_that_of_the_signal_to_noise_ratio()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var network = new Parabola(new double[50], new double[50]);
        var slope = ones(50, float64);
        Tensor Loss(Tensor force) => (network.Theta * force).sum();
        using var ledger = TrainingLedger.Attach(network, optim.SGD(network.parameters(), 1e-3), () => Loss(slope), new TrainingLedgerOptions { Every = 1 });
        for (int i = 0; i < 4000; i++)
        {
            network.zero_grad();
            Loss(slope + (2 * randn(50, float64))).backward();
            ledger.Step();
        }
        var account = ledger.Read();
        const double ratio = 1.0 / 4; // signal 50, noise 4 · 50
        Assert.Equal(1 / (1 + ratio), account.Noise / account.Supplied, 0.01);
    }

    /// <summary>With dropout and batch normalisation in the network, weights and the random generator are the same to the bit with the ledger and without.</summary>
    [Fact]
    public void The_training_is_not_changed()
    {
        List<float[]> Train(bool watched)
        {
            using var scope = NewDisposeScope();
            manual_seed(2);
            var network = nn.Sequential(nn.Linear(12, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.3), nn.Linear(16, 3));
            var optimiser = optim.AdamW(network.parameters(), 1e-2);
            var (x, y) = SmallTraining.Problem(32, 1, float32);
            using var ledger = watched ? TrainingLedger.Attach(network, optimiser, () => SmallTraining.Loss(network, x, y), new TrainingLedgerOptions { Every = 2 }) : null;
            for (int i = 0; i < 20; i++)
            {
                optimiser.zero_grad();
                SmallTraining.Loss(network, x, y).backward();
                if (ledger is null)
                {
                    nn.utils.clip_grad_norm_(network.parameters(), 0.7);
                    optimiser.step();
                }
                else
                {
                    ledger.Step(() => SmallTraining.Loss(network, x, y), clip: 0.7);
                }
            }
            Assert.All(network.modules(), m => Assert.True(m.training));
            return [.. network.state_dict().Values.Where(t => t.dtype == ScalarType.Float32).Select(t => t.data<float>().ToArray()), rand(3).data<float>().ToArray()];
        }
        Assert.Equal(Train(watched: false), Train(watched: true));
    }

    [Fact]
    public void Steps_between_audits_are_known_by_what_they_gained_together()
    {
        var account = SmallTraining.Train("tanh", "adam", 50, new TrainingLedgerOptions { Every = 10, Name = "small" });
        Assert.Equal([0L, 10, 20, 30, 40], account.Audited.Select(a => a.Step));
        var ledger = account.ToLedger();
        Assert.Equal(account.LossAtStart - account.LossAtEnd, ledger.StoredChange, 1e-12);
        Assert.Equal(account.Supplied, ledger.Supplied, 1e-12);
        Assert.Equal(account.Noise + account.Curvature, ledger.Dissipated, 1e-12);
        Assert.Equal(account.Gained - account.GainedInAll, ledger.Unaccounted, 1e-12);
        Assert.True(ledger.ClosureResidual < 1e-12);
        var text = account.ToString();
        foreach (var word in new[] { "held-out loss removed", "steps not audited", "middle", "gained W = P − N − K", "memorised", "one step in 10" }) Assert.Contains(word, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.01, 4)] // cheap: the median of three after the first
    [InlineData(3.0, 2)] // dear: one after the first
    public void How_often_to_audit_is_chosen_to_the_budget(double audit, int timed)
    {
        var schedule = new AuditSchedule(null, budget: 0.08);
        int audits = 0;
        long step = 0;
        for (; schedule.Every is null; step++)
        {
            schedule.Took(step, audit / 3, schedule.IsAudited(step) ? audits++ == 0 ? 2 * audit : audit : null); // the first one compiles
            Assert.True(step < 100);
        }
        Assert.Equal(timed, audits);
        Assert.Equal(50, schedule.Every); // 3 / 0.08 = 37.5, rounded up in steps of 1, 2, 5
    }

    [Fact]
    public void All_audits_together_keep_to_the_budget()
    {
        var schedule = new AuditSchedule(null, budget: 0.08);
        var audited = new List<long>();
        for (long step = 0; step <= 400; step++)
        {
            bool isAudited = schedule.IsAudited(step);
            if (isAudited) audited.Add(step);
            schedule.Took(step, 1, isAudited ? step == 100 ? 12 : 3 : null); // four times what it was
        }
        Assert.Equal(50, schedule.Every);
        Assert.Equal([0, 5, 100, 250, 300, 350, 400], audited); // 6 s at first: more than 0.08 of 50 steps, as 18 s are of 200 and fewer
        var given = new AuditSchedule(50, budget: 0.08);
        given.Took(0, 1, 1000);
        Assert.True(given.IsAudited(50));
    }

    [Theory]
    [InlineData(0.1, 16)]
    [InlineData(1.0, 5)] // five seconds are spent then
    public void Sixteen_audits_are_spread_over_a_short_training(double seconds, int spread)
    {
        var schedule = new AuditSchedule(null, budget: 0.08, length: 320);
        var audited = new List<long>();
        for (long step = 0; step < 320; step++)
        {
            if (schedule.IsAudited(step)) audited.Add(step);
            schedule.Took(step, 0.001, audited.Contains(step) ? seconds : null);
        }
        Assert.InRange(audited.Count(s => s % 20 == 0), spread == 16 ? 16 : 1, spread);
        Assert.True(audited.Count < 24, $"{audited.Count}");
        Assert.True(new AuditSchedule(null, budget: 0.08, length: 3).IsAudited(2));
    }

    [Fact]
    public void Faults_say_what_to_do()
    {
        using var scope = NewDisposeScope();
        var single = SmallTraining.Network("tanh", ScalarType.Float32);
        var optimiser = optim.SGD(single.parameters(), 0.1);
        var (x, y) = SmallTraining.Problem(8, 1, float32);
        Tensor Loss() => SmallTraining.Loss(single, x, y);
        Assert.Contains("64-bit", Assert.Throws<TrainingLedgerException>(() => TrainingLedger.Attach(single, optimiser, Loss, TrainingLedgerOptions.Audit)).What, StringComparison.Ordinal);
        Assert.Contains("no parameter", Assert.Throws<TrainingLedgerException>(() => TrainingLedger.Attach(nn.ReLU(), [], Loss)).What, StringComparison.Ordinal);
        using var constant = TrainingLedger.Attach(single, optimiser, () => tensor(1f));
        Assert.Contains("depends on no parameter", Assert.Throws<TrainingLedgerException>(() => constant.Step()).What, StringComparison.Ordinal);
        using var notANumber = TrainingLedger.Attach(single, optimiser, () => Loss() * float.NaN);
        Assert.Contains("NaN", Assert.Throws<TrainingLedgerException>(() => notANumber.Step()).What, StringComparison.Ordinal);
        using var many = TrainingLedger.Attach(single, optimiser, () => single.call(x));
        Assert.Contains("24 numbers", Assert.Throws<TrainingLedgerException>(() => many.Step()).What, StringComparison.Ordinal);
        using var several = TrainingLedger.Attach(single, [optimiser, optim.SGD(single.parameters(), 1)], Loss);
        Assert.Contains("several", Assert.Throws<TrainingLedgerException>(() => several.Step()).What, StringComparison.Ordinal);
        Assert.Contains("not attached", Assert.Throws<TrainingLedgerException>(() => several.Step(optim.SGD(single.parameters(), 1))).What, StringComparison.Ordinal);
    }

    /// <summary>A module that the loss does not use has no gradient, no step and no power.</summary>
    [Fact]
    public void Layers_that_are_not_used_stand_still()
    {
        using var scope = NewDisposeScope();
        var network = new Spare();
        var (x, y) = SmallTraining.Problem(8, 1);
        using var ledger = TrainingLedger.Attach(network, optim.Adam(network.parameters(), 1e-2), () => SmallTraining.Loss(network, x, y), TrainingLedgerOptions.Audit);
        SmallTraining.Loss(network, x, y).backward();
        var step = ledger.Step()!;
        Assert.Equal((0, 0, 0), step.Layers.Where(l => l.Name == network.NameOfUnused).Select(l => (l.Supplied, l.StepLength, l.GradientNorm)).Single());
        Assert.True(step.ClosureResidual <= 1e-10);
    }

    private sealed class Spare : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> used = nn.Linear(12, 3).to(float64), spare = nn.Linear(3, 2).to(float64);

        public Spare()
            : base("spare") => RegisterComponents();

        public override Tensor forward(Tensor input) => used.call(input);

        public string NameOfUnused => nameof(spare);
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

        public TorchSharp.Modules.Parameter Theta => theta;

        public Tensor Loss() => 0.5 * (h * Theta * Theta).sum();
    }
}
