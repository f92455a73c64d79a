using System.Collections.Immutable;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Optimizer = TorchSharp.torch.optim.Optimizer;

namespace Protonmotive.Learning.Accounts;

/// <summary>
/// Parts a step by the parts of its optimiser's rule. For the rules known (SGD, heavy ball, Nesterov's, Adam, AdamW) the step is built up
/// in this order, each part being what it adds: the plain gradient step with one mobility for all, clipping, momentum,
/// preconditioning, weight decay. What the rule does not explain is a part of its own, of the size of rounding where the rule is as published.
/// </summary>
/// <remarks>
/// The order is a convention: another would part the same sum otherwise. The one mobility of Adam, whose own are D = 1/(√v̂ + ε), is
/// m̂ᵀDm̂/m̂ᵀm̂, the scalar nearest to the step: preconditioning is then what turns the step out of the momentum's direction (Kingma and Ba 2015,
/// arXiv 1412.6980; Loshchilov and Hutter 2019, arXiv 1711.05101). A plain mean of D would be that of parameters without force, where D = 1/ε. Coupled decay (λθ added
/// to the gradient) goes through momentum: here its share of the step at hand is decay, and what older steps left of it is momentum.
/// </remarks>
internal sealed class Mechanisms
{
    /// <summary>Name of the part that the rule does not explain.</summary>
    public const string Rest = "rounding and rest";

    private readonly FlatParameters parameters;
    private readonly Optimizer optimiser;

    public Mechanisms(FlatParameters parameters, Optimizer optimiser) => (this.parameters, this.optimiser) = (parameters, optimiser);

    /// <summary>Heavy ball's buffer b before the step, for its kinetic store; null for other rules.</summary>
    public Tensor? ReadBuffer() => IsHeavyBall ? Join((_, s) => (s as SGD.State)?.momentum_buffer) : null;

    private bool IsHeavyBall => optimiser is SGD && optimiser.ParamGroups.OfType<SGD.ParamGroup>().All(g =>
        g.Options is SGD.Options { nesterov: not true, maximize: not true } o && o.dampening is null or 0 && o.momentum is > 0);

    /// <summary>The parts of a step that was just taken.</summary>
    /// <param name="raw">Gradient of the batch, not clipped.</param>
    /// <param name="clipped">The gradient that the optimiser was given.</param>
    /// <param name="start">θ₀.</param>
    /// <param name="step">Δ.</param>
    /// <returns>Names and displacements, which add up to Δ.</returns>
    public List<(string Name, Tensor Displacement)> Split(Tensor raw, Tensor clipped, Tensor start, Tensor step)
    {
        var parts = optimiser switch
        {
            SGD => SplitSgd(raw, clipped, start),
            Adam => SplitAdaptive(raw, clipped, start, isDecoupled: false),
            AdamW => SplitAdaptive(raw, clipped, start, isDecoupled: true),
            _ => [],
        };
        if (parts.Count == 0) return [("step as observed", step)];
        var rest = step.clone();
        foreach (var (_, displacement) in parts) rest = rest - displacement;
        return [.. parts, (Rest, rest)];
    }

    /// <summary>The kinetic account of heavy ball; null for other rules.</summary>
    public KineticStep? Kinetic(Tensor? bufferBefore, Tensor clipped, Tensor start, Tensor step)
    {
        if (bufferBefore is null || ReadBuffer() is not { } buffer) return null;
        using var scope = NewDisposeScope();
        var rate = Rates();
        var momentum = Option<SGD.Options>(o => o.momentum ?? 0);
        var force = clipped + (Option<SGD.Options>(o => o.weight_decay ?? 0) * start);
        double Half(Tensor a) => 0.5 * (rate * a * a).sum().item<double>();
        double before = Half(bufferBefore);
        return new KineticStep(-(force * step).sum().item<double>(), before, Half(buffer), before - Half(momentum * bufferBefore), Half(force));
    }

    /// <summary>Of Adam and AdamW: g²/max(v̂, ε²) of each parameter, after the step; null for other rules.</summary>
    public Tensor? ScaledSquares(Tensor clipped)
    {
        if (optimiser is not (Adam or AdamW)) return null;
        using var scope = NewDisposeScope();
        var (second, epsilon, _) = Moments();
        return scope.MoveToOuter(clipped * clipped / second.maximum((epsilon * epsilon).clamp_min(1e-300)));
    }

    /// <summary>
    /// The mobility of each parameter after a step, rates included, and the sharpness in it at which the rule stops to be stable; null for rules not
    /// known, or where groups of parameters differ in it.
    /// </summary>
    public (Tensor Mobility, double Limit)? Stability()
    {
        using var scope = NewDisposeScope();
        var limits = Groups().Select(g => g.Options).Select(o => o switch
        {
            SGD.Options { dampening: null or 0, maximize: not true } s => Ball(s.momentum ?? 0) / (s.nesterov == true ? 1 + (2 * (s.momentum ?? 0)) : 1),
            Adam.Options { maximize: not true } a => Average(a.beta1 ?? 0.9),
            AdamW.Options { maximize: not true } w => Average(w.beta1 ?? 0.9),
            _ => double.NaN,
        }).Distinct().ToList();
        if (limits.Count != 1 || double.IsNaN(limits[0])) return null;
        var mobility = Rates();
        if (optimiser is Adam or AdamW) mobility = mobility * Moments().Mobility;
        return (scope.MoveToOuter(mobility), limits[0]);
        static double Ball(double beta) => 2 + (2 * beta);
        static double Average(double beta) => Ball(beta) / (1 - beta); // the newest gradient has the weight 1 − β in the mean
    }

