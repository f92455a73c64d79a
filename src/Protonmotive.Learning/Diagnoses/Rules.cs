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
            (steps, i) => Ends(steps[i]) is { } e && e.Ratio < 1e-3 ? [(e.First, Text($"‖δ‖ {e.Ratio:g3} of that at {e.Last}"))] : []),
        new("exploding", Severity.Alarm, "‖δ‖ at the first layer above 1e3 of that at the last, or the gradient's norm above 10 times its running median", Ours,
            "Start with smaller weights, normalise, or clip the gradient.",
            (steps, i) => Exploding(steps, i)),
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
        new("overshoot", Severity.Alarm, "the curvature exceeds what was left after noise, K > P − N, with K above 10 % of P, over 5 audits together", "identity W = P − N − K; share and window: " + Ours,
            "Lower the learning rate: the step goes past the minimum of its line.",
            (steps, i) => Window(steps, i) is { } w && w.P > 0 && w.K > w.P - w.N && w.K > w.N && w.K > 0.1 * w.P ? [("", Text($"K {w.K:g3}, P − N {w.P - w.N:g3}"))] : []),
        new("step too small", Severity.Alarm, "‖Δ‖/‖θ‖ of every layer below 1e-4 and curvature (by trapezium: a remainder would be rounding) below 1 % of P, in the first half", "about 1e-3: Karpathy, CS231n, Neural networks 3",
            "Raise the learning rate: the loss is straight along the step.",
            (steps, i) => steps[i].Step <= steps[^1].Step / 2 && steps[i].Supplied > 0 && steps[i].Layers.All(l => !(l.UpdateRatio >= 1e-4)) && Math.Abs(steps[i].CurvatureByTrapezium) < 0.01 * steps[i].Supplied
                ? [("", Text($"largest ‖Δ‖/‖θ‖ {steps[i].Layers.Max(l => l.UpdateRatio):g3}, K/P {steps[i].CurvatureByTrapezium / steps[i].Supplied:g3}"))] : []),
        new("memorising", Severity.Alarm, "gained nothing on the probe and something on the batches, over 5 audits together, where K is no cause", "identity; window: " + Ours,
            "More data, regularisation, or stop here; look at labels if it is so from the start.",
            (steps, i) => Window(steps, i) is { } w && w.W <= 0 && w.M > 0 && w.K < w.N ? [("", Text($"memorised {w.M:g3}, gained {w.W:g3}"))] : []),
        new("dominated by noise", Severity.Notice, "N above half of P over 5 audits together: a signal-to-noise ratio below 1", "N/P = 1/(1 + SNR); McCandlish et al. 2018, arXiv 1812.06162",
            "Larger batches or a lower rate; late in a training it is usual.",
            (steps, i) => Window(steps, i) is { } w && w.P > 0 && w.N > 0.5 * w.P ? [("", Text($"N/P {w.N / w.P:0.00}"))] : []),
        new("stale preconditioner", Severity.Alarm, "the optimiser's rule without decay goes against the batch's force, over 5 audits together", "sign: identity; window: " + Ours,
            "Less momentum, or a lower rate: what is remembered points elsewhere.",
            (steps, i) => Recent(steps, i).Sum(s => s.Mechanisms.Where(m => m.Name != "weight decay").Sum(m => m.Power)) is < 0 and var p && Recent(steps, i).Count == WindowLength ? [("", Text($"supplied {p:g3} without decay"))] : []),
        new("books don't close", Severity.Alarm, "|W − (P − N − K)| above 1e-5 of |P| + |N| + |K|, K integrated on its own", "identity",
            "A bug: the loss is not the same function at both ends (dropout left on, data drawn anew), or its gradient is wrong.",
            (steps, i) => steps[i].CurvatureSource == CurvatureSource.Quadrature && steps[i].ClosureResidual > 1e-5 ? [("", Text($"{steps[i].ClosureResidual:g3}"))] : []),
    ];

    private const int WindowLength = 5;

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
        return [.. found.Where(d => !(d.Name is "some dead gates" or "dormant" && dead.Contains(d.Layer))).OrderByDescending(d => d.Severity).ThenBy(d => d.FirstStep)];
    }

    private static (string First, string Last, double Ratio)? Ends(StepAccount step)
    {
        var layers = step.Signals.Where(s => s.HasParameters && s.Backward > 0).ToList();
        return layers.Count < 2 ? null : (layers[0].Name, layers[^1].Name, layers[0].Backward / layers[^1].Backward);
    }

    private static IEnumerable<(string, string)> Exploding(ImmutableArray<StepAccount> steps, int i)
    {
        if (Ends(steps[i]) is { } e && e.Ratio > 1e3) return [(e.First, Text($"‖δ‖ {e.Ratio:g3} times that at {e.Last}"))];
        if (i < 10) return [];
        double Norm(StepAccount s) => Math.Sqrt(s.Layers.Sum(l => l.BatchGradientNorm * l.BatchGradientNorm));
        double median = steps[..i].Select(Norm).Order().ElementAt(i / 2), norm = Norm(steps[i]);
        return norm > 10 * median ? [("", Text($"‖g‖ {norm:g3}, median {median:g3}"))] : [];
    }

    private static IEnumerable<(string, string)> Gates(StepAccount step, Func<LayerSignal, double> share, double threshold, string word) =>
        step.Signals.Where(s => share(s) > threshold).Select(s => (s.Name, Text($"{100 * share(s):0} % of {s.Units} units {word}")));

    private static List<StepAccount> Recent(ImmutableArray<StepAccount> steps, int i) => [.. steps.Skip(Math.Max(0, i + 1 - WindowLength)).Take(Math.Min(WindowLength, i + 1))];

    private static (double P, double N, double K, double W, double M)? Window(ImmutableArray<StepAccount> steps, int i)
    {
        var recent = Recent(steps, i);
        return recent.Count < WindowLength ? null : (recent.Sum(s => s.Supplied), recent.Sum(s => s.Noise), recent.Sum(s => s.Curvature), recent.Sum(s => s.Gained), recent.Sum(s => s.Memorised ?? 0));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
