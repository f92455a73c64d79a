using System.Collections.Frozen;
using System.Text;
using System.Xml.Linq;
using Protonmotive.Networks;

namespace Protonmotive.Formats.Antimony;

/// <summary>Notes and annotations as the XML that networks carry.</summary>
internal static class AntimonyDocumentation
{
    /// <summary>Namespace of XHTML, in which notes are written.</summary>
    public static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";

    /// <summary>Namespace of RDF.</summary>
    public static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    /// <summary>Qualifiers of biology, at biomodels.net.</summary>
    public static readonly XNamespace Biology = "http://biomodels.net/biology-qualifiers/";

    /// <summary>Qualifiers of models, at biomodels.net.</summary>
    public static readonly XNamespace ModelQualifiers = "http://biomodels.net/model-qualifiers/";

    /// <summary>Words of Antimony, with the qualifier that each means.</summary>
    private static readonly FrozenDictionary<string, XName> qualifiers = new Dictionary<string, XName>(StringComparer.Ordinal)
    {
        ["identity"] = Biology + "is", ["biological_entity_is"] = Biology + "is",
        ["hasPart"] = Biology + "hasPart", ["part"] = Biology + "hasPart",
        ["isPartOf"] = Biology + "isPartOf", ["parthood"] = Biology + "isPartOf",
        ["isVersionOf"] = Biology + "isVersionOf", ["hypernym"] = Biology + "isVersionOf",
        ["hasVersion"] = Biology + "hasVersion", ["version"] = Biology + "hasVersion",
        ["isHomologTo"] = Biology + "isHomologTo", ["homolog"] = Biology + "isHomologTo",
        ["isDescribedBy"] = Biology + "isDescribedBy", ["description"] = Biology + "isDescribedBy",
        ["isEncodedBy"] = Biology + "isEncodedBy", ["encoder"] = Biology + "isEncodedBy",
        ["encodes"] = Biology + "encodes", ["encodement"] = Biology + "encodes",
        ["occursIn"] = Biology + "occursIn", ["container"] = Biology + "occursIn",
        ["hasProperty"] = Biology + "hasProperty", ["property"] = Biology + "hasProperty",
        ["isPropertyOf"] = Biology + "isPropertyOf", ["propertyBearer"] = Biology + "isPropertyOf",
        ["hasTaxon"] = Biology + "hasTaxon", ["taxon"] = Biology + "hasTaxon",
        ["model_entity_is"] = ModelQualifiers + "is", ["isDerivedFrom"] = ModelQualifiers + "isDerivedFrom", ["origin"] = ModelQualifiers + "isDerivedFrom",
        ["isInstanceOf"] = ModelQualifiers + "isInstanceOf", ["class"] = ModelQualifiers + "isInstanceOf",
        ["hasInstance"] = ModelQualifiers + "hasInstance", ["instance"] = ModelQualifiers + "hasInstance",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The word of Antimony for a qualifier; null where there is none.</summary>
    public static string? WordFor(XName qualifier) =>
        qualifier == Biology + "is" ? "identity" : qualifiers.Where(q => q.Value == qualifier).Select(q => q.Key).Order(StringComparer.Ordinal).FirstOrDefault(k => k == qualifier.LocalName)
        ?? qualifiers.Where(q => q.Value == qualifier).Select(q => q.Key).FirstOrDefault();

    /// <summary>What the annotations of an element say; null where there are none.</summary>
    public static Documentation? Of(string name, List<AntimonyAnnotation> annotations, string displayName)
    {
        string? notes = null, term = null;
        var terms = new List<XElement>();
        foreach (var said in annotations)
        {
            if (said.Keyword == "sboTerm") term = said.Values[0];
            else if (said.Keyword == "notes") notes = Notes(string.Join("\n", said.Values));
            else if (qualifiers.TryGetValue(said.Keyword, out var qualifier))
                terms.Add(new XElement(qualifier, new XElement(Rdf + "Bag", said.Values.Select(v => new XElement(Rdf + "li", new XAttribute(Rdf + "resource", Clean(v)))))));
            else if (!said.Keyword.StartsWith("created", StringComparison.Ordinal) && !said.Keyword.StartsWith("modified", StringComparison.Ordinal) && !said.Keyword.StartsWith("creator", StringComparison.Ordinal))
                throw said.Source.Fault(said.Token, $"'{said.Keyword}' is no kind of annotation.", "Use 'identity', 'hasPart', 'isVersionOf', 'notes' and so on; values are set with '='.");
        }
        if (notes is null && term is null && terms.Count == 0 && displayName.Length == 0) return null;
        var metaId = terms.Count > 0 ? "meta_" + (name.Length > 0 ? name : "model") : null;
        return new Documentation(notes, terms.Count > 0 ? Annotation(terms, metaId!) : null, term, metaId) { Name = displayName.Length > 0 ? displayName : null };
    }

    private static string Annotation(List<XElement> terms, string metaId) => new XElement("annotation",
        new XElement(Rdf + "RDF", new XElement(Rdf + "Description", new XAttribute(Rdf + "about", "#" + metaId), terms))).ToString(SaveOptions.DisableFormatting);

    /// <summary>A text as a paragraph; XHTML as it stands, where it can be read.</summary>
    private static string Notes(string text)
    {
        text = Clean(text);
        if (text.TrimStart().StartsWith('<') && AntimonyXml.TryParse($"<notes>{text}</notes>") is { } parsed) return parsed.ToString(SaveOptions.DisableFormatting);
        return new XElement("notes", new XElement(Html + "p", text)).ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>Without characters that XML can't hold.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is '\t' or '\n' or '\r' or (>= 0x20 and not (0xFFFE or 0xFFFF))) clean.Append(rune.ToString());
        return clean.ToString();
    }
}
