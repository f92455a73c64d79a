using System.Collections.Immutable;
using Protonmotive.Symbolics;

namespace Protonmotive.Networks;

/// <summary>Affinities from potentials: A = −Σ ν μ − z F ΔΨ.</summary>
public static class Affinities
{
    /// <summary>The affinity of a process, positive where it drives the flux forward; null where a potential is unknown.</summary>
    public static Expression? Affinity(this Process process, PhysicalConstants constants, IReadOnlyList<Membrane> membranes) =>
        Of(process.Stoichiometry, membranes.Select(m => (m, process.ChargeAcross(m))), constants);

    /// <summary>The part of the affinity that belongs to one carrier of a process; null where a potential is unknown.</summary>
    public static Expression? Affinity(this Process process, HalfReaction half, PhysicalConstants constants, IReadOnlyList<Membrane> membranes) =>
        Of(half.Participants, membranes.Select(m => (m, process.ChargeAcross(m, half))), constants);

    private static Expression? Of(ImmutableArray<Participant> participants, IEnumerable<(Membrane Membrane, double Charge)> charges, PhysicalConstants constants)
    {
        if (participants.Any(p => p.Store.Energy is null)) return null;
        var chemical = participants.Select(p => -(p.Coefficient * ((p.Store as Species)?.ConversionFactor ?? Expression.One) * Expression.Symbol(PotentialName(p.Store))));
        var electrical = charges.Where(c => c.Charge != 0)
            .Select(c => -(c.Charge * constants.Faraday * Expression.Symbol(PotentialName(c.Membrane))));
        return Expression.Sum(chemical.Concat(electrical));
    }

    /// <summary>Name of the definition that holds a store's potential.</summary>
    public static string PotentialName(Store store) => "potential." + store.Name;
}
