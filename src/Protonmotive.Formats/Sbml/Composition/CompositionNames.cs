using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Composition;

/// <summary>The names of the comp package, and how its attributes and others' ids are read.</summary>
internal static class CompositionNames
{
    public static readonly XNamespace Comp = "http://www.sbml.org/sbml/level3/version1/comp/version1";

    public static readonly XNamespace MathNamespace = "http://www.w3.org/1998/Math/MathML";

    /// <summary>An attribute of the package; some writers leave its prefix out on the package's own elements.</summary>
    public static string? Attribute(XElement e, string name) => (string?)e.Attribute(Comp + name) ?? (e.Name.Namespace == Comp ? (string?)e.Attribute(name) : null);

    /// <summary>The id of an element, of core or of a package.</summary>
    public static XAttribute? Id(XElement e) => e.Attribute("id") ?? e.Attribute(e.Name.Namespace + "id");

    /// <summary>The children of a list of the package.</summary>
    public static IEnumerable<XElement> List(XElement e, string list, string item) => e.Elements(Comp + list).Elements(Comp + item);

    /// <summary>Notes and annotations hold what anyone likes; nothing in them is the model's.</summary>
    public static bool IsProse(XElement e) => e.Name.LocalName is "notes" or "annotation";

    /// <summary>An id that means something within its kinetic law only.</summary>
    public static bool IsLocal(XElement e) => e.Name.LocalName == "localParameter" || (e.Name.LocalName == "parameter" && e.Parent?.Parent?.Name.LocalName == "kineticLaw");
}
