using TorchSharp;

namespace Protonmotive.Learning.Data;

/// <summary>Images and their classes.</summary>
/// <param name="Images">Shape [n, channels, height, width], 32-bit.</param>
/// <param name="Labels">Class of each, from 0; shape [n], 64-bit integers.</param>
public sealed record LabelledImages(torch.Tensor Images, torch.Tensor Labels) : IDisposable
{
    /// <summary>Number of images.</summary>
    public int Count => (int)Images.shape[0];

    /// <summary>Copies of some of them.</summary>
    /// <param name="indices">Which, from 0.</param>
    public LabelledImages Select(ReadOnlySpan<long> indices)
    {
        using var index = torch.tensor(indices.ToArray());
        return new LabelledImages(Images.index_select(0, index), Labels.index_select(0, index));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }
}
