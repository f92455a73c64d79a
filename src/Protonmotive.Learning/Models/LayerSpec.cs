using System.Collections.Immutable;

namespace Protonmotive.Learning.Models;

/// <summary>A layer of a network, as it is to be made.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Units">Units of a dense layer, channels of a convolution; the side of a pool.</param>
public sealed record LayerSpec(LayerKind Kind, int Units = 0)
{
    /// <summary>Side of a convolution's square.</summary>
    public int Kernel { get; init; } = 3;

    /// <summary>Zeros around an image before a convolution.</summary>
    public int Padding { get; init; } = 1;

    /// <summary>Places that a convolution moves on by.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Whether a dense or convolutional layer adds a bias.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>Share that dropout silences.</summary>
    public double Share { get; init; }

    /// <summary>Layers of a residual part.</summary>
    public ImmutableArray<LayerSpec> Inner { get; init; } = [];

    /// <summary>Where it is written, for messages.</summary>
    public string Where { get; init; } = "";
}
