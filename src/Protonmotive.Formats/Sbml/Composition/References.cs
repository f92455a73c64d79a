using System.Xml.Linq;
using static Protonmotive.Formats.Sbml.Composition.CompositionNames;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>What the names of a use of a model become in the flattened model, and by which factors their values are converted.</summary>
/// <remarks>SBML Level 3 Package: Hierarchical Model Composition, version 1 release 3 (Smith et al. 2015, J Integr Bioinform 12:268), section 3.8 on conversions.</remarks>
internal sealed class References(Replacements replacements)
{
    private readonly Dictionary<ModelInstance, ConversionFactor> times = [];
    private readonly Dictionary<ModelInstance, ConversionFactor> extents = [];
    private readonly Dictionary<(ModelInstance, string), FlatReference?> known = [];
    private readonly HashSet<(ModelInstance, string)> open = [];

    /// <summary>The time unit of a model in those of the main model: main time = factor · its time.</summary>
    public ConversionFactor Time(ModelInstance instance) => Chain(instance, times, "timeConversionFactor");

    /// <summary>The same for extents of reactions.</summary>
    public ConversionFactor Extent(ModelInstance instance) => Chain(instance, extents, "extentConversionFactor");

    /// <summary>The id of an element in the flattened model; null where it has none.</summary>
    public string? Name(XElement e)
    {
        var namesake = replacements.Namesake(e);
        var id = Id(namesake) ?? Id(e);
        if (id is null) return null;
        return IsLocal(e) ? id.Value : replacements.Owner(id.Parent!).Prefix + id.Value;
    }

    /// <summary>The metaid of an element in the flattened model; null where it has none.</summary>
    public string? MetaId(XElement e)
    {
        var id = replacements.Namesake(e).Attribute("metaid") ?? e.Attribute("metaid");
        return id is null ? null : replacements.Owner(id.Parent!).Prefix + id.Value;
    }

    /// <summary>What an id of a model stands for; null where it is not declared.</summary>
    public FlatReference? Find(ModelInstance instance, string id, XElement at)
    {
        if (known.TryGetValue((instance, id), out var found)) return found;
        if (!instance.Ids.TryGetValue(id, out var element)) return null;
        if (!open.Add((instance, id))) throw SbmlException.At(at, instance.File, $"The conversion factor '{id}' is converted by itself.", "Break the ring of conversion factors.");
        found = Follow(instance, element, at);
        open.Remove((instance, id));
        return known[(instance, id)] = found;
    }

    /// <summary>What an element of a model stands for, seen from there.</summary>
    public FlatReference Follow(ModelInstance instance, XElement element, XElement at)
    {
        var factor = ConversionFactor.One;
        var frame = instance;
        while (replacements.Next(element) is { } next)
        {
            // new = factor · old, so what refers to the old reads new / factor. The replacing element speaks in the units of its own model.
            if (next.ConversionFactor is { } parameter) factor /= Parameter(next.Stated, parameter, at);
            if (!next.FromInside) frame = next.Stated;
            element = next.By;
        }
        if (replacements.IsGone(element)) return FlatReference.Deleted;
        // The rate of a reaction is in the units of the main model once its kinetic law is converted.
        if (element.Name.LocalName == "reaction") factor = factor * Time(frame) / Extent(frame);
        return Name(element) is { } name ? new FlatReference(name, factor)
            : throw SbmlException.At(at, instance.File, $"What replaces '{Id(element)?.Value ?? element.Name.LocalName}' has no id.", "Give it one.");
    }

    /// <summary>The new id of a unit; a base unit keeps its own.</summary>
    public string Unit(ModelInstance instance, string unit) =>
        instance.Units.TryGetValue(unit, out var definition) && Name(replacements.Survivor(definition)) is { } name ? name : unit;

    private ConversionFactor Chain(ModelInstance instance, Dictionary<ModelInstance, ConversionFactor> chains, string attribute)
    {
        if (instance.Parent is not { } parent) return ConversionFactor.One;
        if (chains.TryGetValue(instance, out var found)) return found;
        found = Chain(parent, chains, attribute);
        if (Attribute(instance.Submodel!, attribute) is { } parameter) found *= Parameter(parent, parameter, instance.Submodel!);
        return chains[instance] = found;
    }

    private ConversionFactor Parameter(ModelInstance instance, string parameter, XElement at)
    {
        var found = Find(instance, parameter, at);
        if (found?.Name is null) throw SbmlException.At(at, instance.File, $"The conversion factor '{parameter}' is {(found is null ? "not declared" : "deleted")}.", "Declare it as a parameter of the model that names it.");
        return ConversionFactor.Of(found.Name) * found.Factor;
    }
}
