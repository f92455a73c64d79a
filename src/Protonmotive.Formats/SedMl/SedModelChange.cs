using System.Globalization;
using System.Xml.Linq;

namespace Protonmotive.Formats.SedMl;

/// <summary>Changes one model's file.</summary>
/// <param name="model">The model.</param>
/// <param name="xml">Its file; altered in place.</param>
/// <param name="value">A number in a model's file.</param>
/// <param name="notes">Receives what readers must know.</param>
internal sealed class SedModelChange(SedModel model, XDocument xml, Func<SedModel, SedVariable, XDocument, double> value, List<string> notes)
{
    public void Make(SedChange change)
    {
        switch (change)
        {
            case SedAttributeChange { Target.Attribute: { } attribute } set:
                foreach (var element in Some(set)) element.SetAttributeValue(Existing(element, attribute), set.Value);
                break;
            case SedAttributeChange set:
                throw set.Fault($"The target '{set.Target}' ends in no attribute.", "End it with /@value or another attribute.");
            case SedAddXml add:
                foreach (var element in Some(add)) element.Add(Copies(add.Content));
                break;
            case SedChangeXml swap:
                foreach (var element in Some(swap)) Root(swap, element).ReplaceWith(Copies(swap.Content));
                break;
            case SedRemoveXml { Target.Attribute: { } attribute } cut:
                foreach (var element in Some(cut)) element.SetAttributeValue(Existing(element, attribute), null);
                break;
            case SedRemoveXml cut:
                foreach (var element in Some(cut)) Root(cut, element).Remove();
                break;
            case SedComputeChange compute:
                var target = One(compute, compute.Target, xml, notes);
                double result = compute.Formula.Evaluate(name => compute.Formula.Variables.FirstOrDefault(v => v.Id == name) is { } variable
                    ? value(model, variable, xml) : throw compute.Fault($"There is no variable '{name}'.", "Declare it."));
                if (!double.IsFinite(result)) throw compute.Fault($"The value computed for '{compute.Target}' is {result.ToString(CultureInfo.InvariantCulture)}.", "Mend the formula.");
                target.SetAttributeValue(ValueAttribute(compute, compute.Target, target), result.ToString("R", CultureInfo.InvariantCulture));
                break;
        }
    }

    /// <summary>The one element that a path leads to.</summary>
    public static XElement One(SedElement user, SedPath path, XDocument xml, List<string> notes)
    {
        var found = All(user, path, xml, notes);
        return found.Count == 1 ? found[0] : throw user.Fault($"The path '{path}' finds {found.Count} elements.", "Name one by its id: [@id='…'].");
    }

    /// <summary>The number that an attribute holds, or that an element stands for.</summary>
    public static double Number(SedElement user, SedPath path, XElement element)
    {
        var text = (string?)element.Attribute(ValueAttribute(user, path, element));
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number
            : throw user.Fault($"What '{path}' leads to is {(text is null ? "not set" : $"'{text}'")}, no number.", "Give the model a value there.");
    }

    private static List<XElement> All(SedElement user, SedPath path, XDocument xml, List<string> notes)
    {
        var found = path.Select(xml, out bool byLocalNames);
        if (found.Count == 0) throw user.Fault($"The path '{path}' finds nothing in the model.", "Check ids and the names of lists against the model's file.");
        const string note = "Prefixes in paths do not stand for the model's namespaces; elements were found by their plain names.";
        if (byLocalNames && !notes.Contains(note)) notes.Add(note);
        return [.. found];
    }

    /// <summary>The attribute that holds the value of an element of SBML.</summary>
    private static string ValueAttribute(SedElement user, SedPath path, XElement element) => path.Attribute ?? element.Name.LocalName switch
    {
        "parameter" or "localParameter" => "value",
        "compartment" => element.Attribute("volume") is null ? "size" : "volume",
        "species" or "specie" => element.Attribute("initialAmount") is null ? "initialConcentration" : "initialAmount",
        "speciesReference" => "stoichiometry",
        _ => throw user.Fault($"The element <{element.Name.LocalName}> that '{path}' leads to has no value.", "End the path with an attribute, or lead it to a parameter, species or compartment."),
    };

    private List<XElement> Some(SedChange change) => All(change, change.Target, xml, notes);

    private static XElement Root(SedChange change, XElement element) =>
        element.Parent is null ? throw change.Fault("The whole model would be removed.", "Lead the target to an element inside it.") : element;

    private static XName Existing(XElement element, string attribute) => element.Attributes().FirstOrDefault(a => a.Name.LocalName == attribute)?.Name ?? attribute;

    private static IEnumerable<XElement> Copies(IEnumerable<XElement> content) => content.Select(e => new XElement(e));
}
