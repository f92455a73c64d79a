using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml.Validation;

/// <summary>Checks that an element has the attributes of its edition, and that their values are of their types.</summary>
/// <remarks>Rules 10308 to 10312 on identifiers, and the element's own rule for the rest (10103, the schema, in Levels 1 and 2).</remarks>
internal sealed partial class AttributeCheck(SbmlEdition edition, Findings findings)
{
    public void Check(XElement e, ElementGrammar grammar)
    {
        int rule = edition.Level == 3 ? grammar.AttributeRule : 10103;
        foreach (var attribute in e.Attributes().Where(a => !a.IsNamespaceDeclaration && (a.Name.NamespaceName.Length == 0 || a.Name.NamespaceName == edition.Namespace)))
        {
            string name = attribute.Name.LocalName;
            if (grammar.Attribute(name, edition) is { } known) CheckValue(e, name, attribute.Value, known.Type, rule);
            else if (Common(name) is { } type) CheckValue(e, name, attribute.Value, type, rule);
            else Unknown(e, grammar, name, rule);
        }
        foreach (var required in grammar.Attributes.Where(a => a.Required.Holds(edition) && e.Attribute(a.Name) is null))
            findings.Error(e, MissingRule(grammar.Name, required.Name, rule), $"<{grammar.Name}> has no attribute '{required.Name}'.", $"Add {required.Name}=\"…\"; {edition} asks for it.");
    }

    /// <summary>The type of an attribute that every element has.</summary>
    private AttributeType? Common(string name) => name switch
    {
        "metaid" when edition.Number >= 21 => AttributeType.MetaId,
        "sboTerm" when edition.Number >= 22 => AttributeType.SboTerm,
        "id" when edition.Number >= 32 => AttributeType.SId,
        "name" when edition.Number >= 32 => AttributeType.Text,
        _ => null,
    };

    private void Unknown(XElement e, ElementGrammar grammar, string name, int rule)
    {
        int? own = (grammar.Name, name) switch
        {
            ("unit", "offset") when edition.Level == 2 => 20411,
            ("species", "spatialSizeUnits") when edition.Level == 2 => 20615,
            ("kineticLaw", "substanceUnits") when edition.Level == 2 => 21125,
            ("kineticLaw", "timeUnits") when edition.Level == 2 => 21126,
            ("localParameter", "constant") when edition.Number == 31 => 21173,
            _ => null,
        };
        bool elsewhere = Array.Exists(grammar.Attributes, a => a.Name == name);
        findings.Add(e, own ?? rule, own == 21173 ? SbmlSeverity.Warning : SbmlSeverity.Error,
            $"<{grammar.Name}> has an attribute '{name}', which {(elsewhere ? $"{edition} does not have" : "SBML does not have")}.", "Remove it, or mend its spelling.");
    }

    private int? MissingRule(string element, string attribute, int rule) => (element, attribute) switch
    {
        ("species" or "specie", "compartment") => edition.Level == 3 ? 20614 : 10103,
        ("sbml", "level") => 20102,
        ("sbml", "version") => 20103,
        _ => rule,
    };

    private void CheckValue(XElement e, string name, string value, AttributeType type, int rule)
    {
        (bool fits, int? own, string kind) = type switch
        {
            AttributeType.SId => (IsSId(value), 10310, "an identifier: a letter or _, then letters, digits and _"),
            AttributeType.SIdRef => (IsSId(value), 10310, "an identifier: a letter or _, then letters, digits and _"),
            AttributeType.UnitSId or AttributeType.UnitSIdRef => (IsSId(value), edition.Number >= 22 ? 10311 : 10310, "a unit's identifier: a letter or _, then letters, digits and _"),
            AttributeType.MetaId => (IsXmlId(value), 10309, "an XML ID"),
            AttributeType.SboTerm => (SboTerm().IsMatch(value), 10308, "an SBO term such as SBO:0000123"),
            AttributeType.Boolean => (value.Trim() is "true" or "false" or "1" or "0", null, "true or false"),
            AttributeType.Integer => (int.TryParse(value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _), null, "a whole number"),
            AttributeType.Number => (IsNumber(value), (int?)null, "a number"),
            AttributeType.RuleType => (value is "scalar" or "rate", null, "'scalar' or 'rate'"),
            _ => (true, null, ""),
        };
        if (fits) return;
        own ??= (e.Name.LocalName, name) switch { ("trigger", "initialValue") => 21229, ("trigger", "persistent") => 21228, _ => rule };
        findings.Error(e, own, $"The attribute {name} is '{Short(value)}', which is not {kind}.", "Mend the value.");
    }

    /// <summary>Whether the text has the syntax of an identifier.</summary>
    public static bool IsSId(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiLetter(text[0]) || text[0] == '_')) return false;
        foreach (char c in text)
            if (!(char.IsAsciiLetterOrDigit(c) || c == '_')) return false;
        return true;
    }

    /// <summary>Whether the text is a number as XML Schema writes doubles.</summary>
    public static bool IsNumber(string text)
    {
        text = text.Trim();
        return text is "INF" or "-INF" or "NaN" || (Decimal().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
    }

    private static bool IsXmlId(string text)
    {
        try
        {
            XmlConvert.VerifyNCName(text);
            return true;
        }
        catch (Exception e) when (e is XmlException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A value as a message shows it.</summary>
    internal static string Short(string value) => value.Length <= 60 ? value : value[..57] + "...";

    [GeneratedRegex("^SBO:[0-9]{7}$")]
    private static partial Regex SboTerm();

    [GeneratedRegex(@"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$")]
    private static partial Regex Decimal();
}
