using System.Collections.Immutable;
using System.Globalization;
using Protonmotive.Learning.Accounts;

namespace Protonmotive.Learning.Diagnoses;

/// <summary>The rules by which a training is judged.</summary>
public static class Rules
{
    private const string Ours = "a convention of ours";

    private static readonly ImmutableArray<Rule> rules =
    [
        new("vanishing", Severity.Alarm, "‖δ‖ at the first layer below 1e-3 of that at the last", Ours,
            "Use gates that do not saturate, a start that keeps the norm (He et al. 2015), normalisation or residual connections.",
            (steps, i) => DepthScale.Of(steps[i].Signals) is { } d && d.Ratio < 1e-3 ? [(d.First, Text($"‖δ‖ {d.Ratio:g3} of that at {d.Last}: χ {d.MeanGain:g3}, ξ {d.Scale:g3}, {d.Depth} layers"))] : []),
        new("exploding", Severity.Alarm, "‖δ‖ at the first layer above 1e3 of that at the last, or the gradient's norm above 10 times its running median while the probe's loss is above 1.5 times its own", Ours,
            "Start with smaller weights, normalise, or clip the gradient.",
            (steps, i) => Exploding(steps, i)),
        new("beyond the depth scale", Severity.Notice, "of 10 layers or more, deeper than 6ξ, ξ = 1/|ln χ̄| with χ̄ the mean gain of ‖δ‖² backward by a layer", "6ξ: Schoenholz et al. 2017, arXiv 1611.01232, of wide networks at the start; 10 layers: " + Ours,
            "The first layers learn at another pace than the last: a start at χ = 1, normalisation or residual connections.",
            (steps, i) => DepthScale.Of(steps[i].Signals) is { Depth: >= 10 } d && d.Depth > 6 * d.Scale ? [("", Text($"{d.Depth} layers, ξ {d.Scale:g3}: χ {d.MeanGain:g3}, ‖δ‖ {d.Ratio:g3} from {d.Last} to {d.First}"))] : []),
        new("dead gates", Severity.Alarm, "more than 40 % of a layer's rectified units are 0 on the whole probe", "Karpathy, CS231n, Neural networks 1: 40 % dead at too high a rate",
            "Lower the learning rate, and look at biases far below 0.",
            (steps, i) => Gates(steps[i], s => s.Dead, 0.4, "dead")),
        new("some dead gates", Severity.Notice, "more than 10 % of a layer's rectified units are 0 on the whole probe", Ours,
            "Watch whether the share grows; a lower learning rate keeps gates open.",
            (steps, i) => Gates(steps[i], s => s.Dead, 0.1, "dead")),
        new("dormant", Severity.Notice, "more than 25 % of a layer's units have a mean of at most 0.025 of the layer's", "score: Sokar et al. 2023, arXiv 2302.12902; share: " + Ours,
            "The layer is wider than it is used; a smaller one would do, or a lower rate keeps more units in play.",
            (steps, i) => Gates(steps[i], s => s.Dormant, 0.25, "dormant")),
        new("saturated", Severity.Alarm, "more than 50 % of a layer's units are at their ends on most of the probe", Ours,
            "Scale the inputs to a deviation near 1, and start with smaller weights.",
            (steps, i) => Gates(steps[i], s => s.Saturated, 0.5, "saturated")),
        new("rank collapse", Severity.Alarm, "what leaves a layer with parameters, not the last, differs from its mean (of sequences, from each one's own) by less than 1e-2 of its size", "Dong et al. 2021, arXiv 2103.03404; 1e-2: " + Ours,
            "Residual connections, normalisation, or fewer layers: whatever goes in, the same comes out.",
            (steps, i) => Inner(steps[i]).Where(s => s.Units > 1 && s.Spread < 1e-2).Select(s => (s.Name, Text($"‖X − mean‖/‖X‖ {s.Spread:g3}")))),
        new("low rank", Severity.Notice, "a layer of 32 units or more, not the last, uses fewer directions than a tenth of them", "effective rank: Roy and Vetterli 2007; a tenth: " + Ours,
            "The layer is wider than it is used; of a classifier with few classes it is usual at the end.",
            (steps, i) => Inner(steps[i]).Where(s => s.Units >= 32 && s.EffectiveRank < 0.1 * s.Units).Select(s => (s.Name, Text($"effective rank {s.EffectiveRank:0.0} of {s.Units} units")))),
        new("attention collapsed", Severity.Alarm, "entropy of a module's heads, over that of even attention, below 0.1 in the mean", "direction: Zhai et al. 2023, arXiv 2303.06296; 0.1: " + Ours,
            "Normalise queries and keys, lower the rate of their weights or start them smaller.",
            (steps, i) => steps[i].Attention.Where(a => a.MeanEntropy < 0.1).Select(a => (a.Name, Text($"entropy {a.MeanEntropy:0.000}, spread of the scores {a.ScoreSpread.Average():g3}")))),
        new("attention idle", Severity.Notice, "entropy of a module's heads, over that of even attention, above 0.95 in the mean, in the second half", Ours,
            "The module takes a plain mean: it has nothing to find, or its queries and keys do not learn.",
            (steps, i) => steps[i].Step <= steps[^1].Step / 2 ? [] : steps[i].Attention.Where(a => a.MeanEntropy > 0.95).Select(a => (a.Name, Text($"entropy {a.MeanEntropy:0.000}")))),
        new("overshoot", Severity.Alarm, "the curvature exceeds what was left after noise, K > P − N, in each of 5 audits in a row, with K above 10 % of P in all and the probe's loss above its running median", "identity W = P − N − K; share and window: " + Ours,
            "Lower the learning rate: the step goes past the minimum of its line.",
            (steps, i) => Window(steps, i) is { } w && Recent(steps, i).All(s => s.Gained < 0) && w.P > 0 && w.K > w.P - w.N && w.K > w.N && w.K > 0.1 * w.P && steps[i].LossAfter > LossUntil(steps, i) ? [("", Text($"K {w.K:g3}, P − N {w.P - w.N:g3}"))] : []),
        new("unstable step", Severity.Alarm, "sharpness in the optimiser's mobility above the limit of its rule (2 of plain descent), while the probe's loss is above 1.5 times its running median; where sharpness is measured", "limits: Cohen et al. 2021 and 2022, arXiv 2103.00065 and 2207.14484; 1.5 times: " + Ours,
            "Lower the learning rate. At the limit itself trainings hover without harm; here the loss climbs and stays up.",
            (steps, i) => steps[i].Sharpness is { } s && s.Largest > s.Limit && i >= WindowLength && LossUntil(steps, i) is var median && steps[i].LossAfter > 1.5 * median
                ? [("", Text($"sharpness {s.Largest:g3}, limit {s.Limit:g3}; loss {steps[i].LossAfter:g3}, median {median:g3}"))] : []),
        new("step large", Severity.Notice, "‖Δ‖/‖θ‖ of a layer above 0.1: its weights turn over in ten steps", "about 1e-3: Karpathy, CS231n, Neural networks 3; healthy small networks exceed 1e-2, 0.1: " + Ours,
            "Lower the learning rate, or let it rise from less.",
            (steps, i) => steps[i].Layers.Where(l => l.UpdateRatio > 0.1).Select(l => (l.Name, Text($"‖Δ‖/‖θ‖ {l.UpdateRatio:g3}")))),
        new("step too small", Severity.Alarm, "‖Δ‖/‖θ‖ of every layer below 1e-4 and curvature (by trapezium: a remainder would be rounding) below 1 % of P, in the first half", "about 1e-3: Karpathy, CS231n, Neural networks 3",
            "Raise the learning rate: the loss is straight along the step.",
            (steps, i) => steps[i].Step <= steps[^1].Step / 2 && steps[i].Supplied > 0 && steps[i].Layers.All(l => !(l.UpdateRatio >= 1e-4)) && Math.Abs(steps[i].CurvatureByTrapezium) < 0.01 * steps[i].Supplied
                ? [("", Text($"largest ‖Δ‖/‖θ‖ {steps[i].Layers.Max(l => l.UpdateRatio):g3}, K/P {steps[i].CurvatureByTrapezium / steps[i].Supplied:g3}"))] : []),
        new("memorising", Severity.Alarm, "over 10 audits together the probe lost, by more than 2 standard errors and not by curvature, to 2 % above its lowest loss, while the batches' loss is below the probe's by a fifth; or the probe's loss stands, over 10 audits, above 1.5 times its lowest by more than a tenth of its first, and the batches' below half of it", "sign: identity; windows and numbers: " + Ours,
            "More data, regularisation, or stop here; look at labels if it is so from the start.",
            (steps, i) => Memorising(steps, i)),
        new("dominated by noise", Severity.Notice, "N above half of P over 5 audits together, or in a layer g·g_B below half of ‖g_B‖²: a signal-to-noise ratio below 1", "N/P = 1/(1 + SNR); McCandlish et al. 2018, arXiv 1812.06162",
            "Larger batches or a lower rate; late in a training it is usual.",
            (steps, i) => Noise(steps, i)),
        new("stale preconditioner", Severity.Alarm, "the optimiser's rule without decay goes against the batch's force, over 5 audits together; or the root of the mean of g²/v̂ in a layer is above 2.3 while the probe's loss is above 1.1 times its lowest in the 10 audits before", "sign: identity; windows and 1.1: " + Ours + "; 2.3: Wortsman et al. 2023, arXiv 2304.13013",
            "Less memory (β₁, β₂), a lower rate, or clipping: what is remembered is not what is met.",
            (steps, i) => Stale(steps, i)),
        new("strained preconditioner", Severity.Notice, "the root of the mean of g²/v̂ in a layer is above 2.3: the gradient grew faster than Adam's memory of it", "Wortsman et al. 2023, arXiv 2304.13013, where it came before spikes of the loss",
            "Steps are longer than the rate says; a smaller β₂ or clipping, if the loss spikes. Passing where a network begins to learn something new.",
            (steps, i) => steps[i].Layers.Where(l => l.ScaledGradient > 2.3).Select(l => (l.Name, Text($"g/√v̂ {l.ScaledGradient:0.0}")))),
        new("symmetry leak", Severity.Alarm, "more than 1e-3 of the batch's gradient breaks a symmetry that the probe's gradient keeps", "identity: Kunin et al. 2021, arXiv 2012.04728; 1e-3, far above rounding: " + Ours,
            "The gradient is not that of the loss: one not set to zero, changed by layers, or a penalty on weights that the probe's loss lacks.",
            (steps, i) => steps[i].Symmetries.Where(s => s.Leak > 1e-3).Select(s => (s.Name, Text($"{s.Kind}: {s.Leak:g3} leaks")))),
        new("books don't close", Severity.Alarm, "|W − (P − N − K)| above 1e-5 of |P| + |N| + |K|, K integrated on its own", "identity",
            "A bug: the loss is not the same function at both ends (dropout left on, data drawn anew), or its gradient is wrong.",
            (steps, i) => steps[i].CurvatureSource == CurvatureSource.Quadrature && steps[i].ClosureResidual > 1e-5 ? [("", Text($"{steps[i].ClosureResidual:g3}"))] : []),
    ];

