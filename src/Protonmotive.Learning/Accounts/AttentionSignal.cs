using System.Collections.Immutable;
using Protonmotive.Learning.Models;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Accounts;

/// <summary>How widely the heads of a module of attention look, on the probe.</summary>
/// <param name="Name">Name of the module.</param>
/// <param name="Entropy">
/// By head: −Σⱼ Aᵢⱼ ln Aᵢⱼ over the logarithm of the number of places that i sees, mean over the places that see more than one; 1 where all get
/// the same, 0 where one gets all (Zhai et al. 2023, arXiv 2303.06296; the division by what is seen is ours).
/// </param>
/// <param name="ScoreSpread">By head: standard deviation of the scores QKᵀ/√d over what is seen, root of the mean square over the places.</param>
public sealed record AttentionSignal(string Name, ImmutableArray<double> Entropy, ImmutableArray<double> ScoreSpread)
{
    /// <summary>Mean entropy of the heads.</summary>
    public double MeanEntropy => Entropy.Average();

    /// <summary>Measures a module.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="attention">The module.</param>
    /// <param name="input">What it is called with; shape [n, time, width]. With a time of 1 there is nothing to choose, and both are NaN.</param>
    public static AttentionSignal Of(string name, CausalAttention attention, Tensor input)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var (shares, scores) = attention.Weights(input.detach());
        long time = shares.shape[^1];
        if (time < 2) return new AttentionSignal(name, Nothing(shares.shape[1]), Nothing(shares.shape[1]));
        var seen = arange(1, time + 1, dtype: float64, device: input.device);
        var a = shares.to(float64);
        var entropy = -(a * a.clamp_min(1e-300).log()).sum(-1) / seen.log(); // of the first place 0/0, which is left out
        var open = ones([time, time], float64, input.device).tril();
        var s = scores.to(float64) * open;
        var mean = s.sum(-1) / seen;
        var variance = (((s * s).sum(-1) / seen) - (mean * mean)).clamp_min(0);
        double[] ByHead(Tensor byPlace) => [.. byPlace.narrow(2, 1, time - 1).mean([0, 2]).data<double>()];
        return new AttentionSignal(name, [.. ByHead(entropy)], [.. ByHead(variance).Select(Math.Sqrt)]);
    }

    private static ImmutableArray<double> Nothing(long heads) => [.. Enumerable.Repeat(double.NaN, (int)heads)];
}
