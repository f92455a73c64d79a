using System.Xml;
using System.Xml.Linq;

namespace Protonmotive.Formats.Antimony;

/// <summary>Reads pieces of XML that stand in notes and annotations: no DTD, nothing fetched, bounded depth.</summary>
internal static class AntimonyXml
{
    private const int DeepestNesting = 200;

    /// <summary>The element; null where the text is no XML.</summary>
    public static XElement? TryParse(string text)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using (var depth = XmlReader.Create(new StringReader(text), settings))
                while (depth.Read())
                    if (depth.Depth > DeepestNesting) return null;
            using var reader = XmlReader.Create(new StringReader(text), settings);
            return XElement.Load(reader, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
