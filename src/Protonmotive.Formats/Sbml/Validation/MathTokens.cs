using System.Globalization;
using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Checks what stands in the elements of a formula: attributes, and the text of numbers.</summary>
/// <remarks>Rules 10201, 10203, 10204, 10206, 10207, 10220 and 10221.</remarks>
internal sealed class MathTokens(ModelView view, Findings findings)
{
    /// <summary>The attributes of an element of MathML.</summary>
    public void Attributes(XElement e, string name)
    {
        foreach (var attribute in e.Attributes())
        {
            string key = attribute.Name.LocalName, value = attribute.Value.Trim();
            switch (key)
            {
                case "encoding" when name is not ("csymbol" or "annotation" or "annotation-xml"):
                    findings.Error(e, 10203, $"<{name}> has an attribute 'encoding', which only csymbol may have.", "Remove it.");
                    break;
                case "definitionURL" when name is not ("csymbol" or "semantics") && !(name == "ci" && view.Edition.Number >= 32):
                    findings.Error(e, 10204, $"<{name}> has an attribute 'definitionURL', which only csymbol and semantics may have.", "Remove it.");
                    break;
                case "type" when name != "cn":
                    findings.Error(e, 10206, $"<{name}> has an attribute 'type', which only cn may have.", "Remove it.");
                    break;
                case "type" when value is not ("real" or "integer" or "rational" or "e-notation"):
                    findings.Error(e, 10207, $"<cn> has the type '{AttributeCheck.Short(value)}'.", "Use real, integer, rational or e-notation.");
                    break;
                case "units" when name != "cn" || view.Edition.Level < 3:
                    findings.Error(e, view.Edition.Level < 3 ? 10201 : 10220, $"<{name}> has an attribute 'units', which only cn may have, in Level 3.", "Remove it.");
                    break;
                case "units" when !(view.UnitsById.ContainsKey(value) || UnitNames.IsBase(value, view.Edition)):
                    findings.Error(e, 10221, $"The unit '{value}' of a number is not defined.", "Define it in listOfUnitDefinitions, or use a base unit.");
                    break;
            }
        }
    }

    /// <summary>The text of a cn, by its type.</summary>
    public void Number(XElement e)
    {
        string type = ModelView.Text(e, "type") ?? "real";
        var parts = e.Nodes().OfType<XText>().Select(t => t.Value.Trim()).Where(t => t.Length > 0).ToArray();
        bool Whole(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
        bool fits = type switch
        {
            "real" => parts.Length == 1 && AttributeCheck.IsNumber(parts[0]),
            "integer" => parts.Length == 1 && Whole(parts[0]),
            "rational" => parts.Length == 2 && Whole(parts[0]) && Whole(parts[1]) && e.Elements().Count() == 1,
            "e-notation" => parts.Length == 2 && AttributeCheck.IsNumber(parts[0]) && Whole(parts[1]) && e.Elements().Count() == 1,
            _ => true, // reported with the attributes
        };
        if (!fits) findings.Error(e, 10201, $"'{AttributeCheck.Short(e.Value.Trim())}' is no number of type {type}.", "Mend the number or its type.");
    }
}
