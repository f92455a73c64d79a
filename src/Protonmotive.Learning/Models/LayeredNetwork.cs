using Protonmotive.Learning.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Models;

/// <summary>A network of layers in a chain, with PyTorch's starting weights; the shapes between them follow from the input's.</summary>
public sealed class LayeredNetwork : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> layers;

    /// <summary>Makes a network; weights are drawn from libtorch's generator in the order of the layers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="input">Shape of an example: [units], or [channels, height, width].</param>
    /// <param name="specs">The layers.</param>
    /// <exception cref="DataException">A layer can't take the shape that comes to it.</exception>
    public LayeredNetwork(string name, ReadOnlySpan<long> input, IEnumerable<LayerSpec> specs)
        : base(name)
    {
        long[] shape = input.ToArray();
        layers = Chain(specs, ref shape, []);
        Output = shape;
        RegisterComponents();
    }

    /// <summary>The layers by name, the first one first.</summary>
    public IEnumerable<(string Name, nn.Module<Tensor, Tensor> Module)> Layers => layers.named_children().Select(c => (c.name, (nn.Module<Tensor, Tensor>)c.module));

    /// <summary>Shape of what comes out for an example.</summary>
    public IReadOnlyList<long> Output { get; }

    /// <summary>What comes out of the last layer.</summary>
    /// <param name="input">Shape [n, …input].</param>
    public override Tensor forward(Tensor input) => layers.call(input);

    private static nn.Module<Tensor, Tensor> Chain(IEnumerable<LayerSpec> specs, ref long[] shape, Dictionary<string, int> counts)
    {
        var parts = new List<(string, nn.Module<Tensor, Tensor>)>();
        foreach (var spec in specs)
        {
            var name = Name(spec.Kind);
            int number = counts[name] = counts.GetValueOrDefault(name) + 1;
            parts.Add((name + number, Layer(spec, ref shape)));
        }
        return nn.Sequential(parts);
    }

    private static nn.Module<Tensor, Tensor> Layer(LayerSpec spec, ref long[] shape)
    {
        switch (spec.Kind)
        {
            case LayerKind.Dense:
                if (shape.Length != 1) throw Unfit(spec, shape, "a row of numbers", "Put 'flatten' before it.");
                long inputs = shape[0];
                shape = [spec.Units];
                return nn.Linear(inputs, spec.Units, spec.HasBias);
            case LayerKind.Conv:
                if (shape.Length != 3) throw Unfit(spec, shape, "images: channels, height, width", "Put it before 'flatten', and give it images.");
                long channels = shape[0];
                shape = [spec.Units, Side(spec, shape, 1), Side(spec, shape, 2)];
                return nn.Conv2d(channels, spec.Units, spec.Kernel, spec.Stride, spec.Padding, bias: spec.HasBias);
            case LayerKind.Pool:
                if (shape.Length != 3 || shape[1] < spec.Units || shape[2] < spec.Units) throw Unfit(spec, shape, $"images of at least {spec.Units} × {spec.Units}", "Pool less often, or put it before 'flatten'.");
                shape = [shape[0], shape[1] / spec.Units, shape[2] / spec.Units];
                return nn.MaxPool2d(spec.Units);
            case LayerKind.Flatten:
                shape = [shape.Aggregate(1L, (a, n) => a * n)];
                return nn.Flatten();
            case LayerKind.Residual:
                long[] inner = shape;
                var layers = Chain(spec.Inner, ref inner, []);
                if (!inner.SequenceEqual(shape)) throw Unfit(spec, shape, $"an input of the shape of its layers' output, [{string.Join(", ", inner)}]", "Let its layers keep the shape: as many units, a convolution with padding.");
                return new Residual(layers);
            case LayerKind.BatchNorm: return shape.Length == 3 ? nn.BatchNorm2d(shape[0]) : nn.BatchNorm1d(shape[0]);
            case LayerKind.LayerNorm: return nn.LayerNorm(shape);
            case LayerKind.RmsNorm: return new RootMeanSquareNorm(shape);
            case LayerKind.Dropout: return nn.Dropout(spec.Share);
            case LayerKind.Relu: return nn.ReLU();
            case LayerKind.Tanh: return nn.Tanh();
            case LayerKind.Gelu: return nn.GELU();
            default: return nn.Sigmoid();
        }
    }

    private static long Side(LayerSpec spec, long[] shape, int axis)
    {
        long room = shape[axis] + (2 * spec.Padding) - spec.Kernel;
        return room < 0 ? throw Unfit(spec, shape, $"images of at least {spec.Kernel - (2 * spec.Padding)} × {spec.Kernel - (2 * spec.Padding)}", "Take a smaller kernel, more padding, or pool less often.") : (room / spec.Stride) + 1;
    }

    private static string Name(LayerKind kind) => kind is LayerKind.BatchNorm or LayerKind.LayerNorm or LayerKind.RmsNorm ? "norm" : kind.ToString().ToLowerInvariant();

    private static DataException Unfit(LayerSpec spec, long[] shape, string needed, string mend) =>
        new($"The layer '{spec.Kind.ToString().ToLowerInvariant()}' needs {needed}; it gets [{string.Join(", ", shape)}].", spec.Where.Length > 0 ? spec.Where : "layers of a network", mend);
}
