using Protonmotive.Symbolics;
using static Protonmotive.Symbolics.Expression;

namespace Protonmotive.Networks;

/// <summary>The free energy of an ideal dilute species or fast-equilibrium pool.</summary>
/// <remarks>
/// G(n) = n (μ° + RT (ln(n/(V P)) − 1)), so μ = ∂G/∂n = μ° + RT ln(c/P): for a pool this is the potential of its free reference
/// form, and G is the transformed energy at clamped H⁺, Mg²⁺ and K⁺ (Alberty 2003, Thermodynamics of Biochemical Reactions, ch. 4).
/// Below the trace content nε the logarithm stays at ln nε and G goes on along its tangent: G = n (μ° + RT (ln(nε/(V P)) − nε/n)),
/// continuous with its first derivative, so an empty store has a finite potential and the account closes exactly.
/// </remarks>
internal static class IdealDilute
{
    public static Expression Energy(Species species, Expression standardPotential, Expression thermalEnergy, double traceConcentration)
    {
        var n = species.Content;
        var volume = species.Compartment.Symbol;
        var reference = species.Binding is null ? volume : volume * species.Binding;
        var trace = traceConcentration * volume;
        var mixing = Branch(LessOrEqual(trace, n),
            n * (Log(n / reference) - 1),
            (n * Log(trace / reference)) - trace);
        return (n * standardPotential) + (thermalEnergy * mixing);
    }
}
