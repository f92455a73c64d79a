using System.Globalization;
using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Checks species, parameters and conversion factors.</summary>
/// <remarks>Rules 20204, 20216, 20601 to 20617 and 20705; missing values are advice of ours.</remarks>
internal sealed class SpeciesCheck(ModelView view, Findings findings)
{
    private SbmlEdition Edition => view.Edition;

    public void Check()
    {
        var compartments = view.Compartments.GroupBy(view.Id).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var set = view.AssignmentRules.Select(ModelView.Target).Concat(view.InitialAssignments.Select(a => ModelView.Text(a, "symbol"))).ToHashSet(StringComparer.Ordinal);
        bool algebraic = view.Rules.Any(r => r.Name.LocalName == "algebraicRule");
        if (view.Species.Count > 0 && compartments.Count == 0) findings.Error(view.Species[0], 20204, "There are species, and no compartment.", "Declare a compartment.");
        foreach (var e in view.Species)
        {
            string id = view.Id(e);
            if (ModelView.Text(e, "compartment") is { } place)
            {
                if (!compartments.TryGetValue(place, out var compartment)) findings.Error(e, 20601, $"The species '{id}' lies in '{place}', which is no compartment.", "Name a compartment.");
                else if (Edition.Level == 2) InCompartment(e, id, compartment);
            }
            Values(e, id, set.Contains(id) || algebraic);
            if (ModelView.Text(e, "conversionFactor") is { } factor && Edition.Level == 3) Factor(e, factor, 20617);
        }
        if (Edition.Level == 2) Types();
        if (Edition.Level == 3 && ModelView.Text(view.Model, "conversionFactor") is { } general) Factor(view.Model, general, 20216);
        foreach (var e in view.Parameters.Where(p => p.Attribute("value") is null && !set.Contains(view.Id(p)) && !algebraic))
            findings.Warning(e, null, $"The parameter '{view.Id(e)}' has no value.", "Give it a value, an initial assignment or a rule.");
    }

    private void InCompartment(XElement e, string id, XElement compartment)
    {
        if (ModelView.Text(compartment, "spatialDimensions") != "0") return;
        if (e.Attribute("initialConcentration") is not null) findings.Error(e, 20604, $"The species '{id}' has an initial concentration, and its compartment has no dimensions.", "Give an initial amount.");
        if (Edition.Number <= 22 && e.Attribute("spatialSizeUnits") is not null) findings.Error(e, 20603, $"The species '{id}' has spatialSizeUnits, and its compartment has no dimensions.", "Remove them.");
    }

    private void Values(XElement e, string id, bool isSet)
    {
        if (Edition.Level == 1) return;
        bool amount = e.Attribute("initialAmount") is not null, concentration = e.Attribute("initialConcentration") is not null;
        if (amount && concentration) findings.Error(e, 20609, $"The species '{id}' has both an initial amount and an initial concentration.", "Keep one.");
        if (Edition.Number <= 22 && ModelView.Flag(e, "hasOnlySubstanceUnits") && e.Attribute("spatialSizeUnits") is not null) findings.Error(e, 20602, $"The species '{id}' has only substance units, but spatialSizeUnits.", "Remove them.");
        if (!amount && !concentration && !isSet) findings.Warning(e, null, $"The species '{id}' has no initial value.", "Give it an initial amount or concentration, an initial assignment or a rule.");
        foreach (var name in (ReadOnlySpan<string>)["initialAmount", "initialConcentration"])
            if (double.TryParse(ModelView.Text(e, name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value < 0) findings.Warning(e, null, $"The species '{id}' begins with the negative value {ModelView.Text(e, name)}.", "Give a value of zero or more.");
    }

    private void Types()
    {
        var types = view.Items(view.Model, "listOfSpeciesTypes").Select(view.Id).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<(string, string?)>();
        foreach (var e in view.Species)
        {
            if (ModelView.Text(e, "speciesType") is not { } type || Edition.Number < 22) continue;
            if (!types.Contains(type)) findings.Error(e, 20612, $"There is no species type '{type}'.", "Declare it in listOfSpeciesTypes.");
            if (!seen.Add((type, ModelView.Text(e, "compartment")))) findings.Error(e, 20613, $"Two species of the type '{type}' lie in one compartment.", "Keep one of them, or give it another type.");
        }
    }

    private void Factor(XElement e, string factor, int rule)
    {
        if (!view.Symbols.TryGetValue(factor, out var parameter) || parameter.Name.LocalName != "parameter") findings.Error(e, rule, $"The conversion factor '{factor}' is no parameter.", "Name a constant parameter.");
        else if (!view.IsConstant(parameter)) findings.Error(parameter, 20705, $"The conversion factor '{factor}' is not constant.", "Set constant=\"true\" on the parameter.");
    }
}