    private const int WindowLength = 5;

    /// <summary>How grave a finding of a rule is.</summary>
    internal static Severity SeverityOf(string name) => rules.FirstOrDefault(r => r.Name == name)?.Severity ?? Severity.Alarm; // non-finite numbers are no rule of steps

    /// <summary>What is found in a training: alarms first, then by first step.</summary>
    public static ImmutableArray<Diagnosis> Judge(TrainingAccount account)
    {
        var found = rules.SelectMany(r => r.Apply(account)).ToList();
        if (account.NonFinite is { } lost)
        {
            found.Add(new Diagnosis("non-finite", Severity.Alarm, lost.Layer, lost.Step, lost.What, "a loss, gradient or weight that is no finite number; one reading is enough", "arithmetic",
                "Lower the learning rate or clip; look at the batch of the first step, and at logarithms and divisions in the loss."));
        }
        // a layer whose gates are dead is not said to have some dead, and dead ones are dormant too
        var dead = found.Where(d => d.Name == "dead gates").Select(d => d.Layer).ToHashSet(StringComparer.Ordinal);
        bool isStale = found.Any(d => d.Name == "stale preconditioner");
        bool isLost = found.Any(d => d.Name is "vanishing" or "exploding");
        return [.. found.Where(d => !(d.Name is "some dead gates" or "dormant" && dead.Contains(d.Layer)) && !(d.Name == "beyond the depth scale" && isLost) && !(d.Name == "strained preconditioner" && isStale)).OrderByDescending(d => d.Severity).ThenBy(d => d.FirstStep)];
    }

