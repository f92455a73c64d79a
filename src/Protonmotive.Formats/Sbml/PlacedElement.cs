using System.Xml;
using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml;

/// <summary>An element that knows its line, and its file where that is not the one being read.</summary>
internal sealed class PlacedElement(XName name, int line, int column, string? file = null) : XElement(name), IXmlLineInfo
{
    /// <summary>The file it came from, where a model is put together from several; null for the file that was asked for.</summary>
    public string? File => file;

    int IXmlLineInfo.LineNumber => line;

    int IXmlLineInfo.LinePosition => column;

    bool IXmlLineInfo.HasLineInfo() => line > 0;

    /// <summary>An empty element that stands where another did.</summary>
    public static PlacedElement At(XElement place, XName name, string? file = null)
    {
        var info = (IXmlLineInfo)place;
        return info.HasLineInfo()
            ? new PlacedElement(name, info.LineNumber, info.LinePosition, file ?? (place as PlacedElement)?.File)
            : new PlacedElement(name, 0, 0, file ?? (place as PlacedElement)?.File);
    }

    /// <summary>A copy with all that is in it; each element keeps its place.</summary>
    public static PlacedElement Copy(XElement source, string? file = null, Func<XName, XName>? rename = null)
    {
        var copy = At(source, rename?.Invoke(source.Name) ?? source.Name, file);
        // A declaration holds as long as the names do.
        foreach (var attribute in source.Attributes().Where(a => rename is null || !a.IsNamespaceDeclaration)) copy.Add(new XAttribute(rename?.Invoke(attribute.Name) ?? attribute.Name, attribute.Value));
        foreach (var node in source.Nodes())
        {
            if (node is XElement child) copy.Add(Copy(child, file, rename));
            else if (node is XText text) copy.Add(new XText(text.Value));
        }
        return copy;
    }
}
