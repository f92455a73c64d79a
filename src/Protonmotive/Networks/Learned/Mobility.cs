using System.Collections.Immutable;
using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Networks;

/// <summary>A mobility M(x; θ) ≥ 0 from a neural network: flux per affinity of one process, positive by its form for every weight.</summary>
/// <remarks>
/// M = scale · positive(u) · Π gates, with u the network's output. The gates |q|/(|q| + K) say that a carrier without a substrate carries
/// nothing; they are not negative either.
/// </remarks>
public sealed class Mobility
{
    /// <summary>A mobility.</summary>
    /// <param name="network">With one output.</param>
    /// <param name="scale">Flux per affinity at positive(u) = 1, in the unit of the flux over that of the affinity; positive.</param>
    /// <param name="positivity">What makes it positive.</param>
    /// <param name="gates">Quantities without which nothing flows, with the value K at which a gate is half open; K positive, in the quantity's unit.</param>
    /// <exception cref="NetworkException">Several outputs, or a constant that is not positive.</exception>
    public Mobility(Perceptron network, double scale, Positivity positivity = Positivity.Softplus, params ImmutableArray<(Expression Quantity, double Half)> gates)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Outputs.Length != 1) throw new NetworkException($"A mobility has one output, but the network has {network.Outputs.Length}.",
            $"perceptron {network.Name}", "Give the perceptron one output, or use a MobilityMatrix for several processes.");
        if (!(scale > 0) || !double.IsFinite(scale) || gates.Any(g => !(g.Half > 0) || !double.IsFinite(g.Half)))
            throw new NetworkException("A constant of a mobility is not positive.", $"perceptron {network.Name}", "Give positive numbers for the scale and the half values of gates: they keep M ≥ 0.");
        (Network, Scale, Positivity, Gates) = (network, scale, positivity, gates);
        Value = scale * Positive(positivity, network.Outputs[0]) * Product(gates.Select(g => Abs(g.Quantity) / (Abs(g.Quantity) + g.Half)));
    }

    /// <summary>The neural network.</summary>
    public Perceptron Network { get; }

    /// <summary>Flux per affinity where the positive function is 1.</summary>
    public double Scale { get; }

    /// <summary>What makes it positive.</summary>
    public Positivity Positivity { get; }

    /// <summary>Quantities without which nothing flows.</summary>
    public ImmutableArray<(Expression Quantity, double Half)> Gates { get; }

    /// <summary>M, in the network's symbols.</summary>
    public Expression Value { get; }

    /// <summary>Its form in words.</summary>
    public override string ToString() => $"M = {Form(Positivity)} of {Network}";

    internal static Expression Positive(Positivity positivity, Expression u) => positivity switch
    {
        Positivity.Softplus => Perceptron.Softplus(u),
        Positivity.Square => u * u,
        Positivity.Exponential => Exp(u),
        _ => throw new ArgumentOutOfRangeException(nameof(positivity)),
    };

    internal static string Form(Positivity positivity) => positivity.ToString().ToLowerInvariant();
}
