using System.Collections.Immutable;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Networks;

/// <summary>
/// A multilayer perceptron written as expressions: its weights are parameters of the network, so whatever works on parameters
/// (sensitivities, fits, scans, files) works on weights.
/// </summary>
/// <remarks>
/// z⁰ = normalised inputs, zˡ = σ(Wˡ zˡ⁻¹ + bˡ), outputs = W z + b. Weights are named <c>NAME_wL_I_J</c> (layer L, to neuron I, from neuron J)
/// and biases <c>NAME_bL_I</c>, counted from 1. Made by <see cref="NetworkBuilder.Perceptron"/>.
/// </remarks>
public sealed class Perceptron
{
    internal Perceptron(string name, ImmutableArray<LearnedInput> inputs, ImmutableArray<int> hidden, int outputs, Activation activation, ulong seed, Func<string, double, string, Parameter> declare)
    {
        if (inputs.IsDefaultOrEmpty || outputs < 1 || hidden.Any(h => h < 1)) throw new NetworkException(
            $"A perceptron of {(inputs.IsDefault ? 0 : inputs.Length)} inputs, hidden layers [{string.Join(", ", hidden)}] and {outputs} outputs computes nothing.",
            $"perceptron {name}", "Give it at least one input, one output, and one neuron in each layer.");
        (Name, Inputs, Hidden, Activation, Seed) = (name, inputs, hidden, activation, seed);
        var random = new Philox(seed);
        var weights = ImmutableArray.CreateBuilder<Parameter>();
        var values = inputs.Select(i => i.Normalised).ToArray();
        int[] sizes = [.. hidden, outputs];
        for (int layer = 1; layer <= sizes.Length; layer++)
        {
            int to = sizes[layer - 1], from = values.Length;
            double reach = Math.Sqrt(6.0 / (to + from));
            var next = new Expression[to];
            for (int i = 1; i <= to; i++)
            {
                Expression sum = Add(FormattableString.Invariant($"{name}_b{layer}_{i}"), 0, $"bias, layer {layer}");
                for (int j = 1; j <= from; j++)
                {
                    double start = reach * ((2 * random.Uniform((uint)layer, (uint)(((i - 1) * from) + j - 1))) - 1);
                    sum += Add(FormattableString.Invariant($"{name}_w{layer}_{i}_{j}"), start, $"weight, layer {layer}") * values[j - 1];
                }
                next[i - 1] = layer == sizes.Length ? sum : Activate(activation, sum);
            }
            values = next;
        }
        Outputs = [.. values];
        Weights = weights.ToImmutable();

        Expression Add(string weight, double value, string what)
        {
            var parameter = declare(weight, value, what + " of " + name);
            weights.Add(parameter);
            return parameter.Symbol;
        }
    }

    /// <summary>Its name, with which the names of its weights begin.</summary>
    public string Name { get; }

    /// <summary>What it reads.</summary>
    public ImmutableArray<LearnedInput> Inputs { get; }

    /// <summary>Neurons in each hidden layer; empty for a linear map.</summary>
    public ImmutableArray<int> Hidden { get; }

    /// <summary>What hidden neurons compute.</summary>
    public Activation Activation { get; }

    /// <summary>Seed of the weights it starts with: uniform within ±√(6/(fan in + fan out)), biases 0.</summary>
    /// <remarks>Glorot and Bengio (2010), Understanding the difficulty of training deep feedforward neural networks, AISTATS 9, 249-256; random numbers by Philox.</remarks>
    public ulong Seed { get; }

    /// <summary>Weights and biases, layer by layer.</summary>
    public ImmutableArray<Parameter> Weights { get; }

    /// <summary>Its outputs, dimensionless and of either sign.</summary>
    public ImmutableArray<Expression> Outputs { get; }

    /// <summary>Shape and number of weights, e.g. "4-6-6-1 tanh, 79 weights".</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{string.Join('-', Hidden.Insert(0, Inputs.Length).Add(Outputs.Length))} {Activation.ToString().ToLowerInvariant()}, {Weights.Length} weights");

    /// <summary>ln(1 + eᵘ) = max(u, 0) + ln(1 + e^−|u|), which neither overflows nor falls below 0.</summary>
    internal static Expression Softplus(Expression u) => Max(u, 0) + Log(1 + Exp(-Abs(u)));

    private static Expression Activate(Activation activation, Expression u) => activation switch
    {
        Activation.Tanh => Tanh(u),
        Activation.Softplus => Softplus(u),
        Activation.Swish => u * (1 + Tanh(u / 2)) / 2,
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };
}
