using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Models;

/// <summary>Layers whose output is added to their input.</summary>
public sealed class Residual : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> layers;

    /// <summary>Makes it of layers that keep the shape.</summary>
    public Residual(nn.Module<Tensor, Tensor> layers)
        : base("residual")
    {
        this.layers = layers;
        RegisterComponents();
    }

    /// <summary>a + f(a).</summary>
    public override Tensor forward(Tensor input) => input + layers.call(input);
}
