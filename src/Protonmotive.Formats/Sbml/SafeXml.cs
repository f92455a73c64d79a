using System.Xml;
using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml;

/// <summary>Loads XML from files that nobody vouches for: no DTD, nothing fetched, bounded size and depth.</summary>
internal static class SafeXml
{
    /// <summary>Largest file read, in characters.</summary>
    public const long LargestFile = 400_000_000;

    /// <summary>Deepest nesting read; formulas of real models stay below 100.</summary>
    public const int DeepestNesting = 2_000;

    public static XDocument Load(Stream stream, string file)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = LargestFile,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            using var reader = XmlReader.Create(stream, settings);
            return Build(reader, file);
        }
        catch (XmlException e)
        {
            bool empty = stream is { CanSeek: true, Length: 0 };
            bool dtd = e.Message.Contains("DTD", StringComparison.Ordinal);
            throw new SbmlException(
                empty ? "The file is empty." : dtd ? "The file carries a document type definition, which is not read: it can expand without bound." : $"The file is no well-formed XML: {e.Message}",
                $"{file}, line {e.LineNumber}, column {e.LinePosition}",
                empty ? "Give an SBML file." : dtd ? "Remove the <!DOCTYPE …> part; SBML has none." : "Check that the file is complete and is SBML.", e);
        }
    }

    /// <summary>
    /// Builds the tree in a loop, so that depth is checked before it can hurt. An element joins its parent when it is complete:
    /// adding walks up to the root, which takes time for each element of a deep tree, and none where the parent is still alone.
    /// </summary>
    private static XDocument Build(XmlReader reader, string file)
    {
        var document = new XDocument();
        var open = new Stack<XElement>();
        void Join(XElement complete) => (open.TryPeek(out var parent) ? (XContainer)parent : document).Add(complete);
        XElement? kept = null;    // notes and annotations keep their white space: they are passed on as they are
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (reader.Depth > DeepestNesting) throw new SbmlException(
                        $"Elements are nested deeper than {DeepestNesting}.",
                        $"{file}, line {((IXmlLineInfo)reader).LineNumber}, column {((IXmlLineInfo)reader).LinePosition}, element <{reader.LocalName}>",
                        "Split the formula into rules or function definitions.");
                    var element = new PlacedElement(XName.Get(reader.LocalName, reader.NamespaceURI), ((IXmlLineInfo)reader).LineNumber, ((IXmlLineInfo)reader).LinePosition);
                    bool isEmpty = reader.IsEmptyElement;
                    while (reader.MoveToNextAttribute())
                        element.Add(new XAttribute(reader.Name == "xmlns" ? "xmlns" : XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value));
                    if (isEmpty)
                    {
                        Join(element);
                        break;
                    }
                    open.Push(element);
                    if (kept is null && element.Name.LocalName is ("notes" or "annotation")) kept = element;
                    break;
                case XmlNodeType.EndElement:
                    var complete = open.Pop();
                    if (complete == kept) kept = null;
                    Join(complete);
                    break;
                case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when kept is not null:
                case XmlNodeType.Text or XmlNodeType.CDATA when open.Count > 0:
                    open.Peek().Add(new XText(reader.Value));
                    break;
            }
        }
        return document;
    }
}
