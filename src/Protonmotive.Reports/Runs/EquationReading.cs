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

    /// <summary>Rates and shared energies, then the definitions that they and the laws name, in the network's order. Of many places, the first.</summary>
    public static ImmutableArray<EquationRecord> Of(Network network, IEnumerable<Expression> laws)
    {
        var definitions = network.Assignments.ToDictionary(a => a.Target, StringComparer.Ordinal);
        var energies = network.SharedEnergies.Select(e => (Shared: e, Named: network.Assignments.FirstOrDefault(a => a.Value.Equals(e.Energy)))).ToList();
        var used = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<Expression>(laws.Concat(network.Rates.Select(r => r.Value)).Concat(network.SharedEnergies.Select(e => e.Energy)));
        while (open.TryDequeue(out var next))
            foreach (string name in next.Symbols())
                if (definitions.TryGetValue(name, out var definition) && used.Add(name)) open.Enqueue(definition.Value);
        if (used.Count > MostDefinitions) used.Clear();
        string About(string name, string otherwise = "") => network.Find(name)?.Description is { Length: > 0 } text ? text : otherwise;
        return
        [
            .. network.Rates.Where(r => IsShown(r.Target)).Select(r => new EquationRecord(EquationKind.Rate, Plain(r.Target), Plain(r.Value.ToString()), About(r.Target))),
            .. energies.Select(e => new EquationRecord(EquationKind.Energy, e.Named?.Target ?? "G", Plain(e.Shared.Energy.ToString()), e.Shared.Name)),
            .. network.Assignments.Where(a => used.Contains(a.Target) && IsShown(a.Target) && !energies.Any(e => e.Named == a)).Select(a => new EquationRecord(EquationKind.Definition, Plain(a.Target), Plain(a.Value.ToString()), About(a.Target, a.Description))),
        ];
    }

    /// <summary>A text about the first of many places without its number.</summary>
    public static string Plain(string text) => text.Replace(First, "", StringComparison.Ordinal);

    private static bool IsShown(string name) => !name.Contains('[', StringComparison.Ordinal) || name.EndsWith(First, StringComparison.Ordinal);
}
