using System.Collections.Immutable;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Reports.Runs;

/// <summary>Reads from a network what its laws stand on.</summary>
internal static class EquationReading
{
    private const string First = "[0]";

    /// <summary>Definitions beyond which none are listed: no reader follows more.</summary>
    private const int MostDefinitions = 100;

    /// <summary>Rates of what the laws name and shared energies, then the potentials, membranes, sizes of compartments, held levels and definitions that all these name, in the network's order. Of many places, the first.</summary>
    public static ImmutableArray<EquationRecord> Of(Network network, IEnumerable<Expression> laws)
    {
        // Of a potential that comes from a shared energy no more is to be told; that of a membrane is told by its charge.
        var potentials = network.Stores.Where(s => s is { Potential: not null } and not Membrane && !network.SharedEnergies.Any(e => e.Stores.Contains(s))).Select(s => (Store: s, Target: Affinities.PotentialName(s), Value: s.Potential!)).ToList();
        var held = network.Stores.OfType<Species>().Where(s => s.IsReservoir && !s.Initial.IsConstant).ToList();
        var membranes = network.Membranes.Where(m => !m.IsReservoir).ToList();
        var sizes = network.Compartments.Where(c => !c.Size.IsConstant).ToList();
        var definitions = network.Assignments.Select(a => (a.Target, a.Value)).Concat(network.Rates.Select(r => (r.Target, r.Value))).Concat(potentials.Select(p => (p.Target, p.Value))).Concat(held.Select(s => (Target: s.Name, Value: s.Initial))).Concat(membranes.Select(m => (Target: m.Name, Value: m.Face))).Concat(sizes.Select(c => (Target: c.Name, Value: c.Size))).ToLookup(d => d.Target, d => d.Value, StringComparer.Ordinal);
        var energies = network.SharedEnergies.Select(e => (Shared: e, Named: network.Assignments.FirstOrDefault(a => a.Value.Equals(e.Energy)))).ToList();
        var used = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<Expression>(laws.Concat(network.Processes.SelectMany(p => p.Reactants.Concat(p.Products)).Select(p => p.Coefficient)).Concat(network.SharedEnergies.Select(e => e.Energy)));
        if (open.Count == 0) foreach (var rate in network.Rates) open.Enqueue(rate.Value);
        while (open.TryDequeue(out var next))
            foreach (string name in next.Symbols().Where(n => definitions.Contains(n) && used.Add(n)))
                foreach (var value in definitions[name]) open.Enqueue(value);
        if (used.Count > MostDefinitions) used.Clear();
        string About(string name, string otherwise = "") => network.Find(name)?.Description is { Length: > 0 } text ? text : otherwise;
        return
        [
            .. network.Rates.Where(r => (network.Processes.IsEmpty || used.Contains(r.Target)) && IsShown(r.Target)).Select(r => new EquationRecord(EquationKind.Rate, Plain(r.Target), Plain(r.Value.ToString()), About(r.Target))),
            .. energies.Select(e => new EquationRecord(EquationKind.Energy, e.Named?.Target ?? "G", Plain(e.Shared.Energy.ToString()), e.Shared.Name)),
            .. potentials.Where(p => used.Contains(p.Target) && IsShown(p.Store.Name)).Select(p => new EquationRecord(EquationKind.Definition, Plain(p.Target), Plain(p.Value.ToString()), p.Store.Description)),
            .. membranes.Where(m => used.Contains(m.Name) && IsShown(m.Name)).Select(m => new EquationRecord(EquationKind.Definition, Plain(m.Name), Plain(m.Face.ToString()), (m.Description.Length > 0 ? m.Description + "; " : "") + "its charge over its capacitance")),
            .. sizes.Where(c => used.Contains(c.Name) && IsShown(c.Name)).Select(c => new EquationRecord(EquationKind.Definition, Plain(c.Name), Plain(c.Size.ToString()), c.Description)),
            .. held.Where(s => used.Contains(s.Name) && IsShown(s.Name)).Select(s => new EquationRecord(EquationKind.Held, Plain(s.Name), Plain(s.Initial.ToString()), s.Description)),
            .. network.Assignments.Where(a => used.Contains(a.Target) && IsShown(a.Target) && !energies.Any(e => e.Named == a)).Select(a => new EquationRecord(EquationKind.Definition, Plain(a.Target), Plain(a.Value.ToString()), About(a.Target, a.Description))),
        ];
    }

    /// <summary>A text about the first of many places without its number.</summary>
    public static string Plain(string text) => text.Replace(First, "", StringComparison.Ordinal);

    private static bool IsShown(string name) => !name.Contains('[', StringComparison.Ordinal) || name.EndsWith(First, StringComparison.Ordinal);
}
