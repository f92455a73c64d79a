using System.Xml;
using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml;

/// <summary>An SBML file that can't be read, with the line and column of the fault.</summary>
public sealed class SbmlException : ProtonmotiveException
{
    /// <inheritdoc/>
    public SbmlException(string what, string where, string mend, Exception? inner = null)
        : base(what, where, mend, inner)
    {
    }

    internal static SbmlException At(XObject node, string file, string what, string mend)
    {
        var line = (IXmlLineInfo)node;
        file = (node as PlacedElement)?.File ?? file;
        var name = node is XElement element ? $", element <{element.Name.LocalName}>" : "";
        return new SbmlException(what, line.HasLineInfo() ? $"{file}, line {line.LineNumber}, column {line.LinePosition}{name}" : $"{file}{name}", mend);
    }
}
