using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>Which attributes hold the id of another element: those of core by its specification, those of packages by the same names.</summary>
internal static class ReferenceAttributes
{
    private static readonly HashSet<string> core = new(StringComparer.Ordinal)
    {
        "compartment", "outside", "species", "conversionFactor", "symbol", "variable",
    };

    /// <summary>fbc (versions 1 to 3), qual, groups and layout.</summary>
    private static readonly HashSet<string> package = new(StringComparer.Ordinal)
    {
        "reaction", "reaction2", "lowerFluxBound", "upperFluxBound", "geneProduct", "associatedSpecies", "activeObjective", "variable", "variable2", "coefficient",
        "lowerBound", "upperBound", "idRef", "compartment", "species", "qualitativeSpecies", "speciesReference",
    };

    private static readonly HashSet<string> units = new(StringComparer.Ordinal)
    {
        "units", "substanceUnits", "timeUnits", "volumeUnits", "areaUnits", "lengthUnits", "extentUnits", "spatialSizeUnits",
    };

    public static bool IsId(XElement e, XAttribute attribute, XNamespace coreNamespace) =>
        e.Name.Namespace == coreNamespace && attribute.Name.Namespace == XNamespace.None ? core.Contains(attribute.Name.LocalName) : package.Contains(attribute.Name.LocalName);

    public static bool IsUnit(XAttribute attribute) => units.Contains(attribute.Name.LocalName);

    /// <summary>Elements that say nothing once what they refer to is gone.</summary>
    public static bool EndsWith(XElement e, XAttribute attribute) => (e.Name.LocalName, attribute.Name.LocalName) switch
    {
        ("assignmentRule" or "rateRule" or "eventAssignment", "variable") => true,
        ("initialAssignment", "symbol") => true,
        ("speciesReference" or "modifierSpeciesReference", "species") => true,
        ("fluxBound" or "fluxObjective", "reaction") => true,
        ("geneProductRef", "geneProduct") => true,
        ("member", "idRef") => true,
        _ => false,
    };
}
