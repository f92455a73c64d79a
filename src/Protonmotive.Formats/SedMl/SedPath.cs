using System.Collections.Immutable;
using System.Xml.Linq;

namespace Protonmotive.Formats.SedMl;

/// <summary>
/// A path to elements or to an attribute of a model's file: the part of XPath 1.0 that experiments need. Steps by name or *, '//',
/// predicates [@a='x'], [@a='x' and @b='y'] and [n], and /@a at the end. There are no functions, so its cost is bounded by
/// steps times elements.
/// </summary>
/// <param name="Text">As written.</param>
/// <param name="Steps">From the root down.</param>
/// <param name="Attribute">The attribute at its end; null where it leads to elements.</param>
public sealed record SedPath(string Text, ImmutableArray<SedStep> Steps, string? Attribute)
{
    /// <summary>Reads a path.</summary>
    /// <param name="text">The path.</param>
    /// <param name="namespaceOf">Namespace of a prefix; null where it is not declared.</param>
    /// <exception cref="FormatException">It is no path, or needs more of XPath; the message says what.</exception>
    public static SedPath Parse(string text, Func<string, string?> namespaceOf) => new SedPathReader(text, namespaceOf).Read();

    /// <summary>The elements it leads to, in the order of the file.</summary>
    /// <param name="document">The model's file.</param>
    /// <param name="byLocalNames">Whether namespaces had to be left aside: prefixes are often not those of the model.</param>
    public IReadOnlyList<XElement> Select(XDocument document, out bool byLocalNames)
    {
        byLocalNames = false;
        var found = Select(document, compareNamespaces: true);
        if (found.Count > 0) return found;
        found = Select(document, compareNamespaces: false);
        byLocalNames = found.Count > 0;
        return found;
    }

    private List<XElement> Select(XDocument document, bool compareNamespaces)
    {
        var places = new List<XContainer> { document };
        foreach (var step in Steps)
        {
            var next = new List<XContainer>();
            var seen = new HashSet<XElement>();
            foreach (var place in places)
            {
                int position = 0;
                foreach (var child in step.IsDeep ? place.Descendants() : place.Elements())
                {
                    if (!step.Matches(child, compareNamespaces)) continue;
                    position++;
                    if ((step.Position is null || step.Position == position) && seen.Add(child)) next.Add(child);
                }
            }
            places = next;
        }
        return [.. places.OfType<XElement>()];
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>One step of a path.</summary>
/// <param name="Name">Local name of the elements; * for all.</param>
/// <param name="Namespace">Their namespace; null for any.</param>
/// <param name="IsDeep">Whether it goes to all descendants and not to children alone.</param>
/// <param name="Attributes">Attributes they must have, with their values.</param>
/// <param name="Position">Which of them, from 1; null for all.</param>
public sealed record SedStep(string Name, string? Namespace, bool IsDeep, ImmutableArray<(string Name, string Value)> Attributes, int? Position)
{
    internal bool Matches(XElement element, bool compareNamespaces)
    {
        if (Name != "*" && element.Name.LocalName != Name) return false;
        if (compareNamespaces && Namespace is not null && element.Name.NamespaceName != Namespace) return false;
        foreach (var (name, value) in Attributes)
            if (!element.Attributes().Any(a => a.Name.LocalName == name && a.Value == value)) return false;
        return true;
    }
}