    private static IEnumerable<(string, string)> Exploding(ImmutableArray<StepAccount> steps, int i)
    {
        if (DepthScale.Of(steps[i].Signals) is { } d && d.Ratio > 1e3) return [(d.First, Text($"‖δ‖ {d.Ratio:g3} times that at {d.Last}: χ {d.MeanGain:g3}, ξ {d.Scale:g3}, {d.Depth} layers"))];
        if (i < 10) return [];
        double Norm(StepAccount s) => Math.Sqrt(s.Layers.Sum(l => l.BatchGradientNorm * l.BatchGradientNorm));
        double median = Median(steps[..i].Select(Norm)), norm = Norm(steps[i]);
        return norm > 10 * median && steps[i].LossAfter > 1.5 * LossUntil(steps, i) ? [("", Text($"‖g‖ {norm:g3}, median {median:g3}"))] : [];
    }

    private static IEnumerable<(string, string)> Gates(StepAccount step, Func<LayerSignal, double> share, double threshold, string word) =>
        step.Signals.Where(s => share(s) > threshold).Select(s => (s.Name, Text($"{100 * share(s):0} % of {s.Units} units {word}")));

    /// <summary>Layers with parameters but the last: readouts of few classes and of numbers far from 0 are alike for all by right.</summary>
    private static IEnumerable<LayerSignal> Inner(StepAccount step) => step.Signals.Where(s => s.HasParameters).SkipLast(1);

