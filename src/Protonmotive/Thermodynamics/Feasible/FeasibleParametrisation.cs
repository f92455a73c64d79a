using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Thermodynamics;

/// <summary>
/// Standard potentials and conductances in place of free rate constants: k⁺ = K·exp(Σ ν μ°/RT) over substrates and k⁻ = K·exp(Σ ν μ°/RT) over
/// products, so that every choice of the new parameters obeys Wegscheider's conditions.
/// </summary>
/// <remarks>
/// Ederer and Gilles (2007), Thermodynamically feasible kinetic models of reaction networks, Biophys. J. 92, 1846-1857; Mason and Covert (2019), J. Theor. Biol. 461,
/// 145-156. Steps are found as <see cref="Audit"/> finds them: mass action from any file, pairs of one-way steps, and laws whose J⁺/J⁻ is an
/// equilibrium constant over a quotient (Haldane forms), of which one constant becomes a formula of the others. Constants that several reactions
/// share stay shared: the potentials are then tied by the relations that this implies. One-way steps, and steps from or to nothing, keep their
/// constants.
/// </remarks>
public static class FeasibleParametrisation
{
    /// <summary>The network with its reversible steps' constants given by potentials and conductances.</summary>
    /// <param name="network">The model.</param>
    /// <param name="overrides">Parameters other than the model's own, to start from.</param>
    /// <returns>The network with the feasible constants nearest to the old ones in Σ (Δ ln k)², and how far these were from feasible.</returns>
    /// <exception cref="NetworkException">No constants of the given laws obey Wegscheider, or there is no reversible step.</exception>
    public static FeasibleNetwork Of(Network network, IReadOnlyDictionary<string, double>? overrides = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        var named = NamedConstants.Of(network);
        var start = new StartValues(named, overrides);
        var left = ImmutableArray.CreateBuilder<(string Process, string Reason)>();
        var candidates = new List<ConstantGroup>();
        var groups = new Dictionary<string, ConstantGroup>(StringComparer.Ordinal);
        foreach (var step in ReactionSteps.Of(named, overrides))
        {
            if (Obstacle(step) is { } obstacle)
            {
                if (obstacle.Length > 0) left.Add((step.Process.Name, obstacle));
                continue;
            }
            var member = StepConstants.Of(step, named, start);
            if (member.Handles.IsEmpty)
            {
                left.Add((step.Process.Name, "its equilibrium constant has no parameter of its own"));
                continue;
            }
            if (!groups.TryGetValue(member.Signature, out var group)) candidates.Add(groups[member.Signature] = group = new ConstantGroup());
            group.Members.Add(member);
        }
        if (candidates.Count == 0) throw new NetworkException("No reversible step has constants that could be given by potentials.", $"network {network.Name}",
            "Reversible mass action is needed, or laws with an equilibrium constant; 'pmf check' says what is known of each law.");
        ChooseHandles(candidates, network.Name);
        var potentials = new PotentialSpace(candidates, network.Name);
        return new FeasibleWriting(named, start, candidates, potentials).Write(left.ToImmutable());
    }

    /// <summary>Why a step keeps its constants; "" where that needs no word, null where it does not keep them.</summary>
    private static string? Obstacle(ReactionStep step)
    {
        if (!step.HasAffinity || step.LogEquilibrium is not { } K || !double.IsFinite(K)) return step.Standing switch
        {
            StepStanding.OneWay => "one-way",
            StepStanding.JoinedReverse or StepStanding.Nothing => "",
            _ => step.Reason,
        };
        if (!step.Stoichiometry.Values.Any(c => c < 0) || !step.Stoichiometry.Values.Any(c => c > 0)) return "from or to nothing";
        return step.Stoichiometry.Values.All(c => Fraction.Of(c) is not null) ? null : "its stoichiometry is no fraction";
    }

    /// <summary>Gives each group the constants that are its alone, and of these the one that follows from the others.</summary>
    private static void ChooseHandles(List<ConstantGroup> groups, string name)
    {
        var uses = groups.SelectMany(g => g.Handles.Select(h => h.Name)).GroupBy(h => h, StringComparer.Ordinal).ToDictionary(h => h.Key, h => h.Count(), StringComparer.Ordinal);
        foreach (var group in groups)
        {
            group.Own = [.. group.Handles.Where(h => uses[h.Name] == 1)];
            if (group.Own.IsEmpty) throw new NetworkException(
                $"Every constant of '{group.Members[0].Step.Process.Name}' also stands in other equilibrium constants ({string.Join(", ", group.Handles.Select(h => h.Name))}).",
                $"network {name}", "Give the step a constant of its own.");
        }
    }
}
