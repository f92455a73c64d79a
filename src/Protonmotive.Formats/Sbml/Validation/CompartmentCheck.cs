using System.Globalization;
using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Checks compartments.</summary>
/// <remarks>Rules 20501 to 20506 and 20510; negative and missing sizes are advice of ours.</remarks>
internal sealed class CompartmentCheck(ModelView view, Findings findings)
{
    private SbmlEdition Edition => view.Edition;

    public void Check()
    {
        var byId = view.Compartments.GroupBy(view.Id).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var types = view.Items(view.Model, "listOfCompartmentTypes").Select(view.Id).ToHashSet(StringComparer.Ordinal);
        var outsides = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var set = view.AssignmentRules.Select(ModelView.Target).Concat(view.InitialAssignments.Select(a => ModelView.Text(a, "symbol"))).ToHashSet(StringComparer.Ordinal);
        foreach (var e in view.Compartments)
        {
            string id = view.Id(e);
            Size(e, id, set);
            if (Edition.Level == 3) continue;
            if (Edition.Level == 2 && Dimensions(e) == 0) ZeroDimensional(e, id);
            if (Edition.Level == 2 && ModelView.Text(e, "spatialDimensions") is { } text && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int d) && d is < 0 or > 3)
                findings.Error(e, 10103, $"The compartment '{id}' has {d} dimensions.", "Give 0, 1, 2 or 3.");
            if (ModelView.Text(e, "compartmentType") is { } type && Edition.Number >= 22 && !types.Contains(type)) findings.Error(e, 20510, $"There is no compartment type '{type}'.", "Declare it in listOfCompartmentTypes.");
            if (ModelView.Text(e, "outside") is not { } outside) continue;
            if (!byId.TryGetValue(outside, out var around)) findings.Error(e, 20504, $"The compartment '{id}' lies in '{outside}', which is no compartment.", "Name a compartment, or remove the attribute.");
            else if (Edition.Level == 2 && Dimensions(around) == 0 && Dimensions(e) != 0) findings.Error(e, 20506, $"The compartment '{id}' lies in '{outside}', which has no dimensions.", "Give the outer one dimensions, or the inner one none.");
            outsides.TryAdd(id, [outside]);
        }
        foreach (var cycle in DependencyCycles.Find(outsides))
            findings.Error(byId[cycle[0]], 20505, $"Compartments lie in each other in a circle: {string.Join(" → ", cycle.Append(cycle[0]))}.", "Remove one attribute 'outside'.");
    }

    /// <summary>The number of dimensions where it stands; 3 where Level 2 leaves it out; NaN where it is unknown.</summary>
    private double Dimensions(XElement e) => ModelView.Text(e, "spatialDimensions") is { } text
        ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double d) ? d : double.NaN
        : Edition.Level == 3 ? double.NaN : 3;

    private void ZeroDimensional(XElement e, string id)
    {
        if (e.Attribute("size") is not null) findings.Error(e, 20501, $"The compartment '{id}' has no dimensions, but a size.", "Remove the size, or give it dimensions.");
        if (e.Attribute("units") is not null) findings.Error(e, 20502, $"The compartment '{id}' has no dimensions, but units.", "Remove the units, or give it dimensions.");
        if (!ModelView.Flag(e, "constant", true)) findings.Error(e, 20503, $"The compartment '{id}' has no dimensions, and is not constant.", "Set constant=\"true\".");
    }

    private void Size(XElement e, string id, HashSet<string?> set)
    {
        var text = ModelView.Text(e, Edition.Level == 1 ? "volume" : "size");
        if (text is not null)
        {
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double size) && size < 0) findings.Warning(e, null, $"The compartment '{id}' has the negative size {text}.", "Give it a positive size.");
            return;
        }
        if (Edition.Level > 1 && Dimensions(e) != 0 && !set.Contains(id)) findings.Warning(e, null, $"The compartment '{id}' has no size.", "Give it a size, an initial assignment or a rule.");
    }
}
