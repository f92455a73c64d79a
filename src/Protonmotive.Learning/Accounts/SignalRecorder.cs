using System.Collections.Immutable;
using Protonmotive.Learning.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Accounts;

/// <summary>
/// Records what comes out of every module without parts of its own, and what modules of attention look at, by forward hooks that are there for one evaluation only. TorchSharp has no
/// backward hooks: a recorded output is a link of the graph, so that the gradient by it is δ there.
/// </summary>
/// <remarks>Hooks are called by <c>call</c>, not by <c>forward</c>. A module called several times is recorded at its last call.</remarks>
internal sealed class SignalRecorder : IDisposable
{
    /// <summary>Units above which ranks are not computed: their cost goes with the cube.</summary>
    private const long LargestRank = 1024;

    /// <summary>Numbers in a piece of what is summed over.</summary>
    private const long PieceSize = 1 << 18;

    private readonly List<(string Name, nn.Module Module, Tensor Output)> outputs = [];
    private readonly List<AttentionSignal> attention = [];
    private readonly List<Action> removals = [];

    public SignalRecorder(nn.Module network)
    {
        foreach (var (name, module) in network.named_modules())
        {
            if (module is CausalAttention heads) removals.Add(heads.register_forward_pre_hook((_, input) => Record(AttentionSignal.Of(name, heads, input), input)).remove);
            if (module is not nn.Module<Tensor, Tensor> leaf || module.children().Any()) continue;
            var hook = leaf.register_forward_hook((_, _, output) => Record(name, module, output));
            removals.Add(hook.remove);
        }
    }

    /// <summary>The outputs, in the order of the calls.</summary>
    public IReadOnlyList<Tensor> Outputs => [.. outputs.Select(o => o.Output)];

    /// <summary>What the modules of attention look at, in the order of the calls.</summary>
    public ImmutableArray<AttentionSignal> Attention => [.. attention];

    /// <summary>The signals, given the gradients by the outputs.</summary>
    public ImmutableArray<LayerSignal> Signals(IReadOnlyList<Tensor?> adjoints)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        return [.. outputs.Zip(adjoints, (o, d) => Signal(o.Name, o.Module, o.Output.detach(), d))];
    }

    public void Dispose()
    {
        foreach (var remove in removals) remove();
    }

    private Tensor Record(string name, nn.Module module, Tensor output)
    {
        if (!output.is_floating_point() || !output.requires_grad) return output;
        var link = output.alias();
        outputs.RemoveAll(o => ReferenceEquals(o.Module, module));
        outputs.Add((name, module, link));
        return link.alias(); // the caller may dispose what it gets
    }

    private Tensor Record(AttentionSignal signal, Tensor input)
    {
        attention.RemoveAll(a => a.Name == signal.Name);
        attention.Add(signal);
        return input;
    }

    // All is summed over pieces: activations of a probe in 64-bit numbers would be fresh memory, which takes longer than what is computed in it.
    private static LayerSignal Signal(string name, nn.Module module, Tensor output, Tensor? adjoint)
    {
        using var scope = NewDisposeScope();
        var a = output.dim() < 2 ? output.reshape(1, -1) : output;
        int axis = a.dim() == 4 ? 1 : (int)a.dim() - 1;
        long units = a.shape[axis], places = a.numel() / units;
        bool isRectifier = module is ReLU or GELU, hasParameters = module.parameters(false).Any(), isRanked = hasParameters && units <= LargestRank;
        double squares = 0;
        Tensor largest = zeros([units], float64, a.device), sizes = zeros_like(largest), beyond = zeros_like(largest), sum = zeros_like(largest), gram = zeros(isRanked ? [units, units] : [0], float64, a.device);
        OverPieces(a, piece =>
        {
            var x = ByUnit(piece, axis);
            squares += Square(piece);
            if (isRectifier)
            {
                var size = x.abs();
                largest.copy_(largest.maximum(size.amax([1])));
                sizes.add_(size.sum(1));
            }
            if (module is Tanh) beyond.add_(x.abs().gt(0.97).sum(1));
            if (module is Sigmoid) beyond.add_((x - 0.5).abs().gt(0.485).sum(1));
            if (!isRanked) return;
            sum.add_(x.sum(1));
            if (places >= units) gram.add_(x.matmul(x.t()));
        });
        double Share(Tensor which) => which.to(float64).mean().item<double>();
        double dead = module is ReLU ? Share(largest.eq(0)) : 0, dormant = isRectifier ? Share(sizes.le(0.025 * sizes.mean())) : 0, saturated = module is Tanh or Sigmoid ? Share((beyond / places).gt(0.5)) : 0;
        var signal = new LayerSignal(name, module.GetType().Name, units, hasParameters, Math.Sqrt(squares), adjoint is { IsInvalid: false } d ? Norm(d) : 0, dead, dormant, saturated);
        if (!isRanked) return signal;
        double apart = 0;
        var mean = (sum / places).unsqueeze(1);
        bool isSequence = a.dim() == 3 && a.shape[1] > 1;
        OverPieces(a, piece => apart += Square(isSequence ? piece - piece.mean([1], keepdim: true) : ByUnit(piece, axis) - mean));
        return signal with { EffectiveRank = places < units ? EffectiveRank.Of(ByUnit(a, axis)) : EffectiveRank.OfGram(gram), Spread = Math.Sqrt(apart) / signal.Forward };
    }

    /// <summary>Values by unit; shape [units, places].</summary>
    private static Tensor ByUnit(Tensor a, int axis) => axis == a.dim() - 1 ? a.reshape(-1, a.shape[axis]).t() : a.transpose(0, axis).reshape(a.shape[axis], -1);

    /// <summary>Hands over whole examples, some at a time, in 64-bit numbers.</summary>
    private static void OverPieces(Tensor a, Action<Tensor> use)
    {
        long examples = Math.Max(1, PieceSize * a.shape[0] / Math.Max(1, a.numel()));
        for (long start = 0; start < a.shape[0]; start += examples)
        {
            using var scope = NewDisposeScope();
            use(a.narrow(0, start, Math.Min(examples, a.shape[0] - start)).to(float64));
        }
    }

    private static double Square(Tensor a) => a.norm().item<double>() is var norm ? norm * norm : 0;

    private static double Norm(Tensor a)
    {
        double squares = 0;
        OverPieces(a.dim() == 0 ? a.reshape(1) : a, piece => squares += Square(piece));
        return Math.Sqrt(squares);
    }
}
