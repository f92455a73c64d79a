using System.Globalization;
using System.Text;

namespace Protonmotive.Formats.Sbml.Writing;

/// <summary>Collects the units that a model uses, and writes their definitions.</summary>
internal sealed class SbmlUnitDefinitions
{
    private readonly Dictionary<string, string?> identifiers = new(StringComparer.Ordinal);
    private readonly List<(string Identifier, List<UnitFactor> Factors)> definitions = [];

    /// <summary>Texts that are no unit of SBML.</summary>
    public IEnumerable<string> Unknown => identifiers.Where(i => i.Value is null).Select(i => i.Key);

    /// <summary>The identifier that stands for a text; null for none, or for one that SBML can't hold.</summary>
    public string? Of(string text)
    {
        if (text.Length == 0) return null;
        if (!identifiers.TryGetValue(text, out var identifier)) identifiers[text] = identifier = Find(text);
        return identifier;
    }

    public void Write(XmlText xml)
    {
        if (definitions.Count == 0) return;
        xml.Start("listOfUnitDefinitions");
        foreach (var (identifier, factors) in definitions)
        {
            xml.Start("unitDefinition", ("id", identifier));
            xml.Start("listOfUnits");
            foreach (var f in factors)
                xml.Empty("unit", ("kind", f.Kind), ("exponent", XmlText.Number(f.Exponent)), ("scale", XmlText.Number(f.Scale)), ("multiplier", XmlText.Number(f.Multiplier)));
            xml.End();
            xml.End();
        }
        xml.End();
    }

    private string? Find(string text)
    {
        if (UnitFactors.Parse(text) is not { } factors) return null;
        if (factors.Count == 0) return "dimensionless";
        if (factors is [{ Exponent: 1, Scale: 0, Multiplier: 1 } single]) return single.Kind;
        var identifier = Identifier(factors);
        if (definitions.TrueForAll(d => d.Identifier != identifier)) definitions.Add((identifier, factors));
        return identifier;
    }

    /// <summary>A name that follows from the factors alone, so that equal units have one definition: mmol_per_L_s.</summary>
    private static string Identifier(List<UnitFactor> factors)
    {
        var above = string.Join('_', factors.Where(f => f.Exponent > 0).Select(Part));
        var below = string.Join('_', factors.Where(f => f.Exponent <= 0).Select(Part));
        var text = below.Length == 0 ? above : above.Length == 0 ? "per_" + below : $"{above}_per_{below}";
        return char.IsAsciiDigit(text[0]) ? "x" + text : text;
    }

    private static string Part(UnitFactor f)
    {
        var name = new StringBuilder();
        if (f.Multiplier != 1) name.Append(Plain(f.Multiplier)).Append('_');
        if (f.Scale != 0) name.Append(Scale(f.Scale));
        name.Append(f.Kind);
        double power = Math.Abs(f.Exponent);
        if (power != 1) name.Append('_').Append(Plain(power));
        return name.ToString();
    }

    private static string Scale(int scale) => scale switch
    {
        -3 => "milli",
        -6 => "micro",
        -9 => "nano",
        -12 => "pico",
        -15 => "femto",
        3 => "kilo",
        _ => $"e{Plain(scale)}_",
    };

    private static string Plain(double number) => number.ToString("R", CultureInfo.InvariantCulture)
        .Replace('.', 'p').Replace("E+", "e", StringComparison.Ordinal).Replace("E-", "em", StringComparison.Ordinal).Replace("-", "m", StringComparison.Ordinal);
}
