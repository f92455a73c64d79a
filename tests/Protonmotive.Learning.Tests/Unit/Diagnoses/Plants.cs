using Protonmotive.Learning.Accounts;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Models;
using Protonmotive.Learning.Tests.Unit.Accounts;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Layer = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;
using Transformer = Protonmotive.Learning.Models.Transformer;

namespace Protonmotive.Learning.Tests.Unit.Diagnoses;

/// <summary>The planted faults, each with its healthy twins, and healthy trainings of other kinds.</summary>
internal static class Plants
{
    /// <summary>The faults.</summary>
    public static readonly IReadOnlyList<Plant> All =
    [
        new("vanishing", "sigmoid gates, 20 layers, PyTorch's start", s => Dense(s, () => Deep(Sigmoid, null), every: 4), s => Dense(s, () => Deep(Tanh, 1.05), rate: 0.01, every: 4)),
        new("exploding", "10 rectified layers, weights times 3 of what keeps the norm", s => Dense(s, () => Deep(ReLU, 3 * Math.Sqrt(2), 10), rate: 1e-12, every: 4), s => Dense(s, () => Deep(ReLU, Math.Sqrt(2), 10), rate: 0.01, every: 4)),
        new("beyond the depth scale", "12 tanh layers, rotations times 0.75", s => Dense(s, () => Deep(Tanh, 0.75, 12), rate: 0.01, every: 4), s => Dense(s, () => Deep(Tanh, 1.05, 12), rate: 0.01, every: 4)),
        new("rank collapse", "attention on attention, without residual connections", s => Text(s, () => new Stack(hasResidual: false)), s => Text(s, () => new Stack(hasResidual: true))),
        new("low rank", "first layer's weights of rank one", s => Dense(s, () => Change(Wide(ReLU), OneDirection)), s => Dense(s, () => Wide(ReLU))),
        new("dead gates", "biases of −10", s => Dense(s, () => Change(Wide(ReLU), n => First(n).bias!.fill_(-10))), s => Dense(s, () => Wide(ReLU))),
        new("some dead gates", "biases of −10 in 7 of 32 units", s => Dense(s, () => Change(Wide(ReLU), n => First(n).bias!.narrow(0, 0, 7).fill_(-10))), s => Dense(s, () => Wide(ReLU))),
        new("dormant", "weights into 12 of 32 units times 1e-3", s => Dense(s, () => Change(Wide(ReLU), Silence)), s => Dense(s, () => Wide(ReLU))),
        new("saturated", "inputs times 100 before tanh", s => Dense(s, () => Wide(Tanh), scale: _ => 100), s => Dense(s, () => Wide(Tanh))),
        new("attention collapsed", "queries and keys times 30", s => Text(s, () => Change(Small(2), n => QueriesAndKeys(n).mul_(30))), s => Text(s, () => Small(2))),
        new("attention idle", "queries and keys that are 0, so that they stay it", s => Text(s, () => Change(Small(1), n => QueriesAndKeys(n).zero_())), s => Text(s, () => Small(1))),
        new("overshoot", "rate of 1.5 times 2/λ on a parabola", s => Parabola(s, 1.5), s => Parabola(s, 0.5)),
        new("unstable step", "rate of 1.3 times 2/λ on a parabola", s => Parabola(s, 1.3, hasSharpness: true), s => Parabola(s, 0.5, hasSharpness: true), s => Edge(s)),
        new("step large", "Adam's rate of 0.1", s => Dense(s, () => Wide(ReLU), Adam(0.1)), s => Dense(s, () => Wide(ReLU), Adam(3e-3))),
        new("step too small", "rate of 1e-6", s => Dense(s, () => Wide(ReLU), rate: 1e-6), s => Dense(s, () => Wide(ReLU))),
        new("memorising", "labels at random", s => Dense(s, () => Wide(ReLU), rate: 0.3, batch: 128, steps: 150, isRandom: true), s => Dense(s, () => Wide(ReLU), batch: 128)),
        new("dominated by noise", "batches of 2, labels at random", s => Dense(s, () => Wide(ReLU), rate: 0.01, batch: 2, steps: 60, isRandom: true), s => Dense(s, () => Wide(ReLU), batch: 128)),
        new("stale preconditioner", "inputs times 30 from step 40 on, Adam with β₂ = 0.999", s => Dense(s, () => Wide(ReLU), Adam(1e-3), steps: 80, scale: t => t < 40 ? 1 : 30), s => Dense(s, () => Wide(ReLU), Adam(1e-3), steps: 80)),
        new("strained preconditioner", "5 layers that start near 0, so that the first one's gradient grows as the fourth power of time; Adam with β₂ = 0.999", s => Dense(s, () => Change(Deep(Tanh, 1, 5), Shrink), Adam(3e-4), steps: 100, points: 6400, every: 2), s => Dense(s, () => Deep(Tanh, 1, 5), Adam(3e-4), steps: 100, points: 6400, every: 2)),
        new("symmetry leak", "one layer's gradient is never set to zero", s => Dense(s, () => Wide(ReLU), forgets: 2), s => Dense(s, () => Wide(ReLU))),
        new("non-finite", "rate of 20 times 2/λ on a parabola, until the numbers end", s => Parabola(s, 20, steps: 200), s => Parabola(s, 0.5)),
        new("books don't close", "a loss whose gradient is cut in part", s => Books(s, isCut: true), s => Books(s, isCut: false)),
    ];

