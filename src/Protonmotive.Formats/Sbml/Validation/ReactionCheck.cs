using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Checks reactions.</summary>
/// <remarks>Rules 20611, 21101, 21107, 21111, 21113, 21121, 21124, 21131 and 21152.</remarks>
internal sealed class ReactionCheck(ModelView view, Findings findings)
{
    private SbmlEdition Edition => view.Edition;

    public void Check()
    {
        var species = view.Species.GroupBy(view.Id).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        foreach (var reaction in view.Reactions)
        {
            string id = view.Id(reaction);
            var references = view.References(reaction).ToList();
            var modifiers = view.Items(reaction, "listOfModifiers").Where(m => m.Name.LocalName == "modifierSpeciesReference").ToList();
            if (references.Count == 0 && Edition.Number < 32) findings.Error(reaction, 21101, $"The reaction '{id}' has neither reactants nor products.", "Give it one, or remove it.");
            if (Edition.Level == 3 && ModelView.Text(reaction, "compartment") is { } place && !(view.Symbols.TryGetValue(place, out var c) && c.Name.LocalName == "compartment"))
                findings.Error(reaction, 21107, $"The reaction '{id}' lies in '{place}', which is no compartment.", "Name a compartment.");
            if (Edition.Number >= 32 && ModelView.Text(reaction, "fast") is "true" or "1") findings.Warning(reaction, 21152, $"The reaction '{id}' is fast, which {Edition} advises against.", "Describe the equilibrium by a rule.");
            foreach (var reference in references.Concat(modifiers)) Reference(reference, species, modifiers.Contains(reference));
            if (view.Child(reaction, "kineticLaw") is not { } law) continue;
            KineticLaw(law, species, [.. references.Concat(modifiers).Select(ModelView.Referred)]);
        }
    }

    private void Reference(XElement reference, Dictionary<string, XElement> species, bool modifies)
    {
        string name = ModelView.Referred(reference);
        if (name.Length == 0) return;
        if (!species.TryGetValue(name, out var e)) findings.Error(reference, 21111, $"The reaction names '{name}', which is no species.", "Declare it in listOfSpecies, or mend its spelling.");
        else if (!modifies && Edition.Level > 1 && ModelView.Flag(e, "constant") && !ModelView.Flag(e, "boundaryCondition"))
            findings.Error(reference, 20611, $"The species '{name}' is constant, and a reaction changes it.", "Set boundaryCondition=\"true\" or constant=\"false\" on it.");
        if (Edition.Level != 2 || view.Child(reference, "stoichiometryMath") is not { } formula) return;
        if (reference.Attribute("stoichiometry") is not null) findings.Error(reference, 21113, $"The reference to '{name}' has a stoichiometry and a formula for it.", "Keep one of them.");
        foreach (var symbol in view.Names(formula).Where(n => species.ContainsKey(n) && !Siblings(reference).Contains(n)))
            findings.Error(formula, 21131, $"The formula of the stoichiometry names the species '{symbol}', which is no part of the reaction.", "Add it as a modifier.");
    }

    private HashSet<string> Siblings(XElement reference)
    {
        var reaction = reference.Parent!.Parent!;
        return [.. view.References(reaction).Concat(view.Items(reaction, "listOfModifiers")).Select(ModelView.Referred)];
    }

    private void KineticLaw(XElement law, Dictionary<string, XElement> species, HashSet<string> declared)
    {
        var locals = view.Locals(law).ToList();
        var localIds = locals.Select(view.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var local in locals)
        {
            if (Edition.Level == 2 && !ModelView.Flag(local, "constant", true)) findings.Error(local, 21124, $"The local parameter '{view.Id(local)}' is not constant.", "Remove constant=\"false\", or declare it in the model's listOfParameters.");
            if (view.Symbols.ContainsKey(view.Id(local))) findings.Warning(local, null, $"The local parameter '{view.Id(local)}' hides the {view.Symbols[view.Id(local)].Name.LocalName} of that name.", "Rename it, if the other one is meant.");
        }
        if (Edition.Level == 1) return;
        foreach (var name in view.Names(law).Where(n => species.ContainsKey(n) && !declared.Contains(n) && !localIds.Contains(n)))
            findings.Error(law, 21121, $"The kinetic law names the species '{name}', which is neither reactant, product nor modifier.", $"Add <modifierSpeciesReference species=\"{name}\"/> to the reaction's listOfModifiers.");
    }
}
