using System.Globalization;
using System.Xml.Linq;

namespace Protonmotive.Formats.Sbml;

/// <summary>Unit definitions as text, the form in which quantities of a network carry their unit.</summary>
internal sealed class SbmlUnits
{
    private static readonly Dictionary<string, string> kinds = new(StringComparer.Ordinal)
    {
        ["mole"] = "mol", ["litre"] = "L", ["liter"] = "L", ["second"] = "s", ["metre"] = "m", ["meter"] = "m", ["gram"] = "g", ["kilogram"] = "kg",
        ["ampere"] = "A", ["kelvin"] = "K", ["candela"] = "cd", ["joule"] = "J", ["volt"] = "V", ["coulomb"] = "C", ["farad"] = "F", ["siemens"] = "S",
        ["watt"] = "W", ["pascal"] = "Pa", ["newton"] = "N", ["hertz"] = "Hz", ["ohm"] = "Ohm", ["item"] = "item", ["dimensionless"] = "1", ["katal"] = "kat", ["radian"] = "rad", ["avogadro"] = "avogadro",
    };

    private static readonly Dictionary<int, string> prefixes = new() { [-15] = "f", [-12] = "p", [-9] = "n", [-6] = "u", [-3] = "m", [3] = "k" };

    private readonly Dictionary<string, string> definitions = new(StringComparer.Ordinal);

    public SbmlUnits(XElement model, int level)
    {
        if (level < 3)
        {
            definitions["substance"] = "mol";
            definitions["volume"] = "L";
            definitions["area"] = "m2";
            definitions["length"] = "m";
            definitions["time"] = "s";
        }
        foreach (var definition in model.Elements().Where(e => e.Name.LocalName == "listOfUnitDefinitions").Elements())
        {
            var id = (string?)definition.Attribute("id") ?? (string?)definition.Attribute("name") ?? "";
            var units = definition.Elements().Where(e => e.Name.LocalName == "listOfUnits").Elements().Select(One).Where(u => u.Length > 0).ToList();
            definitions[id] = units.Count == 0 ? "1" : string.Join(" ", units);
        }
    }

    /// <summary>The text of a unit attribute; "" where nothing is declared.</summary>
    public string Text(string? unit) => unit is null ? "" : definitions.TryGetValue(unit, out var text) ? text : kinds.GetValueOrDefault(unit, unit);

    private static string One(XElement unit)
    {
        string kind = (string?)unit.Attribute("kind") ?? "dimensionless";
        double exponent = Attribute(unit, "exponent", 1), multiplier = Attribute(unit, "multiplier", 1);
        int scale = (int)Attribute(unit, "scale", 0);
        var name = kinds.GetValueOrDefault(kind, kind);
        if (name == "1") return multiplier == 1 && scale == 0 ? "" : (multiplier * Math.Pow(10, scale)).ToString("R", CultureInfo.InvariantCulture);
        var power = exponent == 1 ? "" : exponent.ToString("R", CultureInfo.InvariantCulture);
        if (multiplier == 1 && (scale == 0 || prefixes.ContainsKey(scale))) return (scale == 0 ? "" : prefixes[scale]) + name + (power.Length > 0 ? "^" + power : "");
        return $"({(multiplier * Math.Pow(10, scale)).ToString("R", CultureInfo.InvariantCulture)} {name}){(power.Length > 0 ? "^" + power : "")}";
    }

    private static double Attribute(XElement e, string name, double standard) =>
        double.TryParse((string?)e.Attribute(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? v : standard;
}