    /// <summary>Healthy trainings of kinds that no fault has for a twin.</summary>
    public static readonly IReadOnlyList<(string What, Func<int, TrainingAccount> Train)> Healthy =
    [
        ("no point twice: convolution, batch normalisation, dropout, AdamW", s => Dense(s, () => nn.Sequential(nn.Unflatten(1, [1, 3, 4]), nn.Conv2d(1, 8, 3, padding: 1), nn.BatchNorm2d(8), nn.ReLU(), nn.Flatten(), nn.Dropout(0.2), nn.Linear(96, 3)), p => optim.AdamW(p, 3e-3), steps: 100, points: 6400)),
        ("no point twice: GELU, layer normalisation, heavy ball", s => Dense(s, () => nn.Sequential(nn.Linear(12, 32), nn.LayerNorm(32), nn.GELU(), nn.Linear(32, 32), nn.LayerNorm(32), nn.GELU(), nn.Linear(32, 3)), p => optim.SGD(p, 0.01, momentum: 0.9), steps: 100, points: 6400)),
    ];

    private static Linear First(Layer network) => (Linear)network.children().First();

    private static Layer ReLU() => nn.ReLU();

    private static Layer Tanh() => nn.Tanh();

    private static Layer Sigmoid() => nn.Sigmoid();

    private static Func<IEnumerable<Parameter>, optim.Optimizer> Adam(double rate) => p => optim.Adam(p, rate, 0.9, 0.999);

    private static T Change<T>(T network, Action<T> change)
    {
        using var off = no_grad();
        change(network);
        return network;
    }

    private static void OneDirection(Layer network)
    {
        var weight = First(network).weight!;
        weight.copy_(outer(weight[.., 0], weight[0]) * 6);
        First(network).bias!.zero_();
    }

    private static void Silence(Layer network)
    {
        First(network).weight!.narrow(0, 0, 12).mul_(1e-3);
        First(network).bias!.narrow(0, 0, 12).zero_();
    }

    private static void Shrink(Layer network)
    {
        foreach (var p in network.parameters()) p.mul_(0.05);
    }

    private static Tensor QueriesAndKeys(Transformer network) => network.named_parameters().First(p => p.name.EndsWith("qkv.weight", StringComparison.Ordinal)).parameter.narrow(0, 0, 2 * network.Size.Width);

    private static Transformer Small(int layers) => new(new TransformerSize(8, 16, layers, 2, 64));

    private static Layer Wide(Func<Layer> gate) => nn.Sequential(nn.Linear(12, 32), gate(), nn.Linear(32, 32), gate(), nn.Linear(32, 3));

