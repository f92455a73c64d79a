using System.Xml.Linq;
using Protonmotive.Networks;

namespace Protonmotive.Formats.Antimony;

/// <summary>Writes names, notes, terms and annotations of elements.</summary>
internal sealed class AntimonyAnnotationWriter(TextWriter output)
{
    /// <summary>How many annotations were cut, for what they say beyond biological qualifiers.</summary>
    public int Cut { get; private set; }

    /// <summary>A text between quotes.</summary>
    public static string Quoted(string text) => "\"" + string.Join(' ', text.Split(['\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries)).Replace('"', '\'') + "\"";

    /// <summary>What is said about an element.</summary>
    /// <param name="subject">Its name in the file, or "model".</param>
    /// <param name="said">What is said.</param>
    /// <param name="indent">Blanks before each statement.</param>
    public void Write(string subject, Documentation said, string indent)
    {
        if (said.Term is { } term && term.StartsWith("SBO:", StringComparison.Ordinal) && term.Length == 11 && term.AsSpan(4).IndexOfAnyExceptInRange('0', '9') < 0) output.WriteLine($"{indent}{subject}.sboTerm = {term};");
        if (said.Notes is { } notes) WriteNotes(subject, notes, indent);
        if (said.Annotation is { } annotation) WriteTerms(subject, annotation, indent);
    }

    private void WriteNotes(string subject, string notes, string indent)
    {
        if (AntimonyXml.TryParse(notes) is not { } element)
        {
            Cut++;
            return;
        }
        if (!element.HasElements) element = new XElement("notes", new XElement(AntimonyDocumentation.Html + "p", element.Value.Trim()));
        var inner = string.Concat(element.Nodes().SkipWhile(n => n is XText text && string.IsNullOrWhiteSpace(text.Value)).Select(n => n.ToString(SaveOptions.DisableFormatting)));
        output.WriteLine($"{indent}{subject} notes ```{inner.Replace("```", "'''", StringComparison.Ordinal)}```;");
    }

    private void WriteTerms(string subject, string annotation, string indent)
    {
        var element = AntimonyXml.TryParse(annotation);
        bool whole = element is not null && element.Elements().All(e => e.Name == AntimonyDocumentation.Rdf + "RDF");
        foreach (var qualifier in element?.Elements(AntimonyDocumentation.Rdf + "RDF").Elements(AntimonyDocumentation.Rdf + "Description").Elements() ?? [])
        {
            var values = qualifier.Descendants(AntimonyDocumentation.Rdf + "li").Select(li => (string?)li.Attribute(AntimonyDocumentation.Rdf + "resource")).OfType<string>().ToList();
            if (AntimonyDocumentation.WordFor(qualifier.Name) is { } word && values.Count > 0) output.WriteLine($"{indent}{subject} {word} {string.Join(", ", values.Select(Quoted))};");
            else whole = false;
        }
        if (!whole) Cut++;
    }
}
