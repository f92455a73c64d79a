namespace Protonmotive.Networks;

/// <summary>What a hidden neuron does with its weighted sum. All are smooth, so that solvers and derivatives see no kink.</summary>
public enum Activation
{
    /// <summary>tanh u.</summary>
    Tanh,
    /// <summary>ln(1 + eᵘ).</summary>
    Softplus,
    /// <summary>u/(1 + e⁻ᵘ).</summary>
    Swish,
}
