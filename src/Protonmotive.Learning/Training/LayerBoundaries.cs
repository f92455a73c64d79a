using System.Collections.Immutable;
using Protonmotive.Learning.Accounts;
using Protonmotive.Reports.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Training;

/// <summary>
/// Measures a network at its cuts, on the probe: the gradient that stands behind each boundary and the share that passes it,
/// χ = ‖δ before‖²/‖δ behind‖² (Schoenholz et al. 2017, arXiv 1611.01232), and adds up the account of the parameters within.
/// </summary>
internal static class LayerBoundaries
{
    /// <summary>The boundaries, the input's first.</summary>
    public static ImmutableArray<LayerRecord> Measure(TrainingTask task, TrainingAccount account)
    {
        if (task.Cuts.IsEmpty) return [];
        double[] gradients = Gradients(task);
        var steps = account.Audited;
        return [.. task.Cuts.Select((cut, i) =>
        {
            var own = steps.IsEmpty ? [] : steps[0].Layers.Select((l, n) => (l.Name, n)).Where(l => cut.Prefixes.Any(p => l.Name == p || l.Name.StartsWith(p + ".", StringComparison.Ordinal))).Select(l => l.n).ToList();
            double Sum(Func<LayerStep, double> of) => steps.Sum(s => own.Sum(n => of(s.Layers[n])));
            double? permeability = i == 0 ? null : gradients[i - 1] * gradients[i - 1] / (gradients[i] * gradients[i]);
            return new LayerRecord(cut.Name, cut.Kind, gradients[i], permeability is { } p && double.IsFinite(p) ? p : null, Sum(l => l.StepLength), Sum(l => l.Supplied), Sum(l => l.Gained));
        })];
    }

    private static double[] Gradients(TrainingTask task)
    {
        using var scope = NewDisposeScope();
        bool wasTraining = task.Network.training;
        task.Network.eval();
        var outputs = new Tensor?[task.Cuts.Length];
        var hooks = task.Cuts.Select((cut, i) => cut.Module.register_forward_hook((_, _, output) =>
        {
            outputs[i] = output.alias();
            return outputs[i]!.alias(); // a chain disposes what it is given
        })).ToList();
        try
        {
            var loss = task.ProbeLoss();
            // a cut that no gradient crosses, e.g. a flattening of the input, stands before all parameters
            int[] present = [.. Enumerable.Range(0, outputs.Length).Where(i => outputs[i] is { requires_grad: true })];
            var adjoints = autograd.grad([loss], [.. present.Select(i => outputs[i]!)], null, false, false, allow_unused: true);
            var norms = new double[outputs.Length];
            for (int n = 0; n < present.Length; n++) norms[present[n]] = adjoints[n] is { } g && g.Handle != 0 ? g.to(float64).norm().item<double>() : 0;
            return norms;
        }
        finally
        {
            foreach (var hook in hooks) hook.remove();
            task.Network.train(wasTraining);
        }
    }
}
