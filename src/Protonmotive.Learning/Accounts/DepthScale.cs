using System.Collections.Immutable;

namespace Protonmotive.Learning.Accounts;

/// <summary>How far an error gradient reaches backward through the layers of a network.</summary>
/// <param name="First">The first layer with parameters, where the gradient ends.</param>
/// <param name="Last">The last, where it begins.</param>
/// <param name="Depth">Layers between: the number of gains.</param>
/// <param name="MeanGain">χ̄: the geometric mean of the gains χ.</param>
/// <remarks>
/// χₗ = ‖δₗ₋₁‖²/‖δₗ‖², δ the adjoints of neighbouring layers' outputs over the probe; the gradient falls or grows as χ̄ to the depth, by e in ξ = 1/|ln χ̄|
/// layers. In wide networks at the start, depths up to about 6ξ train (Schoenholz et al. 2017, arXiv 1611.01232). In a network with branches the gain of a pair is
/// what it is between two places; only the mean over the whole is a depth scale.
/// </remarks>
public sealed record DepthScale(string First, string Last, int Depth, double MeanGain)
{
    /// <summary>ξ, in layers; infinite where the gradient keeps its norm.</summary>
    public double Scale => 1 / Math.Abs(Math.Log(MeanGain));

    /// <summary>‖δ‖ at the first layer over that at the last.</summary>
    public double Ratio => Math.Pow(MeanGain, Depth / 2.0);

    /// <summary>χ of each layer with parameters but the first: ‖δ‖² one layer before it over its own.</summary>
    public static ImmutableArray<(string Layer, double Gain)> Gains(IEnumerable<LayerSignal> signals)
    {
        var layers = WithGradient(signals);
        return [.. layers.Zip(layers.Skip(1), (before, l) => (l.Name, Math.Pow(before.Backward / l.Backward, 2)))];
    }

    /// <summary>The depth scale of a network; null where fewer than two layers with parameters have a gradient.</summary>
    public static DepthScale? Of(IEnumerable<LayerSignal> signals)
    {
        var layers = WithGradient(signals);
        if (layers.Count < 2) return null;
        int depth = layers.Count - 1;
        return new DepthScale(layers[0].Name, layers[^1].Name, depth, Math.Exp(2 * Math.Log(layers[0].Backward / layers[^1].Backward) / depth));
    }

    private static List<LayerSignal> WithGradient(IEnumerable<LayerSignal> signals) => [.. signals.Where(s => s.HasParameters && s.Backward > 0)];
}
