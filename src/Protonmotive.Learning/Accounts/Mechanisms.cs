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

    /// <summary>What the parts of a step that was just taken supplied: −g_B·Δ of each part.</summary>
    /// <param name="raw">Gradient of the batch, not clipped: g_B.</param>
    /// <param name="clipped">The gradient that the optimiser was given.</param>
    /// <param name="start">θ₀.</param>
    /// <param name="step">Δ.</param>
    /// <returns>Names and powers, which add up to P; scalars of dot products by parameter, so that few vectors are made.</returns>
    public List<MechanismPower> Split(Tensor raw, Tensor clipped, Tensor start, Tensor step)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        double supplied = -raw.dot(step).item<double>();
        List<MechanismPower> parts = optimiser switch
        {
            SGD => SplitSgd(raw, clipped, start),
            Adam or AdamW => SplitAdaptive(raw, clipped, start),
            _ => [],
        };
        return parts.Count == 0 ? [new("step as observed", supplied)] : [.. parts, new(Rest, supplied - parts.Sum(p => p.Power))];
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

    /// <summary>Of Adam and AdamW: the root of the mean of g²/max(v̂, ε²) over some parameters, after the step; NaN for other rules, and where none of them is stepped.</summary>
    /// <param name="clipped">The gradient that the optimiser was given.</param>
    /// <param name="layers">Parameters of each layer.</param>
    public double[] ScaledGradients(Tensor clipped, IEnumerable<IReadOnlyList<Parameter>> layers)
    {
        var members = optimiser is Adam or AdamW ? Members().ToDictionary(m => m.Parameter.Handle) : [];
        return [.. layers.Select(layer =>
        {
            using var scope = NewDisposeScope();
            double sum = 0, count = 0;
            foreach (var p in layer)
            {
                if (!members.TryGetValue(p.Handle, out var m) || m.Second is not { } second) continue;
                var g = parameters.Slice(clipped, p);
                sum += (g * g / second.clamp_min(Math.Max(m.Epsilon * m.Epsilon, 1e-300))).sum().item<double>();
                count += p.numel();
            }
            return count == 0 ? double.NaN : Math.Sqrt(sum / count);
        })];
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
        if (optimiser is Adam or AdamW)
        {
            var members = Members().ToDictionary(m => m.Parameter.Handle);
            mobility = mobility * parameters.Join(p => members.TryGetValue(p.Handle, out var m) && m.Second is { } v ? (1 / (v.sqrt() + m.Epsilon)).reshape(p.shape) : null);
        }
        return (scope.MoveToOuter(mobility), limits[0]);
        static double Ball(double beta) => 2 + (2 * beta);
        static double Average(double beta) => Ball(beta) / (1 - beta); // the newest gradient has the weight 1 − β in the mean
    }

    private List<MechanismPower> SplitSgd(Tensor raw, Tensor clipped, Tensor start)
    {
        double gradient = 0, clipping = 0, momentum = 0, decay = 0;
        foreach (var m in Members())
        {
            if (m.Options is not SGD.Options o) continue;
            double sign = o.maximize == true ? -1 : 1, β = o.momentum ?? 0, λ = o.weight_decay ?? 0;
            double g = Dot(raw, raw, m), c = Dot(raw, clipped, m), θ = λ == 0 ? 0 : Dot(raw, start, m);
            double force = (sign * c) + (λ * θ); // PyTorch turns the gradient, not the decay
            // The first step of TorchSharp's rule, as of PyTorch's, fills the buffer with the whole force; later ones damp it.
            double buffer = β != 0 && (m.State as SGD.State)?.momentum_buffer is { IsInvalid: false } b ? Dot(raw, b, m) : 0;
            double whole = β == 0 ? force : o.nesterov == true ? force + (β * buffer) : buffer;
            gradient += m.Rate * sign * g;
            clipping += m.Rate * sign * (c - g);
            momentum += m.Rate * (whole - force);
            decay += m.Rate * λ * θ;
        }
        return [new("gradient", gradient), new("clipping", clipping), new("momentum", momentum), new("weight decay", decay)];
    }

    private List<MechanismPower> SplitAdaptive(Tensor raw, Tensor clipped, Tensor start)
    {
        bool isDecoupled = optimiser is AdamW;
        var members = Members().Where(m => m.First is not null && m.Second is not null).Select(m =>
        {
            using var scope = NewDisposeScope();
            var moved = m.First! / (m.Second!.sqrt() + m.Epsilon); // D m̂
            return (Member: m, First: Dot(raw, m.First!, m), Moved: Dot(raw, moved, m), Square: m.First!.dot(m.First!).item<double>(), Work: m.First!.dot(moved).item<double>());
        }).ToList();
        double square = members.Sum(m => m.Square), mean = square > 0 ? members.Sum(m => m.Work) / square : 0; // 0 where nothing moves
        double gradient = 0, clipping = 0, momentum = 0, preconditioning = 0, decay = 0;
        foreach (var (m, first, moved, _, _) in members)
        {
            double g = Dot(raw, raw, m), c = Dot(raw, clipped, m), θ = m.Decay == 0 ? 0 : Dot(raw, start, m), coupled = isDecoupled ? 0 : m.Decay * θ;
            gradient += m.Rate * mean * m.Sign * g;
            clipping += m.Rate * mean * m.Sign * (c - g);
            momentum += m.Rate * mean * (first - ((m.Sign * c) + coupled));
            preconditioning += m.Rate * (moved - (mean * first));
            decay += m.Rate * (isDecoupled ? m.Decay * θ : mean * coupled);
        }
        return [new("gradient", gradient), new("clipping", clipping), new("momentum", momentum), new("preconditioning", preconditioning), new("weight decay", decay)];
    }

    private double Dot(Tensor vector, Tensor other, Member m) =>
        parameters.Slice(vector, m.Parameter).dot(other.numel() == vector.numel() && other.dim() == 1 ? parameters.Slice(other, m.Parameter) : other.detach().to(float64).flatten()).item<double>();

    /// <summary>The optimiser's parameters with their settings and states.</summary>
    private IEnumerable<Member> Members()
    {
        var states = States();
        return Groups().SelectMany(g => g.Parameters.Where(parameters.Holds).Select(p => new Member(p, g.LearningRate, g.Options, states.GetValueOrDefault(p.Handle))));
    }

    /// <summary>A parameter of the optimiser; what is of Adam is without a bias for the first steps.</summary>
    private sealed record Member(Parameter Parameter, double Rate, OptimizerOptions Options, OptimizerState? State)
    {
        public double Sign => Value(a => a.maximize == true ? -1 : 1, w => w.maximize == true ? -1 : 1);

        public double Decay => Value(a => a.weight_decay ?? 0, w => w.weight_decay ?? 0);

        public double Epsilon => Value(a => a.eps ?? 1e-8, w => w.eps ?? 1e-8);

        /// <summary>m̂, flat, in 64-bit numbers; null before the first step.</summary>
        public Tensor? First { get; } = Corrected(State is Adam.State a ? a.exp_avg : (State as AdamW.State)?.exp_avg, State, Options is Adam.Options x ? x.beta1 ?? 0.9 : (Options as AdamW.Options)?.beta1 ?? 0.9);

        /// <summary>v̂, flat, in 64-bit numbers; null before the first step.</summary>
        public Tensor? Second { get; } = Corrected(Mechanisms.Second(State, Options is Adam.Options { amsgrad: true } or AdamW.Options { amsgrad: true }), State, Options is Adam.Options x ? x.beta2 ?? 0.99 : (Options as AdamW.Options)?.beta2 ?? 0.99);

        private double Value(Func<Adam.Options, double> adam, Func<AdamW.Options, double> adamW) => Options switch { Adam.Options a => adam(a), AdamW.Options w => adamW(w), _ => 0 };
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
        return average is null || step == 0 ? null : average.detach().to(float64).flatten() / (1 - Math.Pow(beta, step));
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
