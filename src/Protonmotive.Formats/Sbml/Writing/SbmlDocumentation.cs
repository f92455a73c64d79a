using System.Xml;
using System.Xml.Linq;
using Protonmotive.Networks;
using static Protonmotive.Formats.Sbml.Writing.SbmlNamespaces;

namespace Protonmotive.Formats.Sbml.Writing;

/// <summary>Notes, annotations, terms and meta identifiers on their way into the file.</summary>
/// <remarks>
/// Their XML is kept as it stands; only its outermost element moves to the namespace of Level 3 Version 2, and elements of our own
/// annotations are replaced by what the network says now.
/// </remarks>
internal sealed class SbmlDocumentation(Network network, ICollection<string> losses)
{
    private readonly HashSet<string> metaIds = new(StringComparer.Ordinal);

    /// <summary>The term of an element, where it is one.</summary>
    public string? Term(string name) => Said(name)?.Term is { } term && term.StartsWith("SBO:", StringComparison.Ordinal) && term.Length == 11 && term.AsSpan(4).IndexOfAnyExceptInRange('0', '9') < 0 ? term : null;

    /// <summary>The meta identifier of an element, where it is one and not taken.</summary>
    public string? MetaId(string name)
    {
        if (Said(name)?.MetaId is not { Length: > 0 } id) return null;
        try
        {
            XmlConvert.VerifyNCName(id);
        }
        catch (XmlException)
        {
            losses.Add($"the meta identifier '{id}' of '{name}' is not valid");
            return null;
        }
        if (metaIds.Add(id)) return id;
        losses.Add($"the meta identifier '{id}' of '{name}' is taken already");
        return null;
    }

    /// <summary>The name for readers that is not a description.</summary>
    public string? Name(string name) => Said(name)?.Name;

    /// <summary>Writes notes and annotation.</summary>
    /// <param name="xml">Where to.</param>
    /// <param name="name">Name of the element in the network.</param>
    /// <param name="source">Where a value comes from; becomes a note where there is none.</param>
    /// <param name="own">Elements of our own for the annotation.</param>
    public void Write(XmlText xml, string name, string source = "", params ReadOnlySpan<string?> own)
    {
        if (Parsed(Said(name)?.Notes, "notes", name) is { } notes) xml.Raw(Text(notes));
        else if (source.Length > 0) xml.Raw($"<notes><p xmlns=\"{Html}\">Source: {XmlText.Escape(source)}</p></notes>");

        var annotation = Parsed(Said(name)?.Annotation, "annotation", name);
        foreach (var kept in annotation?.Elements((XNamespace)Kept + "elements").ToList() ?? []) kept.ReplaceWith(kept.Nodes());
        // What a network no longer says of itself, such as potentials that are read apart, stays as it was.
        bool saysPotential = false;
        foreach (var element in own) saysPotential |= element?.StartsWith("<thermo:", StringComparison.Ordinal) ?? false;
        annotation?.Elements().Where(e => e.Name.NamespaceName == SbmlNamespaces.Network || (saysPotential && e.Name.NamespaceName == SbmlNamespaces.Thermodynamics)).Remove();
        foreach (var element in own)
        {
            if (element is null) continue;
            annotation ??= new XElement((XNamespace)Core + "annotation");
            annotation.Add(XElement.Parse(element));
        }
        if (annotation is not null) Gather(annotation);
        if (annotation is not null && (annotation.HasElements || annotation.HasAttributes)) xml.Raw(Text(annotation));
    }

    /// <summary>
    /// Level 3 wants every namespace once in an annotation, which older levels did not: elements of a namespace that stands there
    /// more than once go into one element around them.
    /// </summary>
    private static void Gather(XElement annotation)
    {
        var repeated = annotation.Elements().GroupBy(e => e.Name.Namespace).Where(g => g.Count() > 1).SelectMany(g => g).ToList();
        if (repeated.Count == 0) return;
        var kept = new XElement((XNamespace)Kept + "elements", new XAttribute(XNamespace.Xmlns + "kept", Kept));
        repeated[0].AddBeforeSelf(kept);
        foreach (var element in repeated) element.Remove();
        kept.Add(repeated);
    }

    private Documentation? Said(string name) => network.Documentation.GetValueOrDefault(name);

    private XElement? Parsed(string? text, string root, string name)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        XElement element;
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            element = XElement.Load(reader, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException e)
        {
            losses.Add($"the {root} of '{name}' are no XML: {e.Message}");
            return null;
        }
        var old = element.Name.Namespace;
        element.Attributes().Where(a => a.IsNamespaceDeclaration && a.Value == old.NamespaceName).Remove();
        // Notes without a namespace of their own, as Level 1 tools wrote them, are XHTML.
        if (root == "notes")
            foreach (var inner in element.Descendants().Where(e => e.Name.Namespace == old || e.Name.NamespaceName.Length == 0)) inner.Name = (XNamespace)Html + inner.Name.LocalName;
        element.Name = (XNamespace)Core + root;
        return element;
    }

    /// <summary>The element as text; its own namespace is that of the file around it.</summary>
    private static string Text(XElement element)
    {
        const string declaration = $" xmlns=\"{Core}\"";
        var text = element.ToString(SaveOptions.DisableFormatting);
        int at = text.IndexOf(declaration, StringComparison.Ordinal);
        return at < 0 || at > text.IndexOf('>', StringComparison.Ordinal) ? text : text.Remove(at, declaration.Length);
    }
}
