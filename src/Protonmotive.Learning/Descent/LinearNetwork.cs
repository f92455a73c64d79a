using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Solvers;
using Protonmotive.Symbolics;
using Protonmotive.Thermodynamics;

namespace Protonmotive.Learning.Descent;

/// <summary>
/// A network of two linear layers, y = W₂ W₁ x, that learns a linear map: the smallest network whose descent is nonlinear and has symmetries. Loss
/// L = ½ ⟨‖W₂ W₁ x − y‖²⟩ over its examples.
/// </summary>
/// <remarks>
/// Saxe, McClelland and Ganguli (2014), Exact solutions to the nonlinear dynamics of learning in deep linear neural networks, arXiv 1312.6120.
/// W₁ → A W₁, W₂ → W₂ A⁻¹ leaves the loss as it is, so that W₁W₁ᵀ − W₂ᵀW₂ is constant along the gradient flow (Du, Hu and Lee 2018, arXiv 1806.00900).
/// </remarks>
public sealed class LinearNetwork
{
    private readonly double[,] inputs, targets;

    private LinearNetwork(int inputCount, int hidden, int outputs, ImmutableArray<double> start, double[,] inputs, double[,] targets)
    {
        (Inputs, Hidden, Outputs, Start, this.inputs, this.targets) = (inputCount, hidden, outputs, start, inputs, targets);
    }

    /// <summary>Inputs.</summary>
    public int Inputs { get; }

    /// <summary>Hidden units.</summary>
    public int Hidden { get; }

    /// <summary>Outputs.</summary>
    public int Outputs { get; }

    /// <summary>Weights at the start: W₁ row by row, then W₂; shape [hidden·inputs + outputs·hidden].</summary>
    public ImmutableArray<double> Start { get; }

    /// <summary>A network with random examples of a random map.</summary>
    /// <param name="inputs">Inputs.</param>
    /// <param name="hidden">Hidden units.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="examples">Examples.</param>
    /// <param name="scale">Deviation of the weights at the start: small ones learn late and suddenly.</param>
    /// <param name="seed">Seed of all of it.</param>
    public static LinearNetwork Random(int inputs = 3, int hidden = 3, int outputs = 2, int examples = 12, double scale = 0.3, ulong seed = 1)
    {
        var random = new Philox(seed);
        double Normal(uint kind, int i) => Math.Sqrt(-2 * Math.Log(1 - random.Uniform(kind, (uint)(2 * i)))) * Math.Cos(2 * Math.PI * random.Uniform(kind, (uint)((2 * i) + 1)));
        double[,] x = new double[examples, inputs], y = new double[examples, outputs], map = new double[outputs, inputs];
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < inputs; i++) map[o, i] = Normal(0, (o * inputs) + i);
        }
        for (int n = 0; n < examples; n++)
        {
            for (int i = 0; i < inputs; i++) x[n, i] = Normal(1, (n * inputs) + i);
            for (int o = 0; o < outputs; o++) y[n, o] = Enumerable.Range(0, inputs).Sum(i => map[o, i] * x[n, i]) + (0.1 * Normal(2, (n * outputs) + o));
        }
        return new LinearNetwork(inputs, hidden, outputs, [.. Enumerable.Range(0, (hidden * inputs) + (outputs * hidden)).Select(k => scale * Normal(3, k))], x, y);
    }

    /// <summary>Loss, and its gradient by the weights.</summary>
    /// <param name="weights">As in <see cref="Start"/>.</param>
    /// <param name="gradient">Receives ∂L/∂w, of the same shape.</param>
    public double Loss(ReadOnlySpan<double> weights, Span<double> gradient)
    {
        gradient.Clear();
        int examples = inputs.GetLength(0);
        double loss = 0;
        Span<double> h = stackalloc double[Hidden], δ = stackalloc double[Hidden];
        for (int n = 0; n < examples; n++)
        {
            δ.Clear();
            for (int k = 0; k < Hidden; k++)
            {
                h[k] = 0;
                for (int i = 0; i < Inputs; i++) h[k] += weights[First(k, i)] * inputs[n, i];
            }
            for (int o = 0; o < Outputs; o++)
            {
                double error = -targets[n, o];
                for (int k = 0; k < Hidden; k++) error += weights[Second(o, k)] * h[k];
                loss += error * error / (2 * examples);
                for (int k = 0; k < Hidden; k++)
                {
                    gradient[Second(o, k)] += error * h[k] / examples;
                    δ[k] += error * weights[Second(o, k)] / examples;
                }
            }
            for (int k = 0; k < Hidden; k++)
            {
                for (int i = 0; i < Inputs; i++) gradient[First(k, i)] += δ[k] * inputs[n, i];
            }
        }
        return loss;
    }

    /// <summary>The charges W₁W₁ᵀ − W₂ᵀW₂; shape [hidden·hidden].</summary>
    public double[] Charges(ReadOnlySpan<double> weights)
    {
        var charges = new double[Hidden * Hidden];
        for (int a = 0; a < Hidden; a++)
        {
            for (int b = 0; b < Hidden; b++)
            {
                for (int i = 0; i < Inputs; i++) charges[(a * Hidden) + b] += weights[First(a, i)] * weights[First(b, i)];
                for (int o = 0; o < Outputs; o++) charges[(a * Hidden) + b] -= weights[Second(o, a)] * weights[Second(o, b)];
            }
        }
        return charges;
    }

    /// <summary>
    /// Its gradient flow as a network of the engine: a weight is a store, the loss the energy that all share, so that a weight's potential is ∂L/∂w;
    /// a conductor with mobility 1 lets it run down, dw/dt = −∂L/∂w, and dissipates (∂L/∂w)².
    /// </summary>
    public Network ToNetwork()
    {
        var b = new NetworkBuilder("gradient flow of a linear network") { TimeUnit = "1", AmountUnit = "1", EnergyUnit = "loss" };
        var stores = Enumerable.Range(0, Start.Length).Select(k => b.Store(Name(k), Start[k], _ => 0, description: "weight")).ToArray();
        int examples = inputs.GetLength(0);
        Expression loss = 0;
        for (int o = 0; o < Outputs; o++)
        {
            for (int n = 0; n < examples; n++)
            {
                Expression error = -targets[n, o];
                for (int k = 0; k < Hidden; k++)
                {
                    Expression h = 0;
                    for (int i = 0; i < Inputs; i++) h += stores[First(k, i)].Content * inputs[n, i];
                    error += stores[Second(o, k)].Content * h;
                }
                loss += error * error / (2 * examples);
            }
        }
        b.SharedEnergy("loss", loss, [.. stores]);
        for (int k = 0; k < stores.Length; k++) b.Process("descent of " + Name(k), ProcessKind.Conductor, $"{Name(k)} -> ", FluxLaw.Ohm(1));
        return b.Build();
    }

    private int First(int hidden, int input) => (hidden * Inputs) + input;

    private int Second(int output, int hidden) => (Hidden * Inputs) + (output * Hidden) + hidden;

    private string Name(int k) => k < Hidden * Inputs ? $"w1_{(k / Inputs) + 1}_{(k % Inputs) + 1}" : (k - (Hidden * Inputs)) is var s ? $"w2_{(s / Hidden) + 1}_{(s % Hidden) + 1}" : "";
}
