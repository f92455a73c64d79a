using System.Xml.Linq;
using Protonmotive.Symbolics;
using static Protonmotive.Formats.Sbml.SbmlReader;

namespace Protonmotive.Formats.Sbml;

/// <summary>Finds which quantity each algebraic rule determines.</summary>
/// <remarks>
/// SBML Level 3 Version 2, section 4.9.5: a matching of equations and variables. Candidates of a rule are the quantities in it,
/// through assignment rules, that may change and that nothing else determines; the matching is maximal, by augmenting paths.
/// </remarks>
internal static class AlgebraicTargets
{
    /// <summary>One target for each rule, in order.</summary>
    /// <exception cref="SbmlException">A rule has nothing left to determine.</exception>
    public static IReadOnlyList<string> Of(XElement model, int level, SbmlIdentifiers ids, IReadOnlyList<(XElement Rule, Expression Residual)> rules,
        IReadOnlyDictionary<string, Expression> assigned, string file)
    {
        if (rules.Count == 0) return [];
        var moved = ids.List("listOfReactions").Elements().Where(x => x.Name.LocalName is "listOfReactants" or "listOfProducts").Elements()
            .Select(r => (string?)r.Attribute("species") ?? (string?)r.Attribute("specie") ?? "").ToHashSet(StringComparer.Ordinal);
        bool MayChange(string id)
        {
            if (ids.Ruled.Contains(id)) return false;
            if (ids.Find("listOfSpecies", id) is { } s) return !Flag(s, "constant") && (Flag(s, "boundaryCondition") || !moved.Contains(id));
            if (ids.Find("listOfParameters", id) is { } p) return !Flag(p, "constant", level == 2);
            if (ids.Find("listOfCompartments", id) is { } c) return !Flag(c, "constant", level == 2);
            return ids.NamedReferences.Any(r => (string?)r.Attribute("id") == id && !Flag(r, "constant"));
        }

        bool IsHeld(string id) => ids.Find("listOfSpecies", id) is { } s && Flag(s, "boundaryCondition");

        // Quantities that an event sets come last: they may be parameters that the event switches. Boundary species come after others.
        var candidates = rules.Select(r => Inside(r.Residual, assigned).Where(MayChange).OrderBy(ids.SetByEvent.Contains).ThenBy(IsHeld).ToArray()).ToList();
        var owner = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < rules.Count; i++)
        {
            if (!Augment(i, candidates, owner, [])) throw SbmlException.At(rules[i].Rule, file, "The algebraic rule has no quantity left to determine.",
                "Let one quantity in it be constant=\"false\", without a rule and unchanged by reactions.");
        }
        var targets = owner.ToDictionary(o => o.Value, o => o.Key);
        return [.. Enumerable.Range(0, rules.Count).Select(i => targets[i])];
    }

    private static List<string> Inside(Expression residual, IReadOnlyDictionary<string, Expression> assigned)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<string>();
        var open = new Stack<Expression>([residual]);
        while (open.TryPop(out var formula))
        {
            foreach (var symbol in formula.Symbols())
            {
                if (!seen.Add(symbol)) continue;
                if (assigned.TryGetValue(symbol, out var rule)) open.Push(rule);
                else found.Add(symbol);
            }
        }
        return found;
    }

    private static bool Augment(int rule, List<string[]> candidates, Dictionary<string, int> owner, HashSet<string> tried)
    {
        foreach (var id in candidates[rule])
        {
            if (!tried.Add(id)) continue;
            if (owner.TryGetValue(id, out int other) && !Augment(other, candidates, owner, tried)) continue;
            owner[id] = rule;
            return true;
        }
        return false;
    }
}
