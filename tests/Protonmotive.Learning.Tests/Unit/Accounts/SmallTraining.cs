using Protonmotive.Learning.Accounts;
using Protonmotive.Learning.Data;
using Protonmotive.Learning.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Tests.Unit.Accounts;

/// <summary>Small networks in 64-bit numbers, a made-up problem of classes, and the rules they are trained by.</summary>
internal static class SmallTraining
{
    public static readonly string[] Networks = ["tanh", "relu", "convolution", "attention"];

    public static readonly string[] Rules = ["sgd", "momentum", "adam", "adamw+clip"];

    /// <summary>A network of 12 inputs and 3 classes; the same seed gives the same weights.</summary>
    public static nn.Module<Tensor, Tensor> Network(string name, ScalarType type = ScalarType.Float64, long seed = 1)
    {
        LibTorch.Load();
        manual_seed(seed);
        nn.Module<Tensor, Tensor> network = name switch
        {
            "tanh" => nn.Sequential(("in", nn.Linear(12, 10)), ("f1", nn.Tanh()), ("middle", nn.Linear(10, 8)), ("f2", nn.Tanh()), ("out", nn.Linear(8, 3))),
            "relu" => nn.Sequential(("in", nn.Linear(12, 6)), ("f1", nn.ReLU()), ("middle", nn.Linear(6, 5)), ("f2", nn.ReLU()), ("out", nn.Linear(5, 3))),
            "convolution" => nn.Sequential(("image", nn.Unflatten(1, [1, 3, 4])), ("filter", nn.Conv2d(1, 4, 3, padding: 1)), ("f1", nn.GELU()), ("flat", nn.Flatten()), ("out", nn.Linear(48, 3))),
            "attention" => new AttentionClassifier(),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
        return network.to(type);
    }

    public static optim.Optimizer Optimiser(string rule, nn.Module network) => rule switch
    {
        "sgd" => optim.SGD(network.parameters(), 0.1),
        "momentum" => optim.SGD(network.parameters(), 0.02, momentum: 0.9),
        "adam" => optim.Adam(network.parameters(), 3e-3),
        "adamw+clip" => optim.AdamW(network.parameters(), 3e-3, weight_decay: 0.05),
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    /// <summary>Points of three overlapping classes: noise around centres, so that batches differ from the probe.</summary>
    public static (Tensor Points, Tensor Classes) Problem(int count, long seed, ScalarType type = ScalarType.Float64)
    {
        var random = new Philox((ulong)seed);
        var points = new double[count * 12];
        var classes = new long[count];
        for (int i = 0; i < count; i++)
        {
            classes[i] = i % 3;
            for (int k = 0; k < 12; k++)
            {
                double normal = Math.Sqrt(-2 * Math.Log(1 - random.Uniform((uint)i, (uint)(2 * k)))) * Math.Cos(2 * Math.PI * random.Uniform((uint)i, (uint)((2 * k) + 1)));
                points[(i * 12) + k] = normal + (k % 3 == classes[i] ? 0.8 : 0);
            }
        }
        return (tensor(points, [count, 12]).to(type), tensor(classes));
    }

    public static Tensor Loss(nn.Module<Tensor, Tensor> network, Tensor points, Tensor classes) => nn.functional.cross_entropy(network.call(points), classes);

    /// <summary>Trains with an account, in batches of 8 out of 96 points.</summary>
    public static TrainingAccount Train(string network, string rule, int steps, TrainingLedgerOptions options, ScalarType type = ScalarType.Float64)
    {
        using var scope = NewDisposeScope();
        var net = Network(network, type);
        var optimiser = Optimiser(rule, net);
        var (points, classes) = Problem(96, 1, type);
        var (heldOut, heldOutClasses) = Problem(network == "relu" ? 12 : 48, 2, type); // each of its gates has a kink for each point
        using var ledger = TrainingLedger.Attach(net, optimiser, () => Loss(net, heldOut, heldOutClasses), options);
        for (int step = 0, epoch = 0; step < steps; epoch++)
        {
            foreach (var batch in new Shuffle(1).Batches(96, 8, epoch))
            {
                if (step++ == steps) break;
                using var inner = NewDisposeScope();
                var index = tensor(batch);
                var (x, y) = (points[index], classes[index]);
                optimiser.zero_grad();
                Loss(net, x, y).backward();
                ledger.Step(() => Loss(net, x, y), rule.EndsWith("clip", StringComparison.Ordinal) ? 0.5 : null);
            }
        }
        return ledger.Read();
    }

    /// <summary>Twelve numbers as a sequence of four, a head of attention over it, and a linear readout.</summary>
    private sealed class AttentionClassifier : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> embed = nn.Linear(3, 8), keys = nn.Linear(8, 8), queries = nn.Linear(8, 8), values = nn.Linear(8, 8), readout = nn.Linear(8, 3);
        private readonly nn.Module<Tensor, Tensor> norm = nn.LayerNorm(8);

        public AttentionClassifier()
            : base("attention") => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var x = embed.call(input.reshape(-1, 4, 3));
            var z = norm.call(x);
            x = x + nn.functional.scaled_dot_product_attention(queries.call(z), keys.call(z), values.call(z), is_casual: true);
            return readout.call(x.mean([1]));
        }
    }
}