    private static IEnumerable<(string, string)> Noise(ImmutableArray<StepAccount> steps, int i)
    {
        if (Window(steps, i) is not { } w) return [];
        if (w.P > 0 && w.N > 0.5 * w.P) return [("", Text($"N/P {w.N / w.P:0.00}"))];
        var recent = Recent(steps, i);
        return Enumerable.Range(0, recent[0].Layers.Length).Select(l => (recent[0].Layers[l].Name, Signal: recent.Sum(s => s.Layers[l].GradientOverlap), All: recent.Sum(s => Math.Pow(s.Layers[l].BatchGradientNorm, 2))))
            .Where(l => l.Signal < 0.5 * l.All).Select(l => (l.Name, Text($"share of noise {1 - (l.Signal / l.All):0.00}")));
    }

    private static IEnumerable<(string, string)> Stale(ImmutableArray<StepAccount> steps, int i)
    {
        var recent = Recent(steps, i);
        double power = recent.Sum(s => s.Mechanisms.Where(m => m.Name != "weight decay").Sum(m => m.Power));
        if (recent.Count == WindowLength && power < 0) yield return ("", Text($"supplied {power:g3} without decay"));
        // the loss must have risen of late: a median of all that was lags behind a loss that falls, and the lowest of all is passed for good by a training that memorises
        if (i < WindowLength || !(steps[i].LossAfter > 1.1 * Recent(steps, i - 1, 2 * WindowLength).Min(s => s.LossBefore))) yield break;
        foreach (var layer in steps[i].Layers.Where(l => l.ScaledGradient > 2.3)) yield return (layer.Name, Text($"g/√v̂ {layer.ScaledGradient:0.0}"));
    }

    /// <summary>The running median of the probe's loss before an audit: at the edge of stability, losses spike and gradients with them, but come back below it.</summary>
    private static double LossUntil(ImmutableArray<StepAccount> steps, int i) => Median(steps[..i].Select(s => s.LossBefore));

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted && sorted.Count > 0 ? sorted[sorted.Count / 2] : double.NaN;

    private static IEnumerable<(string, string)> Memorising(ImmutableArray<StepAccount> steps, int i)
    {
        const int length = 2 * WindowLength;
        if (Window(steps, i, length) is not { } w) return [];
        double error = Math.Sqrt(Recent(steps, i, length).Sum(s => s.Gained * s.Gained)), lowest = steps[..(i + 1)].Min(s => s.LossBefore);
        var recent = Recent(steps, i, length);
        double batches = recent.Average(s => s.BatchLossBefore ?? double.NaN), probe = recent.Average(s => s.LossBefore); // both before the step: without memory they are alike
        // What is learned by heart shows in the level too, where single steps go up and down.
        if (probe > 1.5 * lowest && probe - lowest > 0.1 * steps[0].LossBefore && batches < 0.5 * probe) return [("", Text($"loss {probe:g4}, of the batches {batches:g4}, lowest {lowest:g4}"))];
        return w.M > 0 && w.K < w.N && w.W < -2 * error && steps[i].LossAfter > 1.02 * lowest && batches < 0.8 * probe
            ? [("", Text($"memorised {w.M:g3}, gained {w.W:g3} ± {error:g3}; loss {probe:g4}, of the batches {batches:g4}, lowest {lowest:g4}"))] : [];
    }

    private static List<StepAccount> Recent(ImmutableArray<StepAccount> steps, int i, int length = WindowLength) => [.. steps.Skip(Math.Max(0, i + 1 - length)).Take(Math.Min(length, i + 1))];

    private static (double P, double N, double K, double W, double M)? Window(ImmutableArray<StepAccount> steps, int i, int length = WindowLength)
    {
        var recent = Recent(steps, i, length);
        return recent.Count < length ? null : (recent.Sum(s => s.Supplied), recent.Sum(s => s.Noise), recent.Sum(s => s.Curvature), recent.Sum(s => s.Gained), recent.Sum(s => s.Memorised ?? 0));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