    /// <summary>Layers of 32 units; rotations times a gain, or PyTorch's start.</summary>
    private static Layer Deep(Func<Layer> gate, double? gain, int depth = 20)
    {
        var layers = Enumerable.Range(0, depth).Select(l => nn.Linear(l == 0 ? 12 : 32, l == depth - 1 ? 3 : 32)).ToList();
        using var off = no_grad();
        foreach (var layer in gain is null ? [] : layers)
        {
            nn.init.orthogonal_(layer.weight!, gain!.Value);
            layer.bias!.zero_();
        }
        return nn.Sequential(layers.SelectMany((l, i) => i == depth - 1 ? new Layer[] { l } : [l, gate()]).ToArray());
    }

    /// <summary>A classifier of the three overlapping classes.</summary>
    private static TrainingAccount Dense(int seed, Func<Layer> make, Func<IEnumerable<Parameter>, optim.Optimizer>? rule = null, double rate = 0.05, int batch = 64, int steps = 40, Func<int, double>? scale = null, bool isRandom = false, int? forgets = null, int every = 1, int points = 128)
    {
        using var scope = NewDisposeScope();
        manual_seed(seed);
        var (x, y) = SmallTraining.Problem(points, seed, float32);
        var (held, heldClasses) = SmallTraining.Problem(128, seed + 100_000, float32);
        if (isRandom) (y, heldClasses) = (randint(0, 3, [points]), randint(0, 3, [128]));
        var network = make();
        network.train();
        var optimiser = rule?.Invoke(network.parameters()) ?? optim.SGD(network.parameters(), rate);
        int step = 0;
        double Scale() => scale?.Invoke(step) ?? 1;
        using var ledger = TrainingLedger.Attach(network, optimiser, () => SmallTraining.Loss(network, held * Scale(), heldClasses), new TrainingLedgerOptions { Every = every });
        for (int epoch = 0; step < steps; epoch++)
        {
            foreach (var which in new Shuffle((ulong)seed).Batches(points, batch, epoch))
            {
                if (step == steps) break;
                using var inner = NewDisposeScope();
                var index = tensor(which);
                var (bx, by) = (x[index] * Scale(), y[index]);
                var parameters = network.parameters().ToList();
                for (int p = 0; p < parameters.Count; p++)
                {
                    if (p != forgets && parameters[p].grad is { } old) old.zero_();
                }
                SmallTraining.Loss(network, bx, by).backward();
                ledger.Step(() => SmallTraining.Loss(network, bx, by));
                step++;
            }
        }
        return ledger.Read();
    }

    /// <summary>Linear regression on the classes by all points at once, with a rate in units of 2/λ.</summary>
    private static TrainingAccount Parabola(int seed, double share, bool hasSharpness = false, int steps = 12)
    {
        using var scope = NewDisposeScope();
        manual_seed(seed);
        var (x, y) = SmallTraining.Problem(128, seed, float32);
        var (held, heldClasses) = SmallTraining.Problem(128, seed + 100_000, float32);
        var network = nn.Sequential(nn.Linear(12, 3));
        Tensor Loss(Tensor points, Tensor classes) => nn.functional.mse_loss(network.call(points), nn.functional.one_hot(classes, 3).to(float32));
        double rate = share * 2 / Sharpness.Of(network, () => Loss(x, y)).Largest;
        return Whole(network, optim.SGD(network.parameters(), rate), () => Loss(x, y), () => Loss(held, heldClasses), steps, new TrainingLedgerOptions { Every = 1, HasSharpness = hasSharpness });
    }

    /// <summary>Plain descent on all points at once from half of 2/λ on: the loss sharpens up to the edge of stability and beyond, falls back in spikes and hovers there (Cohen et al. 2021). The probe is the training set.</summary>
    private static TrainingAccount Edge(int seed)
    {
        using var scope = NewDisposeScope();
        manual_seed(seed);
        var (x, y) = SmallTraining.Problem(64, seed, float32);
        var network = Wide(nn.Tanh);
        Tensor Loss() => nn.functional.mse_loss(network.call(x), nn.functional.one_hot(y, 3).to(float32));
        double rate = 1 / Sharpness.Of(network, Loss).Largest;
        return Whole(network, optim.SGD(network.parameters(), rate), Loss, Loss, 400, new TrainingLedgerOptions { Every = 5, HasSharpness = true });
    }

