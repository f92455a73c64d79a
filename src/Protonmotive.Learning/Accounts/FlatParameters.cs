using System.Collections.Immutable;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Accounts;

/// <summary>The parameters of a network as one vector of 64-bit numbers, parted into layers.</summary>
/// <remarks>A parameter that several modules share stands in it once, in the layer that names it first. Frozen parameters are left out.</remarks>
internal sealed class FlatParameters
{
    private readonly ImmutableArray<Parameter> parameters;
    private readonly Dictionary<nint, int> places = [];
    private readonly List<long> offsets = [];

    /// <summary>Collects them.</summary>
    /// <param name="network">The network that names them.</param>
    /// <param name="others">Parameters that a network may not name, e.g. those of an optimiser; each set is a layer.</param>
    public FlatParameters(nn.Module network, IEnumerable<(string Name, IEnumerable<Parameter> Parameters)> others)
    {
        var found = new List<(string Layer, Parameter Parameter)>();
        void Add(string layer, Parameter parameter)
        {
            if (parameter.requires_grad && places.TryAdd(parameter.Handle, found.Count)) found.Add((layer, parameter));
        }
        foreach (var (name, parameter) in network.named_parameters()) Add(LayerOf(name), parameter);
        foreach (var (name, more) in others)
        {
            foreach (var parameter in more) Add(name, parameter);
        }
        // layers in the order of their first parameter, each in one piece
        var grouped = found.GroupBy(f => f.Layer).ToList();
        parameters = [.. grouped.SelectMany(g => g.Select(f => f.Parameter))];
        places.Clear();
        for (int i = 0; i < parameters.Length; i++)
        {
            places[parameters[i].Handle] = i;
            offsets.Add(i == 0 ? 0 : offsets[^1] + parameters[i - 1].numel());
        }
        long offset = 0;
        var layers = ImmutableArray.CreateBuilder<ParameterLayer>();
        foreach (var group in grouped)
        {
            long length = group.Sum(f => f.Parameter.numel());
            layers.Add(new ParameterLayer(group.Key, offset, length));
            offset += length;
        }
        Layers = layers.ToImmutable();
        Count = offset;
    }

    /// <summary>The layers: a module that has parameters of its own is one.</summary>
    public ImmutableArray<ParameterLayer> Layers { get; }

    /// <summary>Number of elements.</summary>
    public long Count { get; }

    /// <summary>The parameters in the order of the vector.</summary>
    public ImmutableArray<Parameter> Parameters => parameters;

    /// <summary>The parameters of each layer.</summary>
    public IEnumerable<(string Layer, IReadOnlyList<Parameter> Tensors)> ByLayer()
    {
        int next = 0;
        foreach (var layer in Layers)
        {
            var tensors = new List<Parameter>();
            for (long length = 0; length < layer.Length; length += tensors[^1].numel()) tensors.Add(parameters[next++]);
            yield return (layer.Name, tensors);
        }
    }

    /// <summary>Whether a parameter is in the vector.</summary>
    public bool Holds(Parameter parameter) => places.ContainsKey(parameter.Handle);

    /// <summary>A parameter's part of a vector; a view.</summary>
    public Tensor Slice(Tensor vector, Parameter parameter) => vector.narrow(0, offsets[places[parameter.Handle]], parameter.numel());

    /// <summary>The first layer in which a vector is not finite; null where it is in all.</summary>
    public string? FirstNonFinite(Tensor vector)
    {
        using var scope = NewDisposeScope();
        return double.IsFinite(vector.sum().item<double>()) || vector.isfinite() is var finite && finite.all().item<bool>() ? null
            : Layers.First(l => !finite.narrow(0, l.Offset, l.Length).all().item<bool>()).Name;
    }

    /// <summary>The vector θ, a copy; shape [count].</summary>
    public Tensor Read() => Join(p => p);

    /// <summary>The vector of the gradients that backpropagation left, a copy; 0 where it left none.</summary>
    public Tensor ReadGradients() => Join(p => p.grad);

    /// <summary>Sets θ.</summary>
    public void Write(Tensor vector)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        long offset = 0;
        foreach (var p in parameters)
        {
            p.copy_(vector.narrow(0, offset, p.numel()).reshape(p.shape));
            offset += p.numel();
        }
    }

    /// <summary>Joins a tensor for each parameter, of its shape or a scalar, into a vector; 0 where there is none.</summary>
    public Tensor Join(Func<Parameter, Tensor?> part)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var parts = parameters.Select(p => part(p) is { IsInvalid: false } t
            ? t.detach().to(float64).expand(p.shape).flatten()
            : zeros([p.numel()], float64, p.device)).ToList();
        return scope.MoveToOuter(parts.Count == 1 ? parts[0].clone() : cat(parts, 0)); // TorchSharp's cat of one tensor is that tensor, not a copy
    }

    /// <summary>The gradient of a loss by the parameters; shape [count].</summary>
    public Tensor Gradient(Tensor loss) => GradientAndAdjoints(loss, []).Gradient;

    /// <summary>The gradient of a loss by the parameters, shape [count], and by some values on the way; null where it does not depend on one.</summary>
    public (Tensor Gradient, IReadOnlyList<Tensor?> Adjoints) GradientAndAdjoints(Tensor loss, IReadOnlyList<Tensor> values)
    {
        using var scope = NewDisposeScope();
        var gradients = autograd.grad([loss], [.. parameters, .. values], null, false, false, allow_unused: true);
        int i = 0;
        var joined = scope.MoveToOuter(Join(_ => gradients[i++]));
        Tensor?[] adjoints = [.. gradients.Skip(parameters.Length).Select(g => g is { IsInvalid: false } t ? scope.MoveToOuter(t) : null)];
        return (joined, adjoints);
    }

    /// <summary>The Hessian of a loss times a vector; shape [count].</summary>
    public Tensor HessianTimes(Tensor loss, Tensor v)
    {
        using var scope = NewDisposeScope();
        var gradients = autograd.grad([loss], [.. parameters], null, retain_graph: true, create_graph: true, allow_unused: true);
        Tensor? power = null;
        for (int i = 0; i < parameters.Length; i++)
        {
            if (gradients[i] is not { } g || g.IsInvalid || !g.requires_grad) continue;
            var term = (g * Slice(v, parameters[i]).reshape(g.shape).to(g.dtype)).sum();
            power = power is null ? term : power + term;
        }
        return scope.MoveToOuter(power is null ? zeros_like(v) : Gradient(power)); // of a loss that is linear there is none
    }

    /// <summary>Σ aᵢ bᵢ over each layer.</summary>
    public double[] Dot(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        var product = a * b;
        return [.. Layers.Select(l => product.narrow(0, l.Offset, l.Length).sum().item<double>())];
    }

    private static string LayerOf(string parameter) => parameter.LastIndexOf('.') is >= 0 and var dot ? parameter[..dot] : parameter;
}
