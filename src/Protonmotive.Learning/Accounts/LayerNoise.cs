using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Accounts;

/// <summary>Signal and noise of a layer's gradient, from the gradients of k equal parts of the probe, each a mean over b examples.</summary>
/// <param name="Name">Name of the layer.</param>
/// <param name="Signal">‖G‖², G the gradient's mean over all examples there could be; without bias, so that it may come out negative where there is little.</param>
/// <param name="Noise">tr Σ, Σ the covariance of the gradient of one example; without bias.</param>
/// <param name="SignalToNoise">
/// Gᵢ²/Σᵢᵢ of one example, mean over the layer's parameters whose parts differ (Liu et al. 2020, arXiv 2001.07384, as Cockpit prints it; Schneider,
/// Dangel and Hennig 2021, arXiv 2102.06604); without bias where part gradients are normal, from 4 parts on.
/// </param>
public sealed record LayerNoise(string Name, double Signal, double Noise, double SignalToNoise)
{
    /// <summary>B_simple = tr Σ/‖G‖²: the size of a batch whose gradient holds as much noise as signal (McCandlish et al. 2018, arXiv 1812.06162); infinite where no signal was seen.</summary>
    public double NoiseScale => Signal > 0 ? Noise / Signal : double.PositiveInfinity;

    /// <summary>
    /// Estimates both: tr Σ ≈ b s², s² = Σⱼ‖gⱼ − ḡ‖²/(k − 1), and ‖G‖² ≈ ‖ḡ‖² − s²/k, ḡ the mean of the parts' gⱼ. No gradient of a single
    /// example is needed.
    /// </summary>
    /// <param name="gradients">gⱼ of each part; k of them, at least 2, each a vector of shape [parameters].</param>
    /// <param name="partSize">b.</param>
    /// <param name="layers">The layers.</param>
    internal static ImmutableArray<LayerNoise> Estimate(IReadOnlyList<Tensor> gradients, int partSize, ImmutableArray<ParameterLayer> layers)
    {
        double k = gradients.Count, b = partSize;
        return [.. layers.Select(Of)];

        LayerNoise Of(ParameterLayer layer)
        {
            using var scope = NewDisposeScope();
            using var off = no_grad();
            Tensor[] parts = [.. gradients.Select(g => g.narrow(0, layer.Offset, layer.Length))];
            var mean = zeros_like(parts[0]);
            foreach (var g in parts) mean.add_(g, alpha: 1 / k);
            var spread = zeros_like(mean); // variance of a part's gradient: Σᵢᵢ/b
            foreach (var g in parts)
            {
                using var away = g - mean;
                spread.addcmul_(away, away, 1 / (k - 1));
            }
            var square = mean.pow_(2); // in its place
            double variance = spread.sum().item<double>(), length = square.sum().item<double>();
            return new LayerNoise(layer.Name, length - (variance / k), b * variance, Ratio(square, spread));
        }

        // kḡ²/s² of normal parts is F with 1 and k − 1 degrees of freedom: its mean is (k − 1)/(k − 3) (1 + k G²/(Σ/b))
        double Ratio(Tensor square, Tensor spread)
        {
            var moving = spread > 0;
            return k > 3 && moving.any().item<bool>() ? ((((k - 3) / (k - 1)) * (square / spread).masked_select(moving).mean().item<double>()) - (1 / k)) / b : double.NaN;
        }
    }
}
