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

    private static LayerSignal Signal(string name, nn.Module module, Tensor a, Tensor? adjoint)
    {
        using var scope = NewDisposeScope(); // what is freed here is used again for the next layer: fresh memory takes longer than what is computed in it
        int axis = a.dim() switch { 4 => 1, 3 => 2, _ => (int)a.dim() - 1 };
        var byUnit = a.dim() == 0 ? a.reshape(1, 1) : axis == a.dim() - 1 ? a.reshape(-1, a.shape[axis]).t() : a.transpose(0, axis).reshape(a.shape[axis], -1);
        double Share(Tensor units) => units.to(float64).mean().item<double>();
        double dead = 0, dormant = 0, saturated = 0;
        if (module is ReLU) dead = Share(byUnit.abs().amax([1]).eq(0));
        if (module is ReLU or GELU)
        {
            var mean = byUnit.abs().mean([1]);
            dormant = Share(mean.le(0.025 * mean.mean()));
        }
        if (module is Tanh) saturated = Share(byUnit.abs().gt(0.97).to(float32).mean([1]).gt(0.5));
        if (module is Sigmoid) saturated = Share((byUnit - 0.5).abs().gt(0.485).to(float32).mean([1]).gt(0.5));
        bool hasParameters = module.parameters(false).Any();
        var signal = new LayerSignal(name, module.GetType().Name, byUnit.shape[0], hasParameters, Norm(a), adjoint is { IsInvalid: false } d ? Norm(d) : 0, dead, dormant, saturated);
        return !hasParameters || byUnit.shape[0] > LargestRank ? signal : signal with
        {
            EffectiveRank = EffectiveRank.Of(byUnit),
            Spread = Norm(a.dim() == 3 && a.shape[1] > 1 ? a - a.mean([1], keepdim: true) : byUnit - byUnit.mean([1], keepdim: true)) / signal.Forward,
        };
    }

    private static double Norm(Tensor a) => a.to(float64).norm().item<double>();
}
