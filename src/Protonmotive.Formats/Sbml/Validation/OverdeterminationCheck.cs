using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Checks that there are not more equations than variables to be found from them.</summary>
/// <remarks>Rule 10601: a maximal matching of equations with variables, Level 3 Version 2 Core, section 4.11.5.</remarks>
internal static class OverdeterminationCheck
{
    public static void Check(ModelView view, Findings findings)
    {
        var algebraic = view.Rules.Where(r => r.Name.LocalName == "algebraicRule").ToList();
        if (algebraic.Count == 0) return; // other equations each name their own variable; doubles have rules of their own
        var taken = view.Rules.Select(ModelView.Target).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var name in view.Reactions.SelectMany(view.References).Select(ModelView.Referred))
            if (view.Symbols.TryGetValue(name, out var e) && !ModelView.Flag(e, "boundaryCondition") && !ModelView.Flag(e, "constant")) taken.Add(name);
        var owner = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < algebraic.Count; i++)
        {
            if (!Match(i, algebraic, Free, owner))
                findings.Error(algebraic[i], 10601, "The algebraic rules leave this one no variable of its own to find: the model is overdetermined.", "Remove a rule, or let one of its variables change (constant=\"false\").");
        }

        IEnumerable<string> Free(XElement rule) => view.Names(rule).Where(n => !taken.Contains(n) && view.Symbols.TryGetValue(n, out var e) && e.Name.LocalName != "reaction" && !(view.Edition.Level > 1 && view.IsConstant(e)));
    }

    /// <summary>Finds the equation a variable, moving others by an augmenting path (breadth first, so that length costs no stack).</summary>
    private static bool Match(int equation, List<XElement> rules, Func<XElement, IEnumerable<string>> free, Dictionary<string, int> owner)
    {
        var from = new Dictionary<string, int>(StringComparer.Ordinal);
        var holds = owner.ToDictionary(o => o.Value, o => o.Key);
        var open = new Queue<int>([equation]);
        while (open.TryDequeue(out int at))
        {
            foreach (var name in free(rules[at]))
            {
                if (!from.TryAdd(name, at)) continue;
                if (owner.TryGetValue(name, out int other))
                {
                    open.Enqueue(other);
                    continue;
                }
                for (string? step = name; step is not null;)
                {
                    int mover = from[step];
                    var left = holds.GetValueOrDefault(mover);
                    owner[step] = mover;
                    step = mover == equation ? null : left;
                }
                return true;
            }
        }
        return false;
    }
}
