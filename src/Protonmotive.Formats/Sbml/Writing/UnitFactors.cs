using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Protonmotive.Formats.Sbml.Writing;

/// <summary>Takes the text of a unit apart into the factors of an SBML unit definition, without losing how it was written.</summary>
/// <remarks>The texts are those that <see cref="Networks.Unit.Parse"/> reads, and the kinds that SBML alone has (item, avogadro).</remarks>
internal static partial class UnitFactors
{
    private static readonly FrozenDictionary<string, string> kinds = new Dictionary<string, string>
    {
        ["mol"] = "mole", ["L"] = "litre", ["l"] = "litre", ["s"] = "second", ["m"] = "metre", ["g"] = "gram", ["A"] = "ampere", ["K"] = "kelvin",
        ["cd"] = "candela", ["J"] = "joule", ["V"] = "volt", ["C"] = "coulomb", ["F"] = "farad", ["S"] = "siemens", ["W"] = "watt", ["Pa"] = "pascal",
        ["N"] = "newton", ["Hz"] = "hertz", ["Ohm"] = "ohm", ["ohm"] = "ohm", ["Ω"] = "ohm", ["T"] = "tesla", ["Wb"] = "weber", ["H"] = "henry", ["kat"] = "katal",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Symbols that stand alone: kind and multiplier (BIPM 2019, The International System of Units, 9th edition, table 8).</summary>
    private static readonly FrozenDictionary<string, (string Kind, double Multiplier)> alone = new Dictionary<string, (string, double)>
    {
        ["kg"] = ("kilogram", 1), ["min"] = ("second", 60), ["h"] = ("second", 3600), ["d"] = ("second", 86400), ["atm"] = ("pascal", 101325),
        ["mmHg"] = ("pascal", 133.322387415), ["bar"] = ("pascal", 1e5), ["cal"] = ("joule", 4.184), ["kcal"] = ("joule", 4184), ["eV"] = ("joule", 1.602176634e-19),
        ["rad"] = ("radian", 1), ["sr"] = ("steradian", 1), ["%"] = ("dimensionless", 0.01), ["dimensionless"] = ("dimensionless", 1),
        ["item"] = ("item", 1), ["avogadro"] = ("avogadro", 1), ["becquerel"] = ("becquerel", 1), ["gray"] = ("gray", 1), ["lumen"] = ("lumen", 1),
        ["lux"] = ("lux", 1), ["sievert"] = ("sievert", 1), ["steradian"] = ("steradian", 1), ["henry"] = ("henry", 1), ["tesla"] = ("tesla", 1), ["weber"] = ("weber", 1),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, int> prefixes = new Dictionary<string, int>
    {
        ["Y"] = 24, ["Z"] = 21, ["E"] = 18, ["P"] = 15, ["T"] = 12, ["G"] = 9, ["M"] = 6, ["k"] = 3, ["h"] = 2, ["da"] = 1, ["d"] = -1, ["c"] = -2,
        ["m"] = -3, ["μ"] = -6, ["µ"] = -6, ["u"] = -6, ["n"] = -9, ["p"] = -12, ["f"] = -15, ["a"] = -18,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The factors; null where the text is no unit that SBML can hold.</summary>
    public static List<UnitFactor>? Parse(string text)
    {
        int at = 0;
        var factors = Product(text, ref at, 0);
        return factors is not null && at == text.Length ? factors : null;
    }

    private static List<UnitFactor>? Product(string text, ref int at, int depth)
    {
        var factors = new List<UnitFactor>();
        bool divides = false;
        while (depth <= 16)
        {
            if (Factor(text, ref at, depth) is not { } next) return null;
            factors.AddRange(next.Select(f => Settled(divides ? f with { Exponent = -f.Exponent } : f)));
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at == text.Length || text[at] == ')') return factors;
            bool divided = divides;
            divides = text[at] == '/';
            if (divided && !divides) return null;    // "J/mol K" can be taken in two ways
            if (divides || text[at] is '*' or '·' or '⋅') at++;
        }
        return null;
    }

    private static List<UnitFactor>? Factor(string text, ref int at, int depth)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        List<UnitFactor>? factors;
        if (at < text.Length && text[at] == '(')
        {
            at++;
            factors = Joined(Product(text, ref at, depth + 1));
            if (at == text.Length || text[at++] != ')') return null;
        }
        else if (NumberPattern().Match(text, at) is { Success: true } number)
        {
            at += number.Length;
            double value = double.Parse(number.ValueSpan, CultureInfo.InvariantCulture);
            factors = value == 1 ? [] : [new UnitFactor("dimensionless", 1, 0, value)];
            if (at == text.Length || text[at] != '^') return factors;
        }
        else
        {
            var symbol = SymbolPattern().Match(text, at);
            if (!symbol.Success || Symbol(symbol.Value) is not { } found) return null;
            at += symbol.Length;
            factors = found;
        }
        if (factors is null || Exponent(text, ref at) is not { } power) return null;
        return factors.ConvertAll(f => f with { Exponent = f.Exponent * power });
    }

    /// <summary>A number in parentheses belongs to the unit after it: (60 s)^2 is 3600 s².</summary>
    private static List<UnitFactor>? Joined(List<UnitFactor>? factors) =>
        factors is [{ Kind: "dimensionless", Exponent: 1, Scale: 0 } number, { Exponent: 1, Multiplier: 1 } unit] ? [unit with { Multiplier = number.Multiplier }] : factors;

    private static List<UnitFactor>? Symbol(string symbol)
    {
        if (alone.TryGetValue(symbol, out var whole)) return whole == ("dimensionless", 1) ? [] : [new(whole.Kind, 1, 0, whole.Multiplier)];
        if (kinds.TryGetValue(symbol, out var kind)) return [new(kind, 1, 0, 1)];
        if (Molar(symbol, 0) is { } molar) return molar;
        for (int length = 1; length <= 2 && length < symbol.Length; length++)
        {
            if (!prefixes.TryGetValue(symbol[..length], out int scale)) continue;
            var rest = symbol[length..];
            if (kinds.TryGetValue(rest, out kind)) return [Scaled(kind, scale)];
            if (Molar(rest, scale) is { } prefixed) return prefixed;
        }
        return null;
    }

    private static List<UnitFactor>? Molar(string symbol, int scale) => symbol == "M" ? [Scaled("mole", scale), new("litre", -1, 0, 1)] : null;

    /// <summary>Common prefixes stay a scale; the others become a factor, as the reader takes them.</summary>
    private static UnitFactor Scaled(string kind, int scale) =>
        scale is 0 or 3 or -3 or -6 or -9 or -12 or -15 ? new(kind, 1, scale, 1) : new(kind, 1, 0, double.Parse($"1e{scale}", CultureInfo.InvariantCulture));

    /// <summary>A plain number has no power.</summary>
    private static UnitFactor Settled(UnitFactor factor) =>
        factor.Kind == "dimensionless" ? factor with { Exponent = 1, Multiplier = Math.Pow(factor.Multiplier, factor.Exponent) } : factor;

    private static double? Exponent(string text, ref int at)
    {
        var match = ExponentPattern().Match(text, at);
        if (!match.Success || match.Length == 0) return 1;
        at += match.Length;
        var digits = string.Concat(match.Groups["n"].Value.Select(c => "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(c, StringComparison.Ordinal) is >= 0 and var d ? (char)('0' + d) : c is '⁻' or '−' ? '-' : c));
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double power) ? power : null;
    }

    [GeneratedRegex(@"\G[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"\G[\p{L}%]+")]
    private static partial Regex SymbolPattern();

    [GeneratedRegex(@"\G(\^(?<n>[-−]?[0-9]+(\.[0-9]+)?)|(?<n>[-−⁻]?[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]+))")]
    private static partial Regex ExponentPattern();
}
