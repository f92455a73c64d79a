using System.Collections.Immutable;
using Protonmotive.Learning.Models;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Accounts;

/// <summary>
/// Coupling at a distance: how much what a transformer holds at its last place answers to a change at the place r before,
/// C(r) = E‖∂h_i/∂x_{i−r}‖ (Frobenius), h after the last block's normalisation, x the embedded input. Exact: one vector-Jacobian product for each number of h.
/// </summary>
/// <param name="ByDistance">C(r), from r = 0; shape [time].</param>
/// <param name="Deviation">Standard error over the windows; shape [time].</param>
/// <param name="Attention">Attention of the last place by distance, mean over heads and blocks; shape [time].</param>
public sealed record DistanceCoupling(ImmutableArray<double> ByDistance, ImmutableArray<double> Deviation, ImmutableArray<double> Attention)
{
    /// <summary>Measures a network.</summary>
    /// <param name="network">The network; it is evaluated without dropout, and left in its mode.</param>
    /// <param name="windows">Numbers of characters, shape [n, time].</param>
    public static DistanceCoupling Of(Transformer network, Tensor windows)
    {
        using var scope = NewDisposeScope();
        bool wasTraining = network.training;
        network.eval();
        var x = network.Embed(windows).detach().requires_grad_();
        var h = network.Hidden(x).select(1, windows.shape[1] - 1);
        var squares = zeros([windows.shape[0], windows.shape[1]], float64);
        for (long k = 0; k < h.shape[1]; k++)
        {
            using var inner = NewDisposeScope();
            // windows know nothing of each other, so that one pass back serves all
            var row = autograd.grad([h.select(1, k).sum()], [x], null, retain_graph: true, create_graph: false, allow_unused: false)[0].to(float64);
            squares.add_((row * row).sum(2));
        }
        network.train(wasTraining);
        var norms = squares.sqrt().flip(1); // the last place first
        var heads = HeadProfile.Of(network, windows);
        return new DistanceCoupling(
            [.. norms.mean([0]).data<double>()], windows.shape[0] < 2 ? [.. new double[windows.shape[1]]] : [.. (norms.std(new long[] { 0 }) / Math.Sqrt(windows.shape[0])).data<double>()],
            [.. Enumerable.Range(0, (int)windows.shape[1]).Select(r => heads.Average(p => p.ByDistance[r]))]);
    }
}
