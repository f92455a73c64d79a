using System.Xml.Linq;
using Protonmotive.Formats.Sbml;

namespace Protonmotive.FluxBalance.Sbml;

/// <summary>Takes the elements and attributes of one version of fbc from the tree.</summary>
/// <param name="space">The version's namespace.</param>
/// <param name="version">The version: 1, 2 or 3.</param>
/// <param name="file">For errors.</param>
internal sealed class FbcElements(string space, int version, string file)
{
    public int Version => version;

    public string File => file;

    /// <summary>A child of the package.</summary>
    public XElement? Element(XElement parent, string name) => parent.Element(XName.Get(name, space));

    /// <summary>The elements of a list of the package.</summary>
    public IEnumerable<XElement> List(XElement parent, string name) => parent.Elements(XName.Get(name, space)).Elements().Where(e => e.Name.NamespaceName == space);

    /// <summary>An attribute of the package. Its own elements are also found with unprefixed attributes, which some writers make.</summary>
    public string? Text(XElement e, string name) => (string?)e.Attribute(XName.Get(name, space)) ?? (e.Name.NamespaceName == space ? (string?)e.Attribute(name) : null);

    /// <summary>A number of the package.</summary>
    /// <exception cref="SbmlException">It is no number.</exception>
    public double? Number(XElement e, string name) => Text(e, name) is { } text ? Core.Number(text, e, name, file) : null;

    /// <summary>The value of the parameter that an attribute names; null where the attribute is missing.</summary>
    /// <exception cref="SbmlException">It names no parameter, or one without constant value.</exception>
    public double? Reference(XElement e, string name, ConstantValues values)
    {
        if (Text(e, name)?.Trim() is not { } id) return null;
        if (!values.IsParameter(id)) throw SbmlException.At(e, file, $"{name} names '{id}', which is no parameter.", "Declare it in listOfParameters, or mend its spelling.");
        return values.Of(id, e);
    }
}
