using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Models;

/// <summary>Divides each example by the root of its mean square, then scales each unit: a g/√(⟨a²⟩ + ε) (Zhang and Sennrich 2019, arXiv 1910.07467).</summary>
public sealed class RootMeanSquareNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter gain;
    private readonly double epsilon;
    private readonly long[] axes;

    /// <summary>Makes a layer of gain 1.</summary>
    /// <param name="shape">Shape of an example.</param>
    /// <param name="epsilon">ε.</param>
    public RootMeanSquareNorm(long[] shape, double epsilon = 1e-5)
        : base("rms_norm")
    {
        (this.epsilon, axes) = (epsilon, [.. Enumerable.Range(1, shape.Length).Select(i => (long)-i)]);
        gain = nn.Parameter(ones(shape));
        RegisterComponents();
    }

    /// <summary>The normalised examples.</summary>
    /// <param name="input">Shape [n, …shape].</param>
    public override Tensor forward(Tensor input) => input * ((input * input).mean(axes, keepdim: true) + epsilon).rsqrt() * gain;
}
