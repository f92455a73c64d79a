using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Checks that values don't depend on themselves through assignment rules, initial assignments and kinetic laws, nor rates through rateOf.</summary>
/// <remarks>Rules 10224, 10225, 20906 and 20912.</remarks>
internal sealed class CircularityCheck(ModelView view, Findings findings)
{
    public void Check()
    {
        var makers = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var rule in view.AssignmentRules) makers.TryAdd(ModelView.Target(rule)!, rule);
        foreach (var initial in view.InitialAssignments) makers.TryAdd(ModelView.Text(initial, "symbol") ?? "", initial);
        if (view.Edition.Level > 1)
            foreach (var reaction in view.Reactions)
                if (view.Child(reaction, "kineticLaw") is { } law) makers.TryAdd(view.Id(reaction), law);
        var needs = makers.ToDictionary(m => m.Key, m => Needs(m.Value).Where(makers.ContainsKey).ToList(), StringComparer.Ordinal);
        foreach (var cycle in DependencyCycles.Find(needs))
            findings.Error(makers[cycle[0]], 20906, $"Values depend on each other in a circle: {string.Join(" → ", cycle.Append(cycle[0]))}.", "Solve for one of them by hand, or write an algebraic rule.");
        Volumes(makers);
        if (view.Edition.Number >= 32) Rates();
    }

    /// <summary>What a formula needs the value of: not the arguments of rateOf, nor what a kinetic law declares itself.</summary>
    private IEnumerable<string> Needs(XElement holder)
    {
        var locals = holder.Name.LocalName == "kineticLaw" ? view.Locals(holder).Select(view.Id).ToHashSet(StringComparer.Ordinal) : [];
        return view.Names(holder).Where(n => !locals.Contains(n) && (view.Edition.Number < 32 || HasOwnUse(holder, n)));
    }

    private static bool HasOwnUse(XElement holder, string name) =>
        ModelView.Math(holder) is not { } math || math.Descendants().Any(e => e.Name.LocalName == "ci" && e.Value.Trim() == name && !IsRateOf(e.Parent!));

    private static bool IsRateOf(XElement apply) =>
        apply.Name.LocalName == "apply" && apply.Elements().First() is { Name.LocalName: "csymbol" } head && ModelView.Text(head, "definitionURL")?.EndsWith("/rateOf", StringComparison.Ordinal) == true;

    /// <summary>A volume can't be defined by the concentration of what it holds.</summary>
    private void Volumes(Dictionary<string, XElement> makers)
    {
        foreach (var compartment in view.Compartments)
        {
            string id = view.Id(compartment);
            if (!makers.TryGetValue(id, out var maker)) continue;
            foreach (var name in view.Names(maker))
            {
                if (view.Symbols.TryGetValue(name, out var e) && e.Name.LocalName == "species" && ModelView.Text(e, "compartment") == id && !ModelView.Flag(e, "hasOnlySubstanceUnits") && !makers.ContainsKey(name))
                    findings.Error(maker, 20906, $"The size of '{id}' is defined by the concentration of '{name}', which needs that size.", "Give the species only substance units, or define the size in another way.");
            }
        }
    }

    private void Rates()
    {
        var uses = view.Model.Descendants(MathVocabulary.Namespace + "apply").Where(IsRateOfSafe).Select(a => (Apply: a, Name: a.Elements().ElementAtOrDefault(1)?.Value.Trim() ?? "")).ToList();
        if (uses.Count == 0) return;
        var assigned = view.AssignmentRules.Select(ModelView.Target).ToHashSet(StringComparer.Ordinal);
        foreach (var (apply, name) in uses)
        {
            if (assigned.Contains(name)) findings.Error(apply, 10224, $"rateOf asks for the rate of '{name}', which has an assignment rule.", "Ask for the rate of what the rule is made of.");
            if (view.Symbols.TryGetValue(name, out var e) && e.Name.LocalName == "species" && !ModelView.Flag(e, "hasOnlySubstanceUnits") && ModelView.Text(e, "compartment") is { } place && assigned.Contains(place))
                findings.Error(apply, 10225, $"rateOf asks for the rate of the concentration of '{name}', whose compartment's size has an assignment rule.", "Give the species only substance units.");
        }
        RateCircles();
    }

    private static bool IsRateOfSafe(XElement apply) => apply.HasElements && IsRateOf(apply);

    /// <summary>The rate of a variable may not need its own rate.</summary>
    private void RateCircles()
    {
        var makers = new Dictionary<string, List<XElement>>(StringComparer.Ordinal);
        void Add(string name, XElement maker) => (makers.TryGetValue(name, out var list) ? list : makers[name] = []).Add(maker);
        foreach (var rule in view.RateRules) Add("rate of " + ModelView.Target(rule), rule);
        foreach (var rule in view.AssignmentRules) Add(ModelView.Target(rule)!, rule);
        foreach (var reaction in view.Reactions)
        {
            if (view.Child(reaction, "kineticLaw") is not { } law) continue;
            Add(view.Id(reaction), law);
            foreach (var reference in view.References(reaction)) Add("rate of " + ModelView.Referred(reference), law);
        }
        var needs = makers.ToDictionary(m => m.Key, m => m.Value.SelectMany(Uses).Distinct().Where(makers.ContainsKey).ToList(), StringComparer.Ordinal);
        foreach (var cycle in DependencyCycles.Find(needs).Where(c => c.Any(n => n.StartsWith("rate of ", StringComparison.Ordinal))))
            findings.Error(makers[cycle[0]][0], 20912, $"Rates depend on each other in a circle: {string.Join(" → ", cycle.Append(cycle[0]))}.", "Write one of them without rateOf.");
    }

    private static IEnumerable<string> Uses(XElement holder) => ModelView.Math(holder) is not { } math ? [] : math.Descendants()
        .Where(e => e.Name.LocalName == "ci" && !ModelView.IsHead(e)).Select(e => (IsRateOf(e.Parent!) ? "rate of " : "") + e.Value.Trim());
}
