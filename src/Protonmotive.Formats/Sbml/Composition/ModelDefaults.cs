using System.Xml.Linq;
using static Protonmotive.Formats.Sbml.Composition.CompositionNames;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>What a model says once for all its elements is said by each element, before those of other models stand beside it.</summary>
internal sealed class ModelDefaults(ModelInstance main, XNamespace core, References references)
{
    private readonly string? mainFactor = (string?)main.Model.Attribute("conversionFactor");
    private readonly List<XElement> mainSpecies = [];
    private bool othersHaveNone;

    /// <summary>Completes the elements of a list just written.</summary>
    public void Complete(XElement list, ModelInstance instance)
    {
        if (list.Name == core + "listOfSpecies")
        {
            var own = (string?)instance.Model.Attribute("conversionFactor");
            foreach (var species in list.Elements(core + "species"))
            {
                Unit(species, "substanceUnits", "substanceUnits", instance);
                if (species.Attribute("conversionFactor") is not null) continue;
                if (instance == main) mainSpecies.Add(species);
                else if (own is null) othersHaveNone = true;
                else species.Add(new XAttribute("conversionFactor", Parameter(instance, own)));
            }
        }
        else if (list.Name == core + "listOfCompartments")
        {
            foreach (var compartment in list.Elements(core + "compartment"))
                if ((string?)compartment.Attribute("spatialDimensions") switch { "1" => "lengthUnits", "2" => "areaUnits", "3" => "volumeUnits", _ => null } is { } standard)
                    Unit(compartment, "units", standard, instance);
        }
    }

    /// <summary>Where species of submodels have no factor, the main model's is not theirs: its own species state it instead.</summary>
    public void Settle(XElement flat)
    {
        if (mainFactor is null || !othersHaveNone) return;
        flat.SetAttributeValue("conversionFactor", null);
        var factor = Parameter(main, mainFactor);
        foreach (var species in mainSpecies) species.Add(new XAttribute("conversionFactor", factor));
    }

    private string Parameter(ModelInstance instance, string id) => references.Find(instance, id, instance.Model)?.Name
        ?? throw SbmlException.At(instance.Model, instance.File, $"The conversion factor '{id}' of the model is not declared or deleted.", "Declare it as a parameter.");

    private void Unit(XElement e, string attribute, string standard, ModelInstance instance)
    {
        if (instance == main || e.Attribute(attribute) is not null || (string?)instance.Model.Attribute(standard) is not { } unit) return;
        var flat = references.Unit(instance, unit);
        if (flat != ((string?)main.Model.Attribute(standard) is { } ours ? references.Unit(main, ours) : null)) e.Add(new XAttribute(attribute, flat));
    }
}