    private static TrainingAccount Whole(Layer network, optim.Optimizer optimiser, Func<Tensor> loss, Func<Tensor> probe, int steps, TrainingLedgerOptions options)
    {
        using var ledger = TrainingLedger.Attach(network, optimiser, probe, options);
        try
        {
            for (int step = 0; step < steps; step++)
            {
                using var inner = NewDisposeScope();
                optimiser.zero_grad();
                loss().backward();
                ledger.Step(loss);
            }
        }
        catch (TrainingLedgerException)
        {
            // a training that leaves the numbers ends here; its account says so
        }
        return ledger.Read();
    }

    /// <summary>A small network of 64-bit numbers with the curvature integrated.</summary>
    private static TrainingAccount Books(int seed, bool isCut)
    {
        using var scope = NewDisposeScope();
        var network = SmallTraining.Network("tanh", float64, seed);
        var (x, y) = SmallTraining.Problem(64, seed);
        var (held, heldClasses) = SmallTraining.Problem(32, seed + 100_000);
        Tensor Probe()
        {
            var loss = SmallTraining.Loss(network, held, heldClasses);
            return isCut ? loss * loss.detach() : loss * loss;
        }
        return Whole(network, optim.SGD(network.parameters(), 0.1), () => SmallTraining.Loss(network, x, y), Probe, 8, new TrainingLedgerOptions { Every = 1, Curvature = CurvatureSource.Quadrature });
    }

    /// <summary>Characters at random, each to be told one place later: attention has something to find.</summary>
    private static TrainingAccount Text(int seed, Func<Layer> make)
    {
        using var scope = NewDisposeScope();
        manual_seed(seed);
        var network = make();
        var optimiser = optim.Adam(network.parameters(), 3e-3);
        (Tensor, Tensor) Draw(int count)
        {
            var text = randint(0, 8, [count, 17]);
            return (text.narrow(1, 1, 16), text.narrow(1, 0, 16).contiguous());
        }
        Tensor Loss(Tensor input, Tensor target) => nn.functional.cross_entropy(network.call(input).flatten(0, 1), target.flatten());
        var (held, heldTarget) = Draw(32);
        using var ledger = TrainingLedger.Attach(network, optimiser, () => Loss(held, heldTarget), new TrainingLedgerOptions { Every = 10 });
        for (int step = 0; step < 150; step++)
        {
            using var inner = NewDisposeScope();
            var (input, target) = Draw(32);
            optimiser.zero_grad();
            Loss(input, target).backward();
            ledger.Step(() => Loss(input, target));
        }
        return ledger.Read();
    }

    /// <summary>Eight layers of plain self-attention, with residual connections and normalisation or without (Dong et al. 2021).</summary>
    private sealed class Stack : nn.Module<Tensor, Tensor>
    {
        private readonly Embedding characters = nn.Embedding(8, 16), places = nn.Embedding(16, 16);
        private readonly ModuleList<Linear> queries = Make(), keys = Make(), values = Make();
        private readonly LayerNorm norm = nn.LayerNorm(16);
        private readonly Linear readout = nn.Linear(16, 8);
        private readonly bool hasResidual;

        public Stack(bool hasResidual)
            : base("stack")
        {
            this.hasResidual = hasResidual;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var x = characters.call(input) + places.call(arange(input.shape[1]));
            for (int l = 0; l < queries.Count; l++)
            {
                var z = hasResidual ? norm.call(x) : x;
                var heard = nn.functional.softmax(queries[l].call(z).matmul(keys[l].call(z).transpose(1, 2)) / 4, -1).matmul(values[l].call(z));
                x = hasResidual ? x + heard : heard;
            }
            return readout.call(x);
        }

        private static ModuleList<Linear> Make() => nn.ModuleList([.. Enumerable.Range(0, 8).Select(_ => nn.Linear(16, 16, hasBias: false))]);
    }
}
