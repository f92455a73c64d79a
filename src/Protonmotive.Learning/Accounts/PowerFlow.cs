using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Protonmotive.Learning.Accounts;

/// <summary>Power that crosses the cuts of a chain of layers: ⟨δₗ, ȧₗ⟩, the adjoint of a layer's output against its tangent.</summary>
/// <remarks>
/// For a tangent of the input it is the same at every cut (Tellegen's theorem, here the identity of vector-Jacobian and
/// Jacobian-vector products). For a tangent of the parameters it grows by g·θ̇ of each layer, up to dL/dt: layers add power, and none is
/// lost between them. Tangents are computed by reverse mode twice (Townsend 2017), so they are exact.
/// </remarks>
public static class PowerFlow
{
    /// <summary>⟨δₗ, ȧₗ⟩ at the input and after each layer, for a tangent of the input.</summary>
    /// <param name="layers">The chain.</param>
    /// <param name="input">The input.</param>
    /// <param name="tangent">ẋ, of the input's shape.</param>
    /// <param name="loss">The loss of the output.</param>
    /// <returns>Shape [layers + 1]; all are equal but for rounding.</returns>
    public static ImmutableArray<double> OfInput(IReadOnlyList<nn.Module<Tensor, Tensor>> layers, Tensor input, Tensor tangent, Func<Tensor, Tensor> loss)
    {
        using var scope = NewDisposeScope();
        var x = input.detach().clone().requires_grad_();
        var cuts = Cuts(layers, x);
        return [.. cuts.Zip(Adjoints(loss(cuts[^1]), cuts)).Select(c => Dot(c.Second, ReferenceEquals(c.First, x) ? tangent : Tangent(c.First, [x], [tangent])))];
    }

    /// <summary>⟨δₗ, ȧₗ⟩ after each layer for a tangent of the parameters, and what it should be: Σ g·θ̇ over the layers up to there.</summary>
    /// <param name="layers">The chain.</param>
    /// <param name="input">The input.</param>
    /// <param name="tangents">θ̇ by parameter, in the order of the layers and of their parameters.</param>
    /// <param name="loss">The loss of the output.</param>
    /// <returns>Both, shape [layers].</returns>
    public static (ImmutableArray<double> Crossing, ImmutableArray<double> Added) OfParameters(IReadOnlyList<nn.Module<Tensor, Tensor>> layers, Tensor input, IReadOnlyList<Tensor> tangents, Func<Tensor, Tensor> loss)
    {
        using var scope = NewDisposeScope();
        var cuts = Cuts(layers, input);
        var counts = layers.Select(l => l.parameters().Count()).ToList();
        var parameters = layers.SelectMany(l => l.parameters()).Cast<Tensor>().ToList();
        var value = loss(cuts[^1]);
        var gradients = autograd.grad([value], parameters, null, retain_graph: true, create_graph: false, allow_unused: false);
        var crossing = new double[layers.Count];
        var added = new double[layers.Count];
        int known = 0;
        for (int l = 0; l < layers.Count; l++)
        {
            known += counts[l];
            added[l] = Enumerable.Range(0, known).Sum(i => Dot(gradients[i], tangents[i]));
            if (known > 0) crossing[l] = Dot(Adjoints(value, [cuts[l + 1]])[0], Tangent(cuts[l + 1], [.. parameters.Take(known)], [.. tangents.Take(known)]));
        }
        return ([.. crossing], [.. added]);
    }

    /// <summary>ȧ of a function of several inputs: the derivative by u of ⟨vjp(u), ẋ⟩, which is linear in u.</summary>
    private static Tensor Tangent(Tensor output, IList<Tensor> inputs, IList<Tensor> tangents)
    {
        var u = zeros_like(output).requires_grad_();
        var back = autograd.grad([output], inputs, [u], retain_graph: true, create_graph: true, allow_unused: true);
        Tensor? total = null;
        for (int i = 0; i < inputs.Count; i++)
        {
            if (back[i] is not { } b || b.IsInvalid) continue;
            var term = (b * tangents[i]).sum();
            total = total is null ? term : total + term;
        }
        return total is null ? zeros_like(output) : autograd.grad([total], [u], null, retain_graph: true, create_graph: false, allow_unused: false)[0];
    }

    private static List<Tensor> Cuts(IReadOnlyList<nn.Module<Tensor, Tensor>> layers, Tensor input)
    {
        List<Tensor> cuts = [input];
        foreach (var layer in layers) cuts.Add(layer.call(cuts[^1]));
        return cuts;
    }

    private static IList<Tensor> Adjoints(Tensor loss, IList<Tensor> cuts) => autograd.grad([loss], cuts, null, retain_graph: true, create_graph: false, allow_unused: false);

    private static double Dot(Tensor a, Tensor b) => (a.to(float64) * b.to(float64)).sum().item<double>();
}
