using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Protonmotive.Formats.Sbml;

namespace Protonmotive.Formats.SedMl;

/// <summary>An element of a SED-ML file, with typed access to its attributes.</summary>
internal sealed class SedNode(XElement element, string file)
{
    public XElement Element => element;

    public string File => file;

    public string Kind => element.Name.LocalName;

    public string Where => element is IXmlLineInfo line && line.HasLineInfo() ? $"{file}, line {line.LineNumber}, column {line.LinePosition}, element <{Kind}>" : $"{file}, element <{Kind}>";

    public string? this[string attribute] => (string?)element.Attribute(attribute);

    public string Id => this["id"] ?? "";

    public string Name => this["name"] is { Length: > 0 } name ? name : Id;

    public SedMlException Fault(string what, string mend, Exception? inner = null) => new(what, Where, mend, inner);

    public string Required(string attribute) => this[attribute] is { Length: > 0 } value ? value : throw Fault($"<{Kind}> has no {attribute}.", $"Give it the attribute {attribute}.");

    public IEnumerable<SedNode> List(string name) => element.Elements().Where(e => e.Name.LocalName == name).Elements()
        .Where(e => e.Name.LocalName is not ("notes" or "annotation")).Select(e => new SedNode(e, file));

    public SedNode? Child(string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name) is { } child ? new SedNode(child, file) : null;

    public double Number(string attribute) => ToNumber(Required(attribute), attribute);

    public double? OptionalNumber(string attribute) => this[attribute] is { Length: > 0 } text ? ToNumber(text, attribute) : null;

    public double ToNumber(string text, string what) =>
        double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value
        : throw Fault($"'{text}' is no finite number.", $"Mend {what}.");

    /// <summary>A count of intervals under either of its names; both mean the same.</summary>
    public int Steps(int most)
    {
        var attribute = this["numberOfSteps"] is null ? "numberOfPoints" : "numberOfSteps";
        double value = Number(attribute);
        if (value != Math.Floor(value) || value < 0 || value > most) throw Fault($"{attribute} is {value:g9}.", $"Give a whole number from 0 to {most}.");
        return (int)value;
    }

    public bool Flag(string attribute, bool standard) => SbmlReader.Flag(element, attribute, standard);

    public SedPath Path(string attribute)
    {
        var text = Required(attribute);
        try
        {
            return SedPath.Parse(text, prefix => element.GetNamespaceOfPrefix(prefix)?.NamespaceName);
        }
        catch (FormatException e)
        {
            throw Fault($"The {attribute} '{text}' is not read. {e.Message}", "Write it as /sbml:sbml/sbml:model/sbml:listOfSpecies/sbml:species[@id='S'], with /@attribute at its end where one is meant.", e);
        }
    }
}
