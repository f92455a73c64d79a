using System.Collections.Immutable;
using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Optimizer = TorchSharp.torch.optim.Optimizer;

namespace Protonmotive.Learning.Accounts;

/// <summary>
/// Keeps the account of a training loop, for any module, loss and optimiser: attach it once, and call <see cref="Step(Func{Tensor}, double?)"/>
/// in place of the optimiser's step.
/// </summary>
/// <remarks>
/// <code>
/// using var ledger = TrainingLedger.Attach(network, optimiser, () => loss(network.call(heldOut.Images), heldOut.Labels));
/// foreach (var batch in batches)
/// {
///     optimiser.zero_grad();
///     loss(network.call(batch.Images), batch.Labels).backward();
///     ledger.Step();                    // was optimiser.step()
/// }
/// Console.WriteLine(ledger.Read());
/// </code>
/// On one step in k it evaluates the probe before and after, at most 2 forward and 2 backward passes; between, it does nothing but call the
/// optimiser. The training itself is not changed by it, to the bit. What the identities are: <see cref="StepAccount"/>.
/// </remarks>
public sealed class TrainingLedger : IDisposable
{
    /// <summary>Length of a matrix's shorter side above which its rank is not computed: the cost goes with the cube.</summary>
    private const long LargestRank = 1024;

    private readonly ImmutableArray<Optimizer> optimisers;
    private readonly ImmutableArray<Mechanisms> mechanisms;
    private readonly Func<Tensor> probeLoss;
    private readonly TrainingLedgerOptions options;
    private readonly FlatParameters parameters;
    private readonly Probe probe;
    private readonly Symmetries symmetries;
    private readonly AuditSchedule schedule;
    private readonly ImmutableArray<StepAccount>.Builder audited = ImmutableArray.CreateBuilder<StepAccount>();
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan lastEnd;
    private double trainingSeconds, auditSeconds;
    private long steps;
    private NonFinite? nonFinite;

    private TrainingLedger(nn.Module network, ImmutableArray<Optimizer> optimisers, Func<Tensor> probeLoss, TrainingLedgerOptions options)
    {
        (this.optimisers, this.probeLoss, this.options) = (optimisers, probeLoss, options);
        parameters = new FlatParameters(network, optimisers.Select((o, i) => (optimisers.Length == 1 ? "other parameters" : $"other parameters of optimiser {i + 1}", o.parameters())));
        if (parameters.Count == 0) throw new TrainingLedgerException("The network has no parameter that learns.", "training ledger", "Attach it after the modules are registered, and let some parameters require a gradient.");
        if (options.Curvature == CurvatureSource.Quadrature && parameters.Parameters.Any(p => p.dtype != ScalarType.Float64))
            throw new TrainingLedgerException("The integral of the curvature needs a network of 64-bit numbers; this has others.", "training ledger",
                "Take a small twin of the network, network.to(torch.float64) before the optimiser is made, or let the curvature be the remainder.");
        if (options.ProbeParts.Count == 1 || options.PartSize < 1)
            throw new TrainingLedgerException($"The probe has {options.ProbeParts.Count} part of {options.PartSize} examples.", "training ledger", "Give two parts or more, best 8, and how many examples each is a mean over.");
        probe = new Probe(network, parameters);
        symmetries = new Symmetries(parameters);
        mechanisms = [.. optimisers.Select(o => new Mechanisms(parameters, o))];
        schedule = new AuditSchedule(options.Every, options.Budget, options.Steps);
    }

    /// <summary>Attaches an account to a training with one optimiser.</summary>
    /// <param name="network">The module that learns; its layers are named by it.</param>
    /// <param name="optimiser">The optimiser.</param>
    /// <param name="probeLoss">The loss on the probe, by which the gain is judged: a fixed set, best held out. Called with dropout off.</param>
    /// <param name="options">How to keep it.</param>
    /// <exception cref="TrainingLedgerException">The network has no parameters, or not of the kind the options need.</exception>
    public static TrainingLedger Attach(nn.Module network, Optimizer optimiser, Func<Tensor> probeLoss, TrainingLedgerOptions? options = null) =>
        Attach(network, [optimiser], probeLoss, options);

    /// <summary>Attaches an account to a training with several optimisers; each call of <see cref="Step(Optimizer, Func{Tensor}, double?)"/> names one.</summary>
    /// <inheritdoc cref="Attach(nn.Module, Optimizer, Func{Tensor}, TrainingLedgerOptions)"/>
    public static TrainingLedger Attach(nn.Module network, IEnumerable<Optimizer> optimisers, Func<Tensor> probeLoss, TrainingLedgerOptions? options = null) =>
        new(network, [.. optimisers], probeLoss, options ?? new TrainingLedgerOptions());

    /// <summary>The steps audited so far.</summary>
    public IReadOnlyList<StepAccount> Audited => audited;

