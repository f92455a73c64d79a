using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Models;

/// <summary>Dense layers with rectified gates between them; the classes' logits come out.</summary>
/// <remarks>Weights start as PyTorch's: uniform within ±1/√(inputs) (He et al. 2015, arXiv 1502.01852, with a = √5).</remarks>
public sealed class MultilayerPerceptron : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> layers;

    /// <summary>Makes a network.</summary>
    /// <param name="sizes">Units of each layer, the inputs first and the classes last.</param>
    public MultilayerPerceptron(params int[] sizes)
        : base("mlp")
    {
        var parts = new List<(string, nn.Module<Tensor, Tensor>)> { ("flatten", nn.Flatten()) };
        for (int l = 1; l < sizes.Length; l++)
        {
            parts.Add(($"dense{l}", nn.Linear(sizes[l - 1], sizes[l])));
            if (l < sizes.Length - 1) parts.Add(($"relu{l}", nn.ReLU()));
        }
        layers = nn.Sequential(parts);
        RegisterComponents();
    }

    /// <summary>Logits.</summary>
    /// <param name="input">Shape [n, …], with as many numbers each as the first layer has units.</param>
    /// <returns>Shape [n, classes].</returns>
    public override Tensor forward(Tensor input) => layers.call(input);
}