    private List<(string, Tensor)> SplitSgd(Tensor raw, Tensor clipped, Tensor start)
    {
        var sign = Option<SGD.Options>(o => o.maximize == true ? -1 : 1);
        var rate = Rates() * sign;
        var momentum = Option<SGD.Options>(o => o.momentum ?? 0);
        var nesterov = Option<SGD.Options>(o => o.nesterov == true ? 1 : 0);
        var decay = Option<SGD.Options>(o => o.weight_decay ?? 0);
        var buffer = Join((_, s) => (s as SGD.State)?.momentum_buffer);
        // The first step of TorchSharp's rule, as of PyTorch's, fills the buffer with the whole force; later ones damp it.
        var force = (sign * clipped) + (decay * start); // PyTorch turns the gradient, not the decay
        var whole = where(momentum == 0, force, where(nesterov == 1, force + (momentum * buffer), buffer));
        return
        [
            ("gradient", -rate * raw),
            ("clipping", -rate * (clipped - raw)),
            ("momentum", -Rates() * (whole - force)),
            ("weight decay", -Rates() * decay * start),
        ];
    }

    private static double Value(OptimizerOptions o, Func<Adam.Options, double> adam, Func<AdamW.Options, double> adamW) => o switch { Adam.Options a => adam(a), AdamW.Options w => adamW(w), _ => 0 };

    /// <summary>Adam's v̂, its ε, and the mobility 1/(√v̂ + ε), which is 0 of parameters of other optimisers.</summary>
    private (Tensor Second, Tensor Epsilon, Tensor Mobility) Moments()
    {
        var epsilon = Option<OptimizerOptions>(o => Value(o, a => a.eps ?? 1e-8, w => w.eps ?? 1e-8));
        var second = Join((o, s) => Corrected(Second(s, Value(o, x => x.amsgrad == true ? 1 : 0, x => x.amsgrad == true ? 1 : 0) != 0), s, Value(o, x => x.beta2 ?? 0.99, x => x.beta2 ?? 0.99)));
        var moving = Join((_, s) => s is null ? null : tensor(1.0));
        return (second, epsilon, where(moving > 0, 1 / (second.sqrt() + epsilon), moving));
    }

    private List<(string, Tensor)> SplitAdaptive(Tensor raw, Tensor clipped, Tensor start, bool isDecoupled)
    {
        var sign = Option<OptimizerOptions>(o => Value(o, a => a.maximize == true ? -1 : 1, w => w.maximize == true ? -1 : 1));
        var rate = Rates();
        var decay = Option<OptimizerOptions>(o => Value(o, a => a.weight_decay ?? 0, w => w.weight_decay ?? 0));
        var first = Join((o, s) => Corrected(s is Adam.State a ? a.exp_avg : (s as AdamW.State)?.exp_avg, s, Value(o, x => x.beta1 ?? 0.9, x => x.beta1 ?? 0.9)));
        var (_, _, mobility) = Moments();
        var moving = mobility.sign(); // parameters of other optimisers stand still
        var norm = (first * first).sum();
        var mean = where(norm > 0, (first * mobility * first).sum() / norm, norm); // 0 where nothing moves
        var coupled = isDecoupled ? zeros_like(start) : decay * start;
        var force = (sign * clipped) + coupled;
        return
        [
            ("gradient", -rate * mean * sign * raw * moving),
            ("clipping", -rate * mean * sign * (clipped - raw) * moving),
            ("momentum", -rate * mean * (first - force) * moving),
            ("preconditioning", -rate * (mobility - mean) * first * moving),
            ("weight decay", isDecoupled ? -rate * decay * start : -rate * mean * coupled * moving),
        ];
    }

    private static Tensor? Second(OptimizerState? state, bool isLargest) => state switch
    {
        Adam.State a => isLargest ? a.max_exp_avg_sq : a.exp_avg_sq,
        AdamW.State w => isLargest ? w.max_exp_avg_sq : w.exp_avg_sq,
        _ => null,
    };

    private static Tensor? Corrected(Tensor? average, OptimizerState? state, double beta)
    {
        long step = state switch { Adam.State a => a.step, AdamW.State w => w.step, _ => 0 };
        return average is null || step == 0 ? null : average.to(float64) / (1 - Math.Pow(beta, step));
    }

    private Tensor Rates()
    {
        var rates = Groups().SelectMany(g => g.Parameters.Select(p => (p.Handle, g.LearningRate))).ToDictionary(p => p.Handle, p => p.LearningRate);
        return parameters.Join(p => rates.TryGetValue(p.Handle, out double rate) ? tensor(rate) : null);
    }

    private Tensor Option<T>(Func<T, double> value)
        where T : OptimizerOptions
    {
        var values = Groups().SelectMany(g => g.Parameters.Select(p => (p.Handle, Value: g.Options is T o ? value(o) : 0))).ToDictionary(p => p.Handle, p => p.Value);
        return parameters.Join(p => values.TryGetValue(p.Handle, out double v) ? tensor(v) : null);
    }

    private Tensor Join(Func<OptimizerOptions, OptimizerState?, Tensor?> part)
    {
        var states = States();
        var options = Groups().SelectMany(g => g.Parameters.Select(p => (p.Handle, g.Options))).ToDictionary(p => p.Handle, p => p.Options);
        return parameters.Join(p => options.TryGetValue(p.Handle, out var o) ? part(o, states.GetValueOrDefault(p.Handle)) : null);
    }

    private IEnumerable<ParamGroup> Groups() => optimiser.ParamGroups.OfType<ParamGroup>();

    /// <summary>The optimiser's states by parameter: its state dictionary lists them in the order of its parameters.</summary>
    private Dictionary<nint, OptimizerState> States() =>
        optimiser is OptimizerHelper helper ? optimiser.parameters().Zip(helper.state_dict().State).ToDictionary(p => p.First.Handle, p => p.Second) : [];
}
