using System.Collections.Immutable;
using Protonmotive.Learning.Models;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Accounts;

/// <summary>Where a head of a transformer looks, over some windows.</summary>
/// <param name="Block">Its block, from 0.</param>
/// <param name="Head">Its number in the block, from 0.</param>
/// <param name="Entropy">Entropy of its attention over that of an even one, mean over the places that see more than one (Zhai et al. 2023, arXiv 2303.06296).</param>
/// <param name="Distance">Mean distance Σⱼ Aᵢⱼ(i − j), over that of an even attention, i/2; mean over the same places, weighted by i.</param>
/// <param name="SinkShare">Attention to the first place, mean over all places but it (Xiao et al. 2023, arXiv 2309.17453).</param>
/// <param name="ByDistance">Attention of the last place by distance, from 0; shape [time].</param>
public sealed record HeadProfile(int Block, int Head, double Entropy, double Distance, double SinkShare, ImmutableArray<double> ByDistance)
{
    /// <summary>The profiles of all heads.</summary>
    /// <param name="network">The network; it is evaluated without dropout, and left in its mode.</param>
    /// <param name="windows">Numbers of characters, shape [n, time], time at least 2.</param>
    public static ImmutableArray<HeadProfile> Of(Transformer network, Tensor windows)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        bool wasTraining = network.training;
        network.eval();
        var x = network.Embed(windows);
        var profiles = ImmutableArray.CreateBuilder<HeadProfile>();
        foreach (var (block, b) in network.Blocks.Select((block, b) => (block, b)))
        {
            var input = block.AttentionInput(x);
            var entropy = AttentionSignal.Of("", block.Attention, input).Entropy;
            var a = block.Attention.Weights(input).Shares.to(float64).mean([0]); // [heads, time, time]
            long time = a.shape[^1];
            var place = arange(time, dtype: float64);
            var distance = (a * (place.unsqueeze(1) - place.unsqueeze(0))).sum([1, 2]) / (place.sum() / 2);
            var sink = a.select(2, 0).narrow(1, 1, time - 1).mean([1]);
            for (int h = 0; h < entropy.Length; h++)
                profiles.Add(new HeadProfile(b, h, entropy[h], distance[h].item<double>(), sink[h].item<double>(), [.. a[h, time - 1].flip(0).data<double>()]));
            x = block.call(x);
        }
        network.train(wasTraining);
        return profiles.ToImmutable();
    }
}