    /// <summary>Takes a step of the one optimiser, in place of its own <c>step()</c>, after backpropagation.</summary>
    /// <param name="batchLoss">The loss on the batch, for what is memorised; called before and after the step where it is audited.</param>
    /// <param name="clip">Largest norm of the gradient, which is clipped here; null where it is not, or was by the caller: the clipped gradient is then the batch's force.</param>
    /// <returns>The account of the step; null where it was not audited.</returns>
    /// <exception cref="TrainingLedgerException">A loss is no finite number.</exception>
    public StepAccount? Step(Func<Tensor>? batchLoss = null, double? clip = null)
    {
        if (optimisers.Length != 1) throw new TrainingLedgerException("There are several optimisers.", "training ledger", "Say which takes the step: ledger.Step(optimiser).");
        return Step(0, batchLoss, clip);
    }

    /// <summary>Takes a step of one of several optimisers, in place of its own <c>step()</c>.</summary>
    /// <param name="optimiser">The optimiser, one of those attached.</param>
    /// <param name="batchLoss">The loss on the batch, for what is memorised; null where that is not asked.</param>
    /// <param name="clip">Largest norm of the gradient of its parameters, which is clipped here; null where it is not.</param>
    /// <returns>The account of the step; null where it was not audited.</returns>
    /// <exception cref="TrainingLedgerException">The optimiser was not attached, or a loss is no finite number.</exception>
    public StepAccount? Step(Optimizer optimiser, Func<Tensor>? batchLoss = null, double? clip = null)
    {
        int index = optimisers.IndexOf(optimiser);
        if (index < 0) throw new TrainingLedgerException("The optimiser was not attached.", "training ledger", "Name all of them in Attach.");
        return Step(index, batchLoss, clip);
    }

    /// <summary>The account so far; evaluates the probe once, so that what was gained between audits is known too.</summary>
    /// <exception cref="TrainingLedgerException">The loss is no finite number.</exception>
    public TrainingAccount Read()
    {
        double loss = nonFinite is null ? probe.Loss(probeLoss) : audited.Count > 0 ? audited[^1].LossAfter : double.NaN;
        return new TrainingAccount
        {
            Name = options.Name,
            LossUnit = options.LossUnit,
            Steps = steps,
            Every = schedule.Every,
            Audited = audited.ToImmutable(),
            LossAtStart = audited.Count > 0 ? audited[0].LossBefore : loss,
            LossAtEnd = loss,
            TrainingSeconds = trainingSeconds,
            AuditSeconds = auditSeconds,
            TypicalAuditSeconds = schedule.AuditSeconds,
            TypicalStepSeconds = schedule.StepSeconds,
            NonFinite = nonFinite,
        };
    }

    /// <summary>Goes on with an account that was read before, as if there had been no interruption; call it before the first step.</summary>
    /// <param name="account">The account; its steps and times are taken over, and how often to audit if that was chosen.</param>
    public void Resume(TrainingAccount account)
    {
        audited.Clear();
        audited.AddRange(account.Audited);
        (steps, trainingSeconds, auditSeconds) = (account.Steps, account.TrainingSeconds, account.AuditSeconds);
        schedule.Resume(account);
        lastEnd = watch.Elapsed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // It holds no tensor between steps; the scope of a using tells the reader where the account ends.
    }

    private StepAccount? Step(int index, Func<Tensor>? batchLoss, double? clip)
    {
        var start = watch.Elapsed;
        double auditBefore = auditSeconds;
        StepAccount? account = null;
        if (schedule.IsAudited(steps))
        {
            try
            {
                account = AuditedStep(index, batchLoss, clip);
            }
            catch (TrainingLedgerException e) when (e.IsNonFinite)
            {
                Lose(e.What);
                throw;
            }
            audited.Add(account);
        }
        else
        {
            Advance(index, clip);
        }
        double audit = auditSeconds - auditBefore;
        double step = (watch.Elapsed - (steps == 0 ? start : lastEnd)).TotalSeconds - audit;
        trainingSeconds += step;
        schedule.Took(steps, step, account is null ? null : audit);
        steps++;
        lastEnd = watch.Elapsed;
        return account;
    }

    private void Advance(int index, double? clip)
    {
        if (clip is { } norm) nn.utils.clip_grad_norm_(optimisers[index].parameters(), norm);
        optimisers[index].step();
    }

