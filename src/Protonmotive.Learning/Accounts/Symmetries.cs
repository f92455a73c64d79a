using System.Collections.Immutable;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Accounts;

/// <summary>Finds the symmetries of a network in the probe's gradient, and checks that the batches' gradient keeps them.</summary>
/// <remarks>
/// Rescaling (a unit with a rectified gate or none: its incoming weights times c, its outgoing over c, change nothing): w_in·g_in = w_out·g_out for each unit, at
/// all weights and on all data. Translation (a bias of logits before a softmax): Σ g = 0. These are the charges that the gradient flow conserves (Du, Hu and
/// Lee 2018, arXiv 1806.00900; Kunin et al. 2021, arXiv 2012.04728). Candidates are neighbouring matrices of fitting shapes; which of them are symmetries, the probe's
/// gradient tells, so nothing of the network's build has to be known.
/// </remarks>
internal sealed class Symmetries
{
    /// <summary>Share below which the probe's gradient is said to keep a symmetry: far above rounding of 32-bit numbers, far below what chance gives.</summary>
    private const double Kept = 1e-4;

    private readonly ImmutableArray<(string Name, string Kind, Func<Tensor, Tensor, double> Leak)> candidates;

    public Symmetries(FlatParameters parameters)
    {
        var found = ImmutableArray.CreateBuilder<(string, string, Func<Tensor, Tensor, double>)>();
        (string Layer, Parameter Tensor, Parameter? Bias)? before = null;
        var layers = parameters.ByLayer().ToList();
        foreach (var (layer, tensors) in layers)
        {
            if (tensors.FirstOrDefault(p => p.dim() >= 2) is not { } matrix) continue;
            var bias = tensors.FirstOrDefault(p => p.dim() == 1 && p.shape[0] == matrix.shape[0]);
            if (before is { } b && b.Tensor.shape[0] == matrix.shape[1])
                found.Add(($"{b.Layer} → {layer}", "rescaling", (theta, gradient) => Rescaling(parameters, theta * gradient, b.Tensor, b.Bias, matrix)));
            before = (layer, matrix, bias);
        }
        if (layers.Count > 0 && layers[^1].Tensors is { Count: 2 } last && last[^1] is var logits && logits.dim() == 1 && logits.numel() > 1)
            found.Add((layers[^1].Layer, "translation", (_, gradient) => Ratio(parameters.Slice(gradient, logits).sum(), parameters.Slice(gradient, logits).abs().sum())));
        candidates = found.ToImmutable();
    }

    /// <summary>The symmetries that the probe's gradient keeps, and what the batch's gradient leaks.</summary>
    public ImmutableArray<SymmetryReading> Read(Tensor theta, Tensor gradient, Tensor batch)
    {
        using var scope = NewDisposeScope();
        return [.. candidates.Where(c => c.Leak(theta, gradient) < Kept).Select(c => new SymmetryReading(c.Name, c.Kind, c.Leak(theta, batch)))];
    }

    /// <summary>Σ over units |w_in·g_in − w_out·g_out| over Σ |w g|.</summary>
    private static double Rescaling(FlatParameters parameters, Tensor work, Parameter incoming, Parameter? bias, Parameter outgoing)
    {
        using var scope = NewDisposeScope();
        Tensor In(Parameter p) => parameters.Slice(work, p).reshape(p.shape[0], -1);
        var to = parameters.Slice(work, outgoing).reshape(outgoing.shape[0], outgoing.shape[1], -1);
        var difference = In(incoming).sum([1]) - to.sum([0, 2]);
        var size = In(incoming).abs().sum() + to.abs().sum();
        if (bias is not null)
        {
            difference = difference + In(bias).sum([1]);
            size = size + In(bias).abs().sum();
        }
        return Ratio(difference.abs().sum(), size);
    }

    private static double Ratio(Tensor leak, Tensor size) => size.item<double>() is > 0 and var s ? Math.Abs(leak.item<double>()) / s : 0;
}

/// <summary>A symmetry of a network, and how far the batch's gradient is from keeping it.</summary>
/// <param name="Name">The layers.</param>
/// <param name="Kind">rescaling, or translation.</param>
/// <param name="Leak">Share of the terms' sizes that does not cancel; rounding where the gradient is the loss's.</param>
public sealed record SymmetryReading(string Name, string Kind, double Leak);
