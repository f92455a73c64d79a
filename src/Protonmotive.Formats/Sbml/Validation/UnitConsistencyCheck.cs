using System.Xml.Linq;
using Protonmotive.Networks;
using Protonmotive.Symbolics;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Checks that the units of formulas fit together, by the units of the network that the model describes.</summary>
/// <remarks>
/// Rules 10501 to 10564, all as warnings. A quantity without declared units is unknown and never reported; nor is a formula with a
/// number in it, since SBML leaves the units of plain numbers open.
/// </remarks>
internal static class UnitConsistencyCheck
{
    public static void Check(ModelView view, Network network, Findings findings)
    {
        foreach (var mismatch in NetworkUnits.Check(network).Where(m => !m.IsNote && !HasNumbers(m.Subexpression)))
        {
            var (rule, at) = Place(view, mismatch.Where);
            var text = mismatch.ToString();
            findings.Warning(at ?? view.Model, rule, $"Units do not fit: {text}.", "Mend the formula or the declared units.");
        }
    }

    /// <summary>Whether a formula holds a number that could carry units: an exponent can't, and −1 is a sign.</summary>
    private static bool HasNumbers(Expression formula) => formula.IsConstant || ExpressionGraph.PostOrder(formula).Any(e =>
        e.Operands.Where((operand, i) => operand.IsConstant && !(e.Operation == Operation.Power && i == 1) && operand.Value != -1).Any());

    /// <summary>The rule and the element of a place as <see cref="NetworkUnits"/> names it.</summary>
    private static (int? Rule, XElement? At) Place(ModelView view, string where)
    {
        XElement? Rule(string id, bool rate) => view.Rules.FirstOrDefault(r => ModelView.Target(r) == id && ModelView.IsRate(r) == rate);
        XElement? Initial(string id) => view.InitialAssignments.FirstOrDefault(a => ModelView.Text(a, "symbol") == id);
        string After(string start) => where[start.Length..];
        if (where.StartsWith("definition of ", StringComparison.Ordinal)) return (By(view, After("definition of "), 10511), Rule(After("definition of "), false));
        if (where.StartsWith("rate of ", StringComparison.Ordinal)) return (By(view, After("rate of "), 10531), Rule(After("rate of "), true));
        foreach (var start in (ReadOnlySpan<string>)["initial value of ", "parameter ", "size of "])
            if (where.StartsWith(start, StringComparison.Ordinal)) return (By(view, After(start), 10521), Initial(After(start)) ?? view.Symbols.GetValueOrDefault(After(start)));
        if (where.StartsWith("flux of ", StringComparison.Ordinal))
        {
            int into = where.IndexOf(" into ", StringComparison.Ordinal);
            string id = into < 0 ? After("flux of ") : where[8..into];
            return (into < 0 ? 10541 : 10542, view.Reactions.FirstOrDefault(r => view.Id(r) == id) is { } reaction ? view.Child(reaction, "kineticLaw") ?? reaction : null);
        }
        if (where.StartsWith("event ", StringComparison.Ordinal))
        {
            int comma = where.LastIndexOf(", ", StringComparison.Ordinal);
            string variable = comma < 0 ? "" : where[(comma + 2)..], id = comma < 0 ? After("event ") : where[6..comma];
            return (By(view, variable, 10561), view.Events.Where(e => view.Id(e) == id).SelectMany(e => view.Items(e, "listOfEventAssignments")).FirstOrDefault(a => ModelView.Text(a, "variable") == variable));
        }
        return (10501, null);
    }

    /// <summary>Four rules in a row, for compartments, species, parameters and stoichiometries.</summary>
    private static int By(ModelView view, string id, int first) => view.Symbols.GetValueOrDefault(id)?.Name.LocalName switch
    {
        "compartment" => first,
        "species" or "specie" => first + 1,
        "speciesReference" => first + 3,
        _ => first + 2,
    };
}
