using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Models;

/// <summary>
/// Two convolutions with batch normalisation, rectified gates and pooling, then two dense layers with dropout between: 105,914 parameters, for
/// images of 28 × 28 and ten classes.
/// </summary>
public sealed class ConvolutionalNetwork : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> layers = nn.Sequential(
        ("conv1", nn.Conv2d(1, 16, 3, padding: 1, bias: false)),
        ("norm1", nn.BatchNorm2d(16)),
        ("relu1", nn.ReLU()),
        ("pool1", nn.MaxPool2d(2)),
        ("conv2", nn.Conv2d(16, 32, 3, padding: 1, bias: false)),
        ("norm2", nn.BatchNorm2d(32)),
        ("relu2", nn.ReLU()),
        ("pool2", nn.MaxPool2d(2)),
        ("flatten", nn.Flatten()),
        ("dense1", nn.Linear(32 * 7 * 7, 64)),
        ("relu3", nn.ReLU()),
        ("dropout", nn.Dropout(0.25)),
        ("dense2", nn.Linear(64, 10)));

    /// <summary>Makes a network with PyTorch's starting weights.</summary>
    public ConvolutionalNetwork()
        : base("convnet") => RegisterComponents();

    /// <summary>Logits.</summary>
    /// <param name="input">Shape [n, 1, 28, 28].</param>
    /// <returns>Shape [n, 10].</returns>
    public override Tensor forward(Tensor input) => layers.call(input);
}
