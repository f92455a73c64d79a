using System.Collections.Frozen;

namespace Protonmotive.Networks;

/// <summary>Symbols of units and prefixes.</summary>
/// <remarks>
/// BIPM (2019), The International System of Units, 9th edition, tables 2 to 8. mmHg is 133.322 387 415 Pa (ISO 80000-4), the
/// calorie is thermochemical, 4.184 J. M is mol/L, as biochemists write it, and u is μ. A whole symbol wins over a prefix: "min" is a
/// minute, "mol" a mole.
/// </remarks>
internal static class UnitSymbols
{
    private static readonly FrozenDictionary<string, double> prefixes = new Dictionary<string, double>
    {
        ["Y"] = 1e24, ["Z"] = 1e21, ["E"] = 1e18, ["P"] = 1e15, ["T"] = 1e12, ["G"] = 1e9, ["M"] = 1e6, ["k"] = 1e3, ["h"] = 1e2, ["da"] = 1e1,
        ["d"] = 1e-1, ["c"] = 1e-2, ["m"] = 1e-3, ["μ"] = 1e-6, ["µ"] = 1e-6, ["u"] = 1e-6, ["n"] = 1e-9, ["p"] = 1e-12, ["f"] = 1e-15, ["a"] = 1e-18,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly Dimension energy = new(Metre: 2, Kilogram: 1, Second: -2);
    private static readonly Dimension pressure = new(Metre: -1, Kilogram: 1, Second: -2);
    private static readonly Dimension charge = new(Ampere: 1, Second: 1);
    private static readonly Dimension potential = energy / charge;

    /// <summary>Symbols that take prefixes.</summary>
    private static readonly FrozenDictionary<string, Unit> prefixed = Table(
        ("m", new(Metre: 1), 1), ("g", new(Kilogram: 1), 1e-3), ("s", new(Second: 1), 1), ("A", new(Ampere: 1), 1), ("K", new(Kelvin: 1), 1),
        ("mol", new(Mole: 1), 1), ("cd", new(Candela: 1), 1), ("Hz", new(Second: -1), 1), ("N", energy / new Dimension(Metre: 1), 1),
        ("Pa", pressure, 1), ("bar", pressure, 1e5), ("J", energy, 1), ("cal", energy, 4.184), ("eV", energy, 1.602176634e-19),
        ("W", energy / new Dimension(Second: 1), 1), ("C", charge, 1), ("V", potential, 1), ("F", charge / potential, 1),
        ("Ω", potential / new Dimension(Ampere: 1), 1), ("ohm", potential / new Dimension(Ampere: 1), 1),
        ("S", new Dimension(Ampere: 1) / potential, 1), ("T", potential * new Dimension(Second: 1, Metre: -2), 1), ("Wb", potential * new Dimension(Second: 1), 1),
        ("H", potential * new Dimension(Second: 1, Ampere: -1), 1), ("L", new(Metre: 3), 1e-3), ("l", new(Metre: 3), 1e-3),
        ("M", new(Mole: 1, Metre: -3), 1e3), ("kat", new(Mole: 1, Second: -1), 1), ("Da", new(Kilogram: 1), 1.66053906660e-27));

    /// <summary>Symbols that stand alone.</summary>
    private static readonly FrozenDictionary<string, Unit> alone = Table(
        ("min", new(Second: 1), 60), ("h", new(Second: 1), 3600), ("d", new(Second: 1), 86400), ("atm", pressure, 101325),
        ("mmHg", pressure, 133.322387415), ("rad", default, 1), ("sr", default, 1), ("%", default, 0.01), ("dimensionless", default, 1));

    /// <summary>The unit of a symbol, prefix included; null where there is none.</summary>
    public static Unit? Find(string symbol)
    {
        if (alone.TryGetValue(symbol, out var whole) || prefixed.TryGetValue(symbol, out whole)) return whole;
        for (int length = 1; length <= 2 && length < symbol.Length; length++)
        {
            if (prefixes.TryGetValue(symbol[..length], out double prefix) && prefixed.TryGetValue(symbol[length..], out var unit))
                return new Unit(unit.Dimension, prefix * unit.Factor, symbol);
        }
        return null;
    }

    private static FrozenDictionary<string, Unit> Table(params (string Symbol, Dimension Dimension, double Factor)[] rows) =>
        rows.ToFrozenDictionary(r => r.Symbol, r => new Unit(r.Dimension, r.Factor, r.Symbol), StringComparer.Ordinal);
}
