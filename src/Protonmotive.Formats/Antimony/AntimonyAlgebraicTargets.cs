using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Antimony;

/// <summary>Finds which quantity each algebraic rule determines: a matching of rules and quantities that may change, by augmenting paths.</summary>
internal static class AntimonyAlgebraicTargets
{
    private const int MostRules = 1_000;

    /// <summary>One target for each rule, in order.</summary>
    /// <exception cref="AntimonyException">A rule has nothing left to determine.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<(AntimonyAlgebraicRule Rule, Expression Residual)> rules, IReadOnlyDictionary<string, Expression> always, IEnumerable<AntimonyElement> elements)
    {
        if (rules.Count == 0) return [];
        if (rules.Count > MostRules) throw rules[MostRules].Rule.Source.Fault(rules[MostRules].Rule.Token, $"There are more than {MostRules} algebraic rules.", "Solve some of them for a variable and write ':='.");
        var byName = elements.ToDictionary(e => e.Name, StringComparer.Ordinal);
        var candidates = rules.Select(r => Inside(r.Residual, always).Where(byName.ContainsKey).Select(name => byName[name]).Where(MayChange)
            .OrderBy(Reluctance).Select(e => e.Name).ToArray()).ToList();
        var owner = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < rules.Count; i++)
        {
            if (!Augment(i, candidates, owner, [])) throw rules[i].Rule.Source.Fault(rules[i].Rule.Token, "The algebraic rule has no quantity left to determine.",
                "Declare one quantity in it with 'var', and give it no rule and no reaction.");
        }
        foreach (var e in byName.Values) e.IsSolvedFor = false;
        foreach (var name in owner.Keys) byName[name].IsSolvedFor = true;
        var targets = owner.ToDictionary(o => o.Value, o => o.Key);
        return [.. Enumerable.Range(0, rules.Count).Select(i => targets[i])];
    }

    /// <summary>Takes what a residual names and what has no value as an unknown, so that formulas may use it before its rule is found.</summary>
    public static void MarkUnknowns(AntimonyFormula residual, AntimonyScope scope, AntimonyFlattener flat)
    {
        foreach (var name in AntimonyModel.Names(residual).Where(n => !scope.Submodels.ContainsKey(n)))
        {
            var element = flat.Find(new AntimonyReference(residual.Source, residual.First, [name]), scope).Canonical;
            element.IsSolvedFor |= !element.HasValue;
        }
    }

    private static bool MayChange(AntimonyElement e) => e.Always is null && e.Rate is null && e.Type switch
    {
        "species" => e.IsConstant == true || !e.TakesPart,
        "" or "formula" or "compartment" => e.IsConstant != true,
        _ => false,
    };

    /// <summary>What is declared to change comes first, then what has no value, species that nothing moves, held ones, what looks constant, and last what events set.</summary>
    private static int Reluctance(AntimonyElement e) => e switch
    {
        { IsSetByEvent: true } => 5,
        { IsConstant: false } => 0,
        { Initial: null } => 1,
        { Type: "species" } => e.IsConstant == true ? 3 : 2,
        _ => 4,
    };

    private static List<string> Inside(Expression residual, IReadOnlyDictionary<string, Expression> always)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<string>();
        var open = new Stack<Expression>([residual]);
        while (open.TryPop(out var formula))
        {
            foreach (var symbol in formula.Symbols())
            {
                if (!seen.Add(symbol)) continue;
                if (always.TryGetValue(symbol, out var rule)) open.Push(rule);
                else found.Add(symbol);
            }
        }
        return found;
    }

    private static bool Augment(int rule, List<string[]> candidates, Dictionary<string, int> owner, HashSet<string> tried)
    {
        foreach (var name in candidates[rule])
        {
            if (!tried.Add(name)) continue;
            if (owner.TryGetValue(name, out int other) && !Augment(other, candidates, owner, tried)) continue;
            owner[name] = rule;
            return true;
        }
        return false;
    }
}
