using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Checks what rules and initial assignments set, and that nothing is set twice.</summary>
/// <remarks>Rules 10304, 10306, 20610, 20801 to 20806, 20901 to 20904 and 20911.</remarks>
internal sealed class RuleCheck(ModelView view, Findings findings)
{
    private SbmlEdition Edition => view.Edition;

    public void Check()
    {
        var ruled = new Dictionary<string, XElement>(StringComparer.Ordinal);
        var reacting = view.Reactions.SelectMany(view.References).Select(ModelView.Referred).ToHashSet(StringComparer.Ordinal);
        foreach (var rule in view.Rules)
        {
            if (ModelView.Target(rule) is not { } target) continue;
            Target(rule, target);
            if (!ruled.TryAdd(target, rule)) findings.Error(rule, 10304, $"'{target}' has two rules.", "Keep one of them.");
            if (view.Symbols.TryGetValue(target, out var e) && e.Name.LocalName is "species" or "specie" && !ModelView.Flag(e, "boundaryCondition") && reacting.Contains(target))
                findings.Error(e, 20610, $"The species '{target}' is changed by reactions and by a rule.", "Set boundaryCondition=\"true\", or remove the rule.");
        }
        Initial(ruled);
    }

    private void Target(XElement rule, string target)
    {
        bool rate = ModelView.IsRate(rule);
        if (!IsVariable(target, rule, out var e))
        {
            findings.Error(rule, rate ? 20902 : 20901, $"The rule sets '{target}', which is no {Kinds}.", "Declare it, or mend its spelling.");
            return;
        }
        if (Edition.Level > 1 && view.IsConstant(e)) findings.Error(rule, rate ? 20904 : 20903, $"The rule sets '{target}', which is constant.", $"Set constant=\"false\" on it, or remove the rule.");
        if (Edition.Number == 25 && IsPoint(e)) findings.Error(rule, 20911, $"The rule sets the compartment '{target}', which has no dimensions.", "Remove the rule, or give the compartment dimensions.");
    }

    private void Initial(Dictionary<string, XElement> ruled)
    {
        var started = new HashSet<string>(StringComparer.Ordinal);
        foreach (var initial in view.InitialAssignments)
        {
            if (ModelView.Text(initial, "symbol") is not { } symbol) continue;
            if (!IsVariable(symbol, initial, out var e)) findings.Error(initial, 20801, $"The initial assignment sets '{symbol}', which is no {Kinds}.", "Declare it, or mend its spelling.");
            else if (Edition.Number == 25 && IsPoint(e)) findings.Error(initial, 20806, $"The initial assignment sets the compartment '{symbol}', which has no dimensions.", "Remove it, or give the compartment dimensions.");
            if (!started.Add(symbol)) findings.Error(initial, 20802, $"'{symbol}' has two initial assignments.", "Keep one of them.");
            if (ruled.TryGetValue(symbol, out var rule) && !ModelView.IsRate(rule)) findings.Error(initial, 20803, $"'{symbol}' has an initial assignment and an assignment rule.", "Keep one of them.");
        }
    }

    private string Kinds => Edition.Level == 3 ? "compartment, species, parameter or reference to a species" : "compartment, species or parameter";

    /// <summary>Whether a rule, event or initial assignment may set that name; Level 1 says by its element which kind.</summary>
    private bool IsVariable(string name, XElement at, out XElement e)
    {
        if (!view.Symbols.TryGetValue(name, out e!)) return false;
        string kind = e.Name.LocalName;
        return at.Name.LocalName switch
        {
            "compartmentVolumeRule" => kind == "compartment",
            "speciesConcentrationRule" or "specieConcentrationRule" => kind is "species" or "specie",
            "parameterRule" => kind == "parameter",
            _ => kind is "compartment" or "species" or "parameter" || (kind == "speciesReference" && Edition.Level == 3),
        };
    }

    private static bool IsPoint(XElement e) => e.Name.LocalName == "compartment" && ModelView.Text(e, "spatialDimensions") == "0";
}