    private StepAccount AuditedStep(int index, Func<Tensor>? batchLoss, double? clip)
    {
        var start = watch.Elapsed;
        using var scope = NewDisposeScope();
        var raw = parameters.ReadGradients();
        if (parameters.FirstNonFinite(raw) is { } layer)
            throw new TrainingLedgerException($"The batch's gradient is not finite.", $"layer '{layer}', step {steps}", "Lower the learning rate, clip, or look at the batch; the step was not taken.") { IsNonFinite = true };
        var theta = parameters.Read();
        using var buffer = mechanisms[index].ReadBuffer();
        var (lossBefore, gradient, signals, attention) = probe.LossGradientAndSignals(probeLoss);
        var noise = LayerNoises();
        double? batchBefore = batchLoss is null ? null : probe.Loss(batchLoss);

        var stepStart = watch.Elapsed;
        Advance(index, clip);
        var stepTime = watch.Elapsed - stepStart;

        var clipped = clip is null ? raw : parameters.ReadGradients();
        var step = parameters.Read() - theta;
        var (lossAfter, gradientAfter) = probe.LossAndGradient(probeLoss);
        double? batchAfter = batchLoss is null ? null : probe.Loss(batchLoss);
        var account = Account(index, raw, clipped, theta, step, buffer, gradient, gradientAfter) with { LossBefore = lossBefore, LossAfter = lossAfter, BatchLossBefore = batchBefore, BatchLossAfter = batchAfter, Signals = signals, Attention = attention, GradientNoise = noise, Symmetries = symmetries.Read(theta, gradient, raw) };
        account = account with { Curvature = account.Supplied - account.Noise - account.Gained };
        if (options.Curvature == CurvatureSource.Quadrature)
            account = account with { Curvature = IntegrateCurvature(theta, step, gradient, 2e-6 * (Math.Abs(account.Supplied) + Math.Abs(account.Noise))), CurvatureSource = CurvatureSource.Quadrature };
        if (options.HasSharpness && mechanisms[index].Stability() is { } stability)
            account = account with { Sharpness = Sharpness.Measure(parameters, probe, probeLoss, stability.Mobility, stability.Limit) };
        auditSeconds += (watch.Elapsed - start - stepTime).TotalSeconds;
        return account;
    }

    private StepAccount Account(int index, Tensor raw, Tensor clipped, Tensor theta, Tensor step, Tensor? buffer, Tensor gradient, Tensor gradientAfter)
    {
        double[] force = parameters.Dot(raw, step), predicted = parameters.Dot(gradient, step), after = parameters.Dot(gradientAfter, step);
        double[] lengths = parameters.Dot(step, step), norms = parameters.Dot(theta, theta), gradients = parameters.Dot(gradient, gradient), batch = parameters.Dot(raw, raw);
        double[] overlap = parameters.Dot(gradient, raw);
        double[] scaled = mechanisms[index].ScaledGradients(clipped, parameters.ByLayer().Select(l => l.Tensors));
        var ranks = parameters.ByLayer().Select(l => WeightRank(l.Tensors)).ToList();
        return new StepAccount
        {
            Step = steps,
            Supplied = -force.Sum(),
            Noise = predicted.Sum() - force.Sum(),
            Curvature = 0,
            CurvatureSource = CurvatureSource.Remainder,
            LossBefore = 0,
            LossAfter = 0,
            Mechanisms = [.. mechanisms[index].Split(raw, clipped, theta, step)],
            Layers = [.. parameters.Layers.Select((l, i) => new LayerStep(l.Name, -force[i], predicted[i] - force[i], (after[i] - predicted[i]) / 2,
                Math.Sqrt(lengths[i]), Math.Sqrt(norms[i]), Math.Sqrt(gradients[i]), Math.Sqrt(batch[i]))
            {
                GradientOverlap = overlap[i],
                ScaledGradient = scaled[i],
                WeightRank = ranks[i],
            })],
            Kinetic = mechanisms[index].Kinetic(buffer, clipped, theta, step),
        };
    }

    private ImmutableArray<LayerNoise> LayerNoises()
    {
        if (options.ProbeParts.Count == 0) return [];
        var gradients = options.ProbeParts.Select(part => probe.LossAndGradient(part).Gradient).ToList();
        return LayerNoise.Estimate(gradients, options.PartSize, parameters.Layers);
    }

    /// <summary>Notes that the numbers are lost at this step; the first time counts.</summary>
    internal void Lose(string what) => nonFinite ??= new NonFinite(steps, FirstNonFinite() ?? "", what);

    /// <summary>The first layer whose gradient or weights are not finite.</summary>
    private string? FirstNonFinite()
    {
        using var scope = NewDisposeScope();
        return parameters.FirstNonFinite(parameters.ReadGradients()) ?? parameters.FirstNonFinite(parameters.Read());
    }

    private static double WeightRank(IReadOnlyList<Parameter> tensors) =>
        tensors.FirstOrDefault(p => p.dim() >= 2) is { } matrix && Math.Min(matrix.shape[0], matrix.numel() / matrix.shape[0]) <= LargestRank
            ? EffectiveRank.Of(matrix.reshape(matrix.shape[0], -1)) : double.NaN;

    /// <summary>K = ∫₀¹ [g(θ₀ + sΔ) − g(θ₀)]·Δ ds; the parameters are θ₁ again after it.</summary>
    private double IntegrateCurvature(Tensor theta, Tensor step, Tensor gradient, double tolerance)
    {
        double predicted = (gradient * step).sum().item<double>();
        var end = parameters.Read();
        try
        {
            return SegmentQuadrature.Integrate(s =>
            {
                using var scope = NewDisposeScope();
                parameters.Write(theta + (s * step));
                var (_, there) = probe.LossAndGradient(probeLoss);
                return (there * step).sum().item<double>() - predicted;
            }, tolerance).Value;
        }
        finally
        {
            parameters.Write(end);
        }
    }
}
