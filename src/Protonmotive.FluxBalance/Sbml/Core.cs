using System.Globalization;
using System.Xml.Linq;
using Protonmotive.Formats.Sbml;

namespace Protonmotive.FluxBalance.Sbml;

/// <summary>How elements of SBML core and of its packages are taken from the tree.</summary>
internal static class Core
{
    /// <summary>The elements of a list of a model, without its notes and annotation.</summary>
    public static IEnumerable<XElement> List(XElement parent, string name) =>
        parent.Elements().Where(e => e.Name.LocalName == name).Elements().Where(e => e.Name.LocalName is not ("notes" or "annotation"));

    /// <summary>The formula of an element; null where it has none, or an empty one.</summary>
    public static XElement? Math(XElement e) => e.Elements().FirstOrDefault(x => x.Name.LocalName == "math" && x.HasElements);

    /// <summary>A flag, or its standard value.</summary>
    public static bool Flag(XElement e, string name, bool standard = false) => Flag((string?)e.Attribute(name), standard);

    /// <summary>A flag as written, or its standard value.</summary>
    public static bool Flag(string? text, bool standard = false) => text?.Trim() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => standard,
    };

    /// <summary>A number as XML Schema writes doubles, with INF, -INF and NaN; null where the attribute is missing.</summary>
    /// <exception cref="SbmlException">It is no number.</exception>
    public static double? Number(XElement e, XName name, string file) => (string?)e.Attribute(name) is { } text ? Number(text, e, name.LocalName, file) : null;

    /// <summary>A number as XML Schema writes doubles.</summary>
    /// <exception cref="SbmlException">It is no number.</exception>
    public static double Number(string text, XElement e, string name, string file) => text.Trim() switch
    {
        "INF" => double.PositiveInfinity,
        "-INF" => double.NegativeInfinity,
        "NaN" => double.NaN,
        var number => double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value
            : throw SbmlException.At(e, file, $"'{number}' is no number.", $"Mend the attribute {name}."),
    };
}
