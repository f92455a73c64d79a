using System.Globalization;
using Protonmotive.Networks;

namespace Protonmotive.Formats.Antimony;

/// <summary>Names for the units of a network, with their definitions in SI base units.</summary>
internal sealed class AntimonyUnitWriter(AntimonyNames names)
{
    private static readonly (string Name, string Word)[] simple =
    [
        ("mol", "mole"), ("L", "litre"), ("s", "second"), ("m", "metre"), ("g", "gram"), ("kg", "kilogram"), ("A", "ampere"), ("K", "kelvin"), ("J", "joule"), ("V", "volt"),
        ("C", "coulomb"), ("F", "farad"), ("S", "siemens"), ("W", "watt"), ("Pa", "pascal"), ("N", "newton"), ("Hz", "hertz"), ("1", "dimensionless"), ("kat", "katal"), ("cd", "candela"),
        ("item", "item"), ("avogadro", "avogadro"),
    ];

    private readonly Dictionary<string, string?> written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> byDefinition = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Definition)> definitions = [];

    /// <summary>Definitions of what was named so far, in order.</summary>
    public IReadOnlyList<(string Name, string Definition)> Definitions => definitions;

    /// <summary>Units that could not be written.</summary>
    public IEnumerable<string> Lost => written.Where(w => w.Value is null).Select(w => w.Key);

    /// <summary>The name of a unit; null for none, or one that can't be read.</summary>
    public string? Name(string unit)
    {
        if (unit.Length == 0) return null;
        if (!written.TryGetValue(unit, out var name)) written[unit] = name = Make(unit);
        return name;
    }

    /// <summary>The formula that defines a unit; null where it can't be read.</summary>
    public static string? Definition(string unit)
    {
        if (simple.FirstOrDefault(s => s.Name == unit).Word is { } word) return word;
        if (Unit.TryParse(unit) is not { } parsed) return null;
        if (simple.FirstOrDefault(s => s.Name is not ("item" or "avogadro") && Unit.Parse(s.Name).Equals(parsed)).Word is { } same) return same;
        var d = parsed.Dimension;
        (string Name, double Exponent)[] parts = [("metre", d.Metre), ("kilogram", d.Kilogram), ("second", d.Second), ("ampere", d.Ampere), ("kelvin", d.Kelvin), ("mole", d.Mole), ("candela", d.Candela)];
        if (parts.Any(p => p.Exponent != Math.Round(p.Exponent))) return null;
        var factors = parts.Where(p => p.Exponent > 0).Select(p => p.Exponent == 1 ? p.Name : FormattableString.Invariant($"{p.Name}^{p.Exponent}")).ToList();
        var number = parsed.Factor.ToString("R", CultureInfo.InvariantCulture);
        if (factors.Count == 0) factors.Add(parsed.Factor == 1 ? "1" : $"{number} dimensionless");
        else if (parsed.Factor != 1) factors[0] = $"{number} {factors[0]}";
        return string.Join(" * ", factors) + string.Concat(parts.Where(p => p.Exponent < 0).Select(p => p.Exponent == -1 ? $" / {p.Name}" : FormattableString.Invariant($" / {p.Name}^{-p.Exponent}")));
    }

    private string? Make(string unit)
    {
        if (Definition(unit) is not { } definition) return null;
        if (Array.Exists(simple, s => s.Word == definition)) return definition;
        if (byDefinition.TryGetValue(definition, out var known)) return known;
        // Named by what it is, not by how it was written, so that a file that is read and written again has the same names.
        var parsed = Unit.Parse(unit);
        var name = names.Fresh("unit_" + new Unit(parsed.Dimension, parsed.Factor).ToString().Replace("/", "_per_", StringComparison.Ordinal).Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal).Replace("-", "minus", StringComparison.Ordinal).Replace("+", "", StringComparison.Ordinal));
        definitions.Add((name, definition));
        byDefinition[definition] = name;
        return name;
    }
}
